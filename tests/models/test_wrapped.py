"""A letter that was printed, scanned and read again gets the proposal that the typed one gets."""

from __future__ import annotations

from collections import Counter

import pytest

from models import propose_many
from models.corpus import Letter
from models.office import load_office, office_from_spec
from models.proposal import Proposal
from tests.nlp.wrapping import WIDTHS, some_letters, tidy, wrap

COUNT = 60


def outcome(proposal: Proposal) -> dict[str, object]:
    return {
        "type": proposal.type.label,
        "field": proposal.field.label,
        "mixed": proposal.is_mixed,
        "competence": proposal.competence.kind,
        "action": proposal.action.code,
        "due": proposal.deadline.due,
    }


def outcomes(letters: list[Letter], texts: list[str]) -> list[dict[str, object]]:
    offices = [
        load_office() if letter.office == "default" else office_from_spec(letter.office) for letter in letters
    ]
    days = [letter.received for letter in letters]
    return [outcome(proposal) for proposal in propose_many(zip(texts, offices, days, strict=True))]


@pytest.mark.slow
def test_line_feeds_of_printed_lines_change_no_proposal() -> None:
    """Measured on 120 letters: all alike; without `nlp.softlines` 8 of 100 got another action."""
    letters = some_letters(COUNT)
    texts = [tidy(letter.text) for letter in letters]
    plain = outcomes(letters, texts)
    for width in WIDTHS:
        wrapped = outcomes(letters, [wrap(text, width) for text in texts])
        differs: Counter[str] = Counter(
            name
            for one, other in zip(plain, wrapped, strict=True)
            for name in one
            if one[name] != other[name]
        )
        assert {name: count for name, count in differs.items() if count > 0.02 * COUNT} == {}
