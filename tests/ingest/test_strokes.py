import pytest

from ingest import read_here, strokes
from ingest.engines import RecognisedWord
from service.demo.render import STYLES, draw, image, typeset
from tests.ingest import paper


def word(text: str, line: int, confidence: float, height: int = 30) -> RecognisedWord:
    return RecognisedWord(text, (100, 50 * line, 300, 50 * line + height), confidence, (1, 1, line), 1)


LETTER = [word("Người", 1, 0.96), word("làm", 1, 0.97), word("đơn", 1, 0.95), word("2", 9, 0.3)]


@pytest.mark.parametrize("text", ["4@Ä=", "q92", "xz£#®=—-"])
def test_scrawl_in_a_line_of_its_own_goes(text: str) -> None:
    assert strokes.without([*LETTER, word(text, 2, 0.3, height=80)]) == LETTER


@pytest.mark.parametrize(
    "kept",
    [
        word("Hoàng", 2, 0.3, height=80),  # a syllable, perhaps a name written by hand
        word("12", 2, 0.9, height=80),  # a large number, read with confidence
        word("12", 2, 0.3),  # as high as the other lines
        word("4@", 1, 0.3, height=80),  # within a line of words
    ],
)
def test_in_doubt_a_word_stays(kept: RecognisedWord) -> None:
    assert kept in strokes.without([*LETTER, kept])


def test_mark_without_letters_goes_only_when_doubtful() -> None:
    assert strokes.without([*LETTER, word("—", 1, 0.4)]) == LETTER
    assert strokes.without([*LETTER, word("-", 1, 0.9)])[-1].text == "-"


def test_page_without_words() -> None:
    assert strokes.without([]) == []


@pytest.mark.parametrize("hand", [2, 4, 6])
def test_signature_leaves_no_line(hand: int) -> None:
    """Hands that the engine reads as a line of junk between the title and the name."""
    lines = paper.LETTER.split("\n")
    (sheet,) = typeset("\n".join(lines[:8] + lines[-3:]), STYLES["times"])
    text = read_here(image(draw(sheet, 200, seed=hand), "PNG"), "").text
    assert text.split()[-7:] == ["Người", "làm", "đơn", "Nguyễn", "Thị", "Thử", "Nghiệm"]
