import itertools

from hypothesis import given
from hypothesis import strategies as st

from nlp.lines import split_units


def units(text):
    return [text[unit.start : unit.end] for unit in split_units(text)]


def test_lines_and_sentences():
    assert units("Tôi là An. Tôi ở Láng!\n\nXin cảm ơn.") == ["Tôi là An.", "Tôi ở Láng!", "Xin cảm ơn."]


def test_abbreviations_and_list_numbers_end_no_sentence():
    assert units("Tôi ở TP. Hà Nội, P. Láng.") == ["Tôi ở TP. Hà Nội, P. Láng."]
    assert units("1. Kiểm tra; xử lý.") == ["1. Kiểm tra; xử lý."]


def test_a_wrapped_line_is_marked():
    first, second, third = split_units(
        "Tôi xin cam đoan những nội dung trên là đúng sự thật và chịu\ntrách nhiệm trước pháp luật.\n\nXin cảm ơn."
    )
    assert (first.wrapped, second.wrapped, third.wrapped) == (False, True, False)
    assert third.paragraph
    assert not second.paragraph


@given(st.text(st.sampled_from("aĐ .!?\n:1.)"), max_size=200))
def test_units_hold_everything_but_white_space(text):
    found = split_units(text)
    assert "".join("".join(text[u.start : u.end].split()) for u in found) == "".join(text.split())
    assert all(left.end <= right.start for left, right in itertools.pairwise(found))
