import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nlp.normalise import normalise

VIETNAMESE = "Tôi tên là Nguyễn Thị Thuỷ, ở phường Ô Chợ Dừa, quận Đống Đa."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (unicodedata.normalize("NFD", VIETNAMESE), VIETNAMESE),  # what a Mac writes
        ("Ðống Ða", "Đống Đa"),  # eth instead of Đ, old fonts
        ("phường\u00a0Láng", "phường Láng"),  # no-break space of a word processor
        ("khiếu\u200b nại\ufeff", "khiếu nại"),  # zero width space, byte order mark
        ("khiếu\u00ad nại", "khiếu nại"),  # soft hyphen
        ("dòng một\r\ndòng hai\rba", "dòng một\ndòng hai\nba"),  # line ends of other systems
        ("trang một\n\f\ntrang hai", "trang một\ntrang hai"),  # page break between two pages
        ("xấu \ud800 xa", "xấu \ufffd xa"),  # half a character out of broken JSON
        ("ngày 12⁄3⁄2026", "ngày 12/3/2026"),  # OCR: the stroke of a fraction
        ("709/QĐ‑UBND", "709/QĐ-UBND"),  # a hyphen at which no line ends
        ("14,9 m? là đất ở", "14,9 m² là đất ở"),  # OCR: the small two
        ("Sao lại 14,9 m? Tôi hỏi", "Sao lại 14,9 m? Tôi hỏi"),  # a real question
        ("e\u200b\u0302\u0301", "ế"),  # a mark cut off by a zero width space
    ],
)
def test_cleans(text, expected):
    assert normalise(text)[0] == expected


def test_ordinary_text_needs_no_map():
    text, alignment = normalise(VIETNAMESE)
    assert text == VIETNAMESE
    assert alignment.starts is None
    assert alignment.to_original(3, 9) == (3, 9)


def test_offsets_lead_back_through_decomposed_text():
    original = unicodedata.normalize("NFD", "\ufeffÔng Đặng\r\nVăn Quế")
    text, alignment = normalise(original)
    for word in ("Ông", "Đặng", "Văn", "Quế"):
        start = text.index(word)
        left, right = alignment.to_original(start, start + len(word))
        assert original[left:right] == unicodedata.normalize("NFD", word)


ODD = st.text(
    st.sampled_from(
        "aeo \n\r\f\t\u0301\u0323\u0302\u00ad\u200b\ufeffÐđ\u00a0\u1100\u1161\u11a8\u212b\ud800한"
    )
)


@given(st.one_of(st.text(), ODD))
@example("\r\n\f\n\u0301")
def test_every_character_comes_from_where_the_map_says(text):
    normalised, alignment = normalise(text)
    previous = 0
    for index, character in enumerate(normalised):
        start, end = alignment.to_original(index, index + 1)
        assert 0 <= start < end <= len(text)
        assert start >= previous or text[start:end] == text[previous:end]
        # The piece alone gives a text that holds the character.
        assert character in normalise(text[start:end])[0] or character == "\n"
        previous = start


@given(st.one_of(st.text(), ODD))
def test_the_result_is_normal(text):
    normalised, alignment = normalise(text)
    assert unicodedata.is_normalized("NFC", normalised)
    assert alignment.to_original(0, 0)[0] <= len(text)
    if normalised:
        assert alignment.to_original(0, len(normalised))[1] <= len(text)


@given(ODD)
def test_normalising_again_changes_nothing(text):
    once = normalise(text)[0]
    assert normalise(once)[0] == once
