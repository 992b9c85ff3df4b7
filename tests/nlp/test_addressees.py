import pytest

from nlp import read_text
from tests.nlp.letters import FORMAL, NO_TONES


def addressees(head):
    doc = read_text(f"{head}\n\nTôi là Lê Văn An.\nHàng xóm xây lấn sang đất nhà tôi, đề nghị xử lý.")
    return [(mention.text, mention.code) for mention in doc._.addressees]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Kính gửi: UBND phường Láng", [("UBND phường Láng", "UBND_PHUONG")]),
        (
            "Kính gửi:\n- UBND phường Láng;\n- Công an phường Láng.",
            [("UBND phường Láng", "UBND_PHUONG"), ("Công an phường Láng", "CA_PHUONG")],
        ),
        (
            "Kính gửi: UBND phường Láng, Công an phường Láng",
            [("UBND phường Láng", "UBND_PHUONG"), ("Công an phường Láng", "CA_PHUONG")],
        ),
        (
            "Kính gửi: UBND phường Láng\nĐồng kính gửi: Thanh tra Chính phủ",
            [("UBND phường Láng", "UBND_PHUONG"), ("Thanh tra Chính phủ", "TTCP")],
        ),
        (
            "Kính gửi: Chủ tịch UBND phường Láng, thành phố Hà Nội",
            [("Chủ tịch UBND phường Láng, thành phố Hà Nội", "UBND_PHUONG")],
        ),
        ("Kính gửi: Ông Bí thư; các cơ quan báo chí", [("Ông Bí thư", None), ("các cơ quan báo chí", None)]),
        ("kinh gui ubnd phuong dong da", [("ubnd phuong dong da", "UBND_PHUONG")]),
        ("Kính gữi : UBND phường Láng", [("UBND phường Láng", "UBND_PHUONG")]),  # tone lost
        (
            "Gửi Phòng Kinh tế, Hạ tầng và Đô thị phường Láng",
            [("Phòng Kinh tế, Hạ tầng và Đô thị phường Láng", "P_KTHTDT")],
        ),
        ("Kg UBND phường Láng (nhờ chuyển giúp)", [("UBND phường Láng", "UBND_PHUONG")]),
    ],
)
def test_lists(head, expected):
    assert addressees(head) == expected


def test_offsets_are_those_of_the_input():
    for letter in (FORMAL, NO_TONES, "\ufeff" + FORMAL.replace("\n", "\r\n")):
        for mention in read_text(letter)._.addressees:
            assert " ".join(letter[mention.start : mention.end].split()) == mention.text


def test_no_addressee():
    assert read_text("Nhà số 3 xây lấn ra ngõ, đề nghị kiểm tra.")._.addressees == []
