import re

import pytest

from nlp import cues

LABELS = {
    "header", "title", "addressees", "sender", "respondent", "body", "history", "request",
    "affirmation", "closing", "attachments", "signature", "mail_marks",
}  # fmt: skip


def test_the_data_file_names_only_known_sections():
    data = cues.load_cues()
    assert {cue.label for cue in data.cues} == LABELS
    assert {turn.target for turn in data.turns} <= LABELS
    assert set(data.continues) <= LABELS


def test_patterns_are_folded():
    """A capital or a diacritic in a pattern over folded text would never match."""
    for cue in cues.load_cues().cues:
        if not cue.raw:
            literal = re.sub(r"\\.|\(\?[<!=:P]", "", cue.pattern.pattern)
            assert not re.search(r"[A-ZĐ]", literal), cue.label


def test_a_broken_pattern_tells_its_section():
    with pytest.raises(ValueError, match="header"):
        cues._compiled("(", {}, "header")
