import pytest

from nlp import read_text


def facts(text):
    return [(fact.kind, fact.value) for fact in read_text(text)._.facts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CCCD số: 000162000123 cấp năm 2021", ("id", "000162000123")),
        ("số căn cước 000 162 000 123", ("id", "000162000123")),  # in groups
        ("cccd so O0O1620OO123", ("id", "000162000123")),  # letter O of the OCR
        ("CMND số 000l62345", ("id", "000162345")),  # old card of nine digits, l for 1
        ("Điện thoại: 0900 000 321", ("phone", "0900000321")),
        ("sđt 0900.000.321", ("phone", "0900000321")),
        ("ĐT: +84 900 000 321", ("phone", "0900000321")),
        ("thửa đất số 47, tờ bản đồ số 12", ("parcel", "47")),
        ("thửa đất số 47, tờ bản đồ số 12", ("sheet", "12")),
        ("thửa 47 tờ BĐ số 12", ("sheet", "12")),
        ("bồi thường 25.000.000 đồng", ("amount", "25000000")),
        ("còn thiếu 3,1 tỷ đồng", ("amount", "3100000000")),
        ("phạt 400 nghìn", ("amount", "400000")),
        ("diện tích 38,6 m2", ("area", "38,6 m2")),
        ("GCN số BK 123456", ("certificate", "BK 123456")),
        ("gửi về an.le@thu.example nhé", ("email", "an.le@thu.example")),
    ],
)
def test_finds(text, expected):
    assert expected in facts(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mã khách hàng 12345678", "phone"),  # not a telephone number
        ("thửa đất 512 mét vuông", "parcel"),  # a size, not a number
        ("CCCD 000162000123", "phone"),  # an identity number is no telephone
        ("tổ 12 phường Láng", "sheet"),  # residents' group
        ("Quyết định 226/TB-UBND ngày 3/4/2026", "amount"),
    ],
)
def test_leaves_alone(text, kind):
    assert kind not in [found for found, _ in facts(text)]


def test_offsets_are_those_of_the_input():
    text = "\ufeffĐiện\u00ad thoại: 0900 000 321."
    (fact,) = read_text(text)._.facts
    assert text[fact.start : fact.end] == "0900 000 321"
