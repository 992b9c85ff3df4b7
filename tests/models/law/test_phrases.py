"""Known phrases in letters with, without and with wrong tones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.law.phrases import PhraseIndex

INDEX = PhraseIndex([("a", "hòa giải*2"), ("b", "quyết định kỷ luật*3"), ("c", "bản án")])

# text, owners found, why
FOUND = [
    ("xin hòa giải", ["a"], "as known"),
    ("xin hoà giải", ["a"], "the other way to set the mark"),
    ("XIN HÒA GIẢI", ["a"], "capitals"),
    ("xin hoa giai", ["a"], "no tones at all"),
    ("xin hòa\n giải", ["a"], "over a line's end"),
    ("đọc bán ăn", [], "other words that fold alike"),
    ("quyét định kỷ luât", ["b"], "misread tones in a long phrase"),
    ("bản án và bản án", ["c", "c"], "every place"),
    ("hòa giải-hòa", ["a"], "whole words only"),
    ("hòagiải", [], "not inside a word"),
]


@pytest.mark.parametrize(("text", "owners", "why"), FOUND)
def test_found(text: str, owners: list[str], why: str) -> None:
    assert [hit.owner for hit in INDEX.find(text)] == owners, why


def test_points() -> None:
    assert [hit.points for hit in INDEX.find("bản án, quyết định kỷ luật, hòa giải")] == [1, 3, 2]


@given(st.text(max_size=40), st.text(max_size=40))
def test_offsets_point_at_the_phrase(before: str, after: str) -> None:
    text = f"{before} hòa giải {after}"
    spans = [text[hit.start : hit.end] for hit in INDEX.find(text) if hit.owner == "a"]
    assert "hòa giải" in spans
