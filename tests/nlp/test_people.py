import pytest

from nlp import read_text
from tests.nlp.letters import DENUNCIATION, FORMAL, GROUP, NO_TONES

STORY = "\nHàng xóm xây lấn sang đất nhà tôi, đã nhiều lần nhắc mà không được.\nĐề nghị phường kiểm tra.\n"


def petitioners(text):
    return [person.name for person in read_text(text)._.petitioners]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Tôi tên là Nguyễn Văn A, sinh năm 1950.", ["Nguyễn Văn A"]),
        ("Tên tôi là: NGUYỄN THỊ BA, 60 tuổi", ["NGUYỄN THỊ BA"]),
        ("Họ và tên: Lê Văn An Sinh năm: 1950", ["Lê Văn An"]),  # form without a comma
        ("Người làm đơn: Vừ A Sinh, trú tại số 3 phố Láng", ["Vừ A Sinh"]),  # "Sinh" is a name here
        ("Tôi là Chu Thị Hằng Nga, ở số 3 phố Láng.", ["Chu Thị Hằng Nga"]),  # Chu is not "chú"
        ("Tôi Trần Viết Ngụ, ở số 3 phố Láng.", ["Trần Viết Ngụ"]),  # no verb
        ("Tôi là Lê Văn An và vợ là Trần Thị Bé, ở số 3 phố Láng.", ["Lê Văn An", "Trần Thị Bé"]),
        (
            "toi ten la nguyen van thanh o so 5 to 3 phuong lang",
            ["nguyen van thanh"],
        ),  # no tones, no capitals
        ("Chúng tôi là các hộ ngõ 9 do ông Bạch Thế Vinh (số 8) đại diện.", ["Bạch Thế Vinh"]),
        ("Con trai tôi là Lê Văn Tám, 20 tuổi.", []),  # somebody else
    ],
)
def test_writers(line, names):
    assert petitioners(line + STORY) == names


def test_data_of_the_writer():
    (person,) = read_text(FORMAL)._.petitioners
    assert person.name == "Trần Thị Bích Hà"
    assert person.role == "petitioner"
    assert person.id_number == "000162000123"
    assert person.phone == "0900000321"
    assert person.address == "số 5 ngõ 12 phố Lương Định Của, phường Kim Liên, thành phố Hà Nội"
    assert FORMAL[person.start : person.end] == person.name


def test_writer_without_diacritics():
    (person,) = read_text(NO_TONES)._.petitioners
    assert person.name == "le van chuong"
    assert person.id_number == "000081006622"


def test_group():
    people = read_text(GROUP)._.petitioners
    assert [person.name for person in people] == ["Đỗ Văn Sửu", "Lý Thị Mai"]


@pytest.mark.parametrize(
    ("end", "names"),
    [
        ("Người làm đơn\nVõ Thị Út Hiền", ["Võ Thị Út Hiền"]),
        ("Ngày 2/3/2026\nHuỳnh Văn Tòng (ký) - Nguyễn Thị Sáu (ký)", ["Huỳnh Văn Tòng", "Nguyễn Thị Sáu"]),
        (
            "Đại diện các hộ ký tên\n1. Viên Thị Tuyết (P204)   2. Hoa Xuân Lịch (P311)",
            ["Viên Thị Tuyết", "Hoa Xuân Lịch"],
        ),
        (
            "Tân Lộc Đông, ngày 3 tháng 9 năm 2025\nNgười làm đơn\n(điểm chỉ) Lê Văn Đực",
            ["Lê Văn Đực"],
        ),  # a place is no signer
        ("NGƯỜI KHIẾU NẠI\n(Ký, ghi rõ họ tên)\nLÊ VĂN AN", ["LÊ VĂN AN"]),
        ("Một người dân bức xúc", []),
    ],
)
def test_signature(end, names):
    assert petitioners("Kính gửi: UBND phường Láng" + STORY + STORY + "Xin cảm ơn.\n" + end) == names


def test_who_signs_for_a_company_is_no_petitioner():
    text = (
        "CÔNG TY TNHH AN PHÁT\nSố: 09/CV-AP\n\nKính gửi: UBND phường Láng"
        + STORY
        + "Hà Nội, ngày 2 tháng 3 năm 2026\nGIÁM ĐỐC\n(đã ký, đóng dấu)\nLương Quốc Hưởng"
    )
    doc = read_text(text)
    assert [(p.name, p.role) for p in doc._.petitioners] == [("CÔNG TY TNHH AN PHÁT", "organisation")]
    assert ("Lương Quốc Hưởng", "deputy") in [(p.name, p.role) for p in doc._.people]


def test_lawyer_is_a_deputy():
    text = "Tôi là Lê Văn An, ở số 3 phố Láng. Người được ủy quyền: luật sư Kiều Mạnh Thái." + STORY
    doc = read_text(text)
    assert [p.name for p in doc._.petitioners] == ["Lê Văn An"]
    assert [p.name for p in doc._.people if p.role == "deputy"] == ["Kiều Mạnh Thái"]


def test_denounced_person_with_post():
    doc = read_text(DENUNCIATION)
    assert [(p.name, p.position) for p in doc._.respondents] == [
        ("Vũ Đình Khải", "Phó Chủ tịch UBND phường Đống Đa")
    ]
    assert "Phạm Thị Cúc" in [p.name for p in doc._.people if p.role == "mentioned"]


def test_body_complained_of():
    (respondent,) = read_text(FORMAL)._.respondents
    assert respondent.name == "Chủ tịch UBND phường Kim Liên"


def test_anonymous():
    assert petitioners("Kính gửi: UBND phường Láng" + STORY + "Tôi không dám ghi tên.") == []


def test_offsets_survive_decomposed_input():
    import unicodedata

    text = unicodedata.normalize("NFD", FORMAL)
    for person in read_text(text)._.people:
        assert unicodedata.normalize("NFC", text[person.start : person.end]) == person.name


def test_a_writer_with_the_surname_ong_is_nobody_else():
    doc = read_text(
        "ĐƠN KHIẾU NẠI\nKính gửi: UBND phường Láng\nTôi là Ông Thế Vinh, ở số 4 ngõ 2 Láng.\n"
        "Tôi khiếu nại việc chậm trả hồ sơ.\n\nNgười khiếu nại\nÔng Thế Vinh\n"
    )
    assert [person.name for person in doc._.people] == ["Ông Thế Vinh"]


def test_a_scrawled_signature_is_nobody():
    text = FORMAL.rstrip() + "\nTi T Hi\n3U An SEEexvn\n"
    names = [person.name for person in read_text(text)._.petitioners]
    assert names == [person.name for person in read_text(FORMAL)._.petitioners]
