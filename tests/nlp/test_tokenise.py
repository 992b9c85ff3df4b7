from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.language import pipeline
from nlp.normalise import normalise
from nlp.tokenise import split


@given(st.text())
def test_tokens_lose_nothing(text):
    words, spaces = split(text)
    assert "".join(word + (" " if space else "") for word, space in zip(words, spaces, strict=True)) == text
    assert all(words)


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_the_doc_holds_the_normalised_text_but_for_soft_line_feeds(text):
    doc = pipeline().make_doc(text)
    expected = normalise(text)[0]
    assert len(doc.text) == len(expected)
    assert doc.text.split() == expected.split()
    assert doc._.original == text


def test_syllables_numbers_and_marks_are_tokens():
    words, _ = split("Quyết định 226/TB-UBND, ngày 3.")
    assert words == ["Quyết", "định", "226", "/", "TB", "-", "UBND", ",", "ngày", "3", "."]
