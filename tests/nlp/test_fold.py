from hypothesis import given
from hypothesis import strategies as st

from nlp import fold


def test_folds_every_vietnamese_letter():
    vowels = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
    plain = "a" * 17 + "e" * 11 + "i" * 5 + "o" * 17 + "u" * 11 + "y" * 5
    assert fold(vowels) == plain
    assert fold(vowels.upper()) == plain
    assert fold("ĐỐNG ĐA đ") == "dong da d"


@given(st.text())
def test_keeps_the_length(text):
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
