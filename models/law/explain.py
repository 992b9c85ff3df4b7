"""The chain of rules that led to an assessment, as data that can be shown and tested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from models.law.rulebook import Rulebook
from models.law.schema import Row
from models.proposal import Basis

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Fired:
    """One rule that fitted: its id, what it says in words, and the articles that it rests on."""

    rule: str
    why: str
    basis: tuple[Basis, ...] = ()


def fired(book: Rulebook, row: Row[V]) -> Fired:
    """A row of the rulebook as a link of the chain."""
    return Fired(row.id, row.label, book.basis(row))


def as_text(trace: tuple[Fired, ...]) -> str:
    """The chain in plain Vietnamese, one rule per line; unverified articles are marked."""
    lines = []
    for step in trace:
        articles = "; ".join(
            f"{basis.act}, điều {basis.article}{'' if basis.verified else ' (cần kiểm chứng)'}"
            for basis in step.basis
        )
        lines.append(f"{step.rule}: {step.why}" + (f" [{articles}]" if articles else ""))
    return "\n".join(lines)
