import pytest

from nlp import fold
from nlp.names import looks_like_name, name_at, own_name_at, plausible_name


def name_in(text, capitals_tell=True):
    bounds = name_at(text, fold(text), 0, capitals_tell)
    return bounds and text[bounds[0] : bounds[1]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nguyễn Văn A, sinh năm 1950", "Nguyễn Văn A"),
        (": ông Lê Văn An ở Láng", "Lê Văn An"),  # punctuation and title before
        ("Chu Thị Hằng Nga là", "Chu Thị Hằng Nga"),  # a surname that is also a title without tones
        ("Lê Văn An Sinh năm: 1950", "Lê Văn An"),
        ("Vừ A Sinh, trú tại", "Vừ A Sinh"),
        ("Tôn Nữ Thị Bích Hà\nĐịa chỉ", "Tôn Nữ Thị Bích Hà"),
        ("NGUYỄN VĂN AN SINH NĂM 1950", "NGUYỄN VĂN AN"),  # capitals do not tell where the name ends
        ("lái xe ôm", None),
        ("An", None),  # one syllable is no full name
    ],
)
def test_where_a_name_ends(text, name):
    assert name_in(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("nguyen van a o so 5", "nguyen van a"),
        ("nguyen thi phuong o phuong lang", "nguyen thi phuong"),  # a given name that is also a stop
        ("le van chuong sinh nam 1960", "le van chuong"),
        ("mong phuong giup", None),  # no surname
    ],
)
def test_without_capitals_the_surname_tells(text, name):
    assert name_in(text, capitals_tell=False) == name


def test_plausible():
    assert plausible_name("nguyen bich ha")
    assert plausible_name("pham thi mo")
    assert plausible_name("xyz thi mo")  # Thị tells more than the surname
    assert not plausible_name("thanh pho ha noi")


def test_a_line_that_is_only_a_name():
    assert looks_like_name("Lê Văn An", "le van an")
    assert not looks_like_name("Lê Văn An đã đến", "le van an da den")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ông Thế Vinh, sinh năm 1975", "Ông Thế Vinh"),
        ("là Ông Nguyễn Văn An", "Nguyễn Văn An"),
        ("Bà Thế Vinh", "Thế Vinh"),  # no surname
        ("ông Thế Vinh", "Thế Vinh"),
    ],
)
def test_who_names_himself_may_have_the_surname_ong(text, name):
    start, end = own_name_at(text, fold(text), 0, capitals_tell=True)
    assert text[start:end] == name
