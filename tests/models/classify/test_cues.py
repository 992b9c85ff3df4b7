"""Cue phrases: found without accents, longest first, single syllables only as written."""

from __future__ import annotations

import pytest

from models.classify.content import tokens, whole
from models.classify.cues import Cue, CueMatcher, load_cues
from models.proposal import Field

CUES = (
    Cue("type.say", "nói", ("tố cáo", "khiếu nại")),
    Cue("type.not", "không nói", ("không tố cáo",)),
    Cue("field.market", "chợ", ("chợ", "chợ cóc")),
)


def _found(text: str) -> list[str]:
    hits = CueMatcher(CUES).hits(list(tokens(whole(text))))
    return [CUES[hit.cue].name for hit in hits]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tôi tố cáo ông ấy", ["type.say"]),
        ("toi to cao ong ay", ["type.say"]),  # typed without accents
        ("tôi không tố cáo ai", ["type.not"]),  # the longer phrase wins
        ("tôi tố. Cáo", ["type.say"]),  # punctuation lost by OCR must not matter
        ("ở chợ", ["field.market"]),
        ("cho tôi", []),  # "cho" is no market
        ("chợ cóc", ["field.market"]),
        ("", []),
    ],
)
def test_phrases(text: str, found: list[str]) -> None:
    assert _found(text) == found


def test_every_field_but_other_has_cues_with_a_label() -> None:
    named = {cue.name.removeprefix("field.") for cue in load_cues() if cue.name.startswith("field.")}
    assert named == {str(code) for code in Field} - {"other"}
    assert all(cue.label and cue.phrases for cue in load_cues())
