from hypothesis import given
from hypothesis import strategies as st

from service.web.highlights import Span, join_boxes, segments

LINES = st.sampled_from(["type", "field", "people"])
PLACES = st.integers(min_value=-5, max_value=60)
SPANS = st.lists(st.builds(Span, PLACES, PLACES, LINES), max_size=8)


@given(st.text(max_size=50), SPANS, st.lists(st.tuples(PLACES, PLACES), max_size=5), st.integers(0, 20))
def test_segments_join_to_the_text(
    text: str, spans: list[Span], weak: list[tuple[int, int]], offset: int
) -> None:
    cut = segments(text, spans, weak, offset)
    assert "".join(segment.text for segment in cut) == text


@given(st.text(min_size=1, max_size=50), SPANS)
def test_every_character_carries_exactly_its_lines(text: str, spans: list[Span]) -> None:
    place = 0
    for segment in segments(text, spans):
        for _ in segment.text:
            wanted = {span.line for span in spans if span.start <= place < span.end}
            assert set(segment.lines) == wanted
            place += 1
    assert place == len(text)


def test_offset_is_where_the_piece_begins() -> None:
    assert [s.lines for s in segments("đất đai", [Span(104, 107, "field")], offset=100)] == [(), ("field",)]


def test_hard_words_are_weak() -> None:
    assert [(s.text, s.weak) for s in segments("một hai ba", [], [(4, 7)])] == [
        ("một ", False),
        ("hai", True),
        (" ba", False),
    ]


def test_words_of_one_line_become_one_box() -> None:
    words = [(10.0, 10.0, 30.0, 20.0), (33.0, 11.0, 60.0, 21.0), (10.0, 30.0, 40.0, 40.0)]
    assert join_boxes(words) == [(10.0, 10.0, 60.0, 21.0), (10.0, 30.0, 40.0, 40.0)]


def test_words_far_apart_stay_apart() -> None:
    words = [(10.0, 10.0, 30.0, 20.0), (200.0, 10.0, 230.0, 20.0)]
    assert join_boxes(words) == words


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4), st.booleans()), max_size=20), SPANS)
def test_every_character_of_a_hard_word_is_weak_and_no_other(
    words: list[tuple[int, int, bool]], spans: list[Span]
) -> None:
    text, hard = "", []
    for gap, length, is_hard in words:
        start = len(text) + gap
        text += " " * gap + "x" * length
        hard += [(start, len(text))] if is_hard else []
    place = 0
    for segment in segments(text, spans, reversed(hard)):
        for _ in segment.text:
            assert segment.weak == any(start <= place < end for start, end in hard)
            place += 1
