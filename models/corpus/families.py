"""Families of letters for the linking of cases: true repeats and look-alikes side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from models.corpus.letters import FOLDER, CorpusError, Part, read_yaml
from models.proposal import LinkLevel


@dataclass(frozen=True, slots=True)
class FamilyLetter:
    """One letter of a family; `case` groups, `level` is its relation to the case's first letter."""

    id: str
    written: date
    case: str
    level: LinkLevel | None
    text: str


@dataclass(frozen=True, slots=True)
class Family:
    """Letters around one story, with the trap that they hold in `note`."""

    id: str
    note: str
    letters: tuple[FamilyLetter, ...]


def load_families(part: Part = "train") -> list[Family]:
    """All families of one part of the corpus; raises CorpusError where one breaks the format."""
    families = [
        _family(row) for path in sorted((FOLDER / part).glob("links-*.yaml")) for row in read_yaml(path)
    ]
    ids = [letter.id for family in families for letter in family.letters]
    if len(ids) != len(set(ids)):
        raise CorpusError("an id of a family letter is used twice")
    return families


def _family(row: dict[str, Any]) -> Family:
    try:
        letters = tuple(_family_letter(one) for one in row["letters"])
        return Family(id=str(row["family"]), note=str(row["note"]), letters=letters)
    except (KeyError, ValueError) as error:
        raise CorpusError(f"{row.get('family', 'a family without name')}: {error}") from error


def _family_letter(row: dict[str, Any]) -> FamilyLetter:
    return FamilyLetter(
        id=str(row["id"]),
        written=row["date"],
        case=str(row["case"]),
        level=LinkLevel(row["level"]) if row["level"] else None,
        text=str(row["text"]),
    )
