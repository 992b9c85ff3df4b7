from hypothesis import given
from hypothesis import strategies as st

from ingest.words import PlacedWord, compose, typed_words

WORD = st.text(st.characters(exclude_categories=("Z", "C")), min_size=1, max_size=8)


@given(st.lists(st.tuples(WORD, st.integers(0, 3), st.integers(0, 2))))
def test_offsets_give_back_each_word(items: list[tuple[str, int, int]]) -> None:
    text, words = compose(PlacedWord(word, None, 0.5, line, block) for word, line, block in items)
    assert [text[word.start : word.end] for word in words] == [word for word, _, _ in items]
    assert "".join(text.split()) == "".join(word for word, _, _ in items)


@given(st.text())
def test_typed_words_are_the_text_without_its_blanks(text: str) -> None:
    words = typed_words(text)
    assert [word.text for word in words] == text.split()
    assert all(text[word.start : word.end] == word.text for word in words)


def test_lines_and_blocks_are_told_apart() -> None:
    placed = [("a", 1, 1), ("b", 1, 1), ("c", 2, 1), ("d", 3, 2)]
    text, _ = compose(PlacedWord(word, None, 1.0, line, block) for word, line, block in placed)
    assert text == "a b\nc\n\nd"
