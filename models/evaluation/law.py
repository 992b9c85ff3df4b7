"""Competence and action of whole proposals, as an office would meet them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from models.corpus import Letter
from models.metrics import accuracy, class_scores
from models.office import Office, load_office, office_from_spec
from models.proposing import propose_many


def law_scores(letters: Sequence[Letter]) -> dict[str, Any]:
    """Accuracy of competence kind and action by the live model, and how often a person is asked."""
    offices = {name: _office(name) for name in {letter.office for letter in letters}}
    stream = ((letter.text, offices[letter.office], letter.received) for letter in letters)
    proposals = list(propose_many(stream))
    kinds = [str(letter.kind) for letter in letters]
    actions = [str(letter.action) for letter in letters]
    said_kinds = [str(proposal.competence.kind) for proposal in proposals]
    said_actions = [str(proposal.action.code) for proposal in proposals]
    allowed = [letter.action in one.action.allowed for letter, one in zip(letters, proposals, strict=True)]
    mistakes = Counter((a, b) for a, b in zip(actions, said_actions, strict=True) if a != b)
    return {
        "kind": {"accuracy": round(accuracy(kinds, said_kinds), 4), "classes": _classes(kinds, said_kinds)},
        "action": {
            "accuracy": round(accuracy(actions, said_actions), 4),
            "allowed": round(sum(allowed) / max(len(allowed), 1), 4),
            "classes": _classes(actions, said_actions),
            "confusions": [
                {"true": true, "said": said, "letters": count}
                for (true, said), count in mistakes.most_common(5)
            ],
        },
        "review_asked": round(sum(one.needs_review for one in proposals) / max(len(proposals), 1), 4),
    }


def _office(name: str) -> Office:
    return load_office() if name == "default" else office_from_spec(name)


def _classes(truth: Sequence[str], said: Sequence[str]) -> dict[str, Any]:
    return {label: asdict(score) for label, score in class_scores(truth, said).items()}
