from datetime import date

import pytest

from nlp import gazetteer, read_text


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("UBND phường Kim Liên", "UBND_PHUONG", "Kim Liên"),
        ("Ủy ban nhân dân phường Kim Liên", "UBND_PHUONG", "Kim Liên"),
        ("ủy ban nhân dân xã Nghi Kim", "UBND_PHUONG", "Nghi Kim"),
        ("ubnd phuong dong da", "UBND_PHUONG", "dong da"),  # no diacritics, all small
        ("UBND P. Láng", "UBND_PHUONG", "Láng"),
        ("UBND quận Đống Đa", "UBND_QUAN", "Đống Đa"),
        ("UBND TP Hà Nội", "UBND_TP", "Hà Nội"),
        ("UBND tỉnh Cà Mau", "UBND_TP", "Cà Mau"),
        ("Công an phường Láng", "CA_PHUONG", "Láng"),
        ("Tòa án nhân dân thành phố Hà Nội", "TAND_TP", "Hà Nội"),
        ("Tòa án nhân dân khu vực 3", "TAND_KV", None),
        ("Sở Tài nguyên và Môi trường Hà Nội", "S_TNMT", "Hà Nội"),
        ("Sở TN&MT", "S_TNMT", None),
        ("Phòng TNMT", "P_TNMT", None),
        ("Phòng Kinh tế, Hạ tầng và Đô thị", "P_KTHTDT", None),
        ("Thanh tra Chính phủ", "TTCP", None),
        ("Bảo hiểm xã hội thành phố Hà Nội", "BHXH", "Hà Nội"),
        ("Thi hành án dân sự thành phố Hà Nội", "THADS_TP", "Hà Nội"),
        ("Ban Tiếp công dân Trung ương", "BTCD_TW", None),
    ],
)
def test_finds(text, code, place):
    (mention,) = read_text(f"Tôi đã gửi đơn tới {text} từ lâu.")._.agencies
    assert (mention.code, mention.place) == (code, place)


@pytest.mark.parametrize(
    "text", ["cán bộ công an đến nhà", "cơ sở giáo dục này", "hồ sơ y tế của tôi", "số tài chính phải nộp"]
)
def test_what_is_no_body(text):
    assert read_text(text)._.agencies == []


def test_the_post_is_told():
    (mention,) = read_text("Tôi khiếu nại Phó Chủ tịch UBND phường Láng vì việc này.")._.agencies
    assert mention.post == "Phó Chủ tịch"


@pytest.mark.parametrize(
    ("code", "day", "heirs"),
    [
        ("S_TNMT", date(2025, 2, 28), {"S_TNMT"}),  # its last day
        ("S_TNMT", date(2025, 3, 1), {"S_NNMT"}),
        ("CA_QUAN", date(2025, 6, 1), {"CA_PHUONG", "CA_TP"}),
        ("UBND_PHUONG", date(2030, 1, 1), {"UBND_PHUONG"}),
    ],
)
def test_successors(code, day, heirs):
    assert {agency.code for agency in gazetteer().successors(code, day)} == heirs


def test_every_body_has_known_successors_and_a_kind():
    book = gazetteer()
    for agency in book.agencies.values():
        assert set(agency.successors) <= set(book.agencies)
        assert agency.until is None or agency.successors
        assert agency.level in {"commune", "district", "province", "area", "central"}


def test_every_body_is_found_by_its_own_name():
    """Guards the list of first words: a pattern whose first word is missing there finds nothing."""
    generic = {"BGPMB", "CAPUY", "CP", "QLTT", "S_NNPTNT"}  # named by parts of their name only
    for agency in gazetteer().agencies.values():
        if agency.code in generic or "(" in agency.name:
            continue
        found = {m.code for m in read_text(f"Gửi đơn tới {agency.name} nhé")._.agencies}
        assert agency.code in found, agency.name
