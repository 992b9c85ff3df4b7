"""Labelled letters of the corpus (format: `README.md` beside this file)."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml

from models.proposal import Action, CompetenceKind, Field, PetitionType, Stage

Part = Literal["train", "gold"]

FOLDER = Path(__file__).parent

_ID_NUMBER = re.compile(r"(?<![\d/.-])\d{12}(?![\d/])")
_PHONE = re.compile(r"(?<!\d)0\d{3}[ .]?\d{3}[ .]?\d{3}(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class CorpusError(ValueError):
    """A letter of the corpus breaks its format; the message names its id and the rule."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One labelled letter; `author` is the style that wrote it, `office` the office that judges it."""

    id: str
    author: str
    scenario: str
    received: date
    register: str
    type: PetitionType
    mixed: tuple[PetitionType, ...]
    field: Field
    stage: Stage | None
    kind: CompetenceKind
    action: Action
    office: str
    petitioners: tuple[str, ...]
    decisions: tuple[str, ...]
    title_misleads: bool
    text: str

    @property
    def is_mixed(self) -> bool:
        """Whether the letter really has several contents."""
        return len(self.mixed) > 1


def load_letters(part: Part = "train") -> list[Letter]:
    """Letters of one part of the corpus, in order of their ids.

    Raises:
        CorpusError: an unknown code, a missing field, an id used twice, or personal data
            that does not carry the marks of an invented letter.
    """
    letters = [_letter(row, path.name) for path, row in _rows(part)]
    _refuse_twins(letter.id for letter in letters)
    return sorted(letters, key=lambda letter: letter.id)


def digest(letters: Iterable[Letter]) -> str:
    """Fingerprint (sha256, hex) of texts and labels, independent of files and their order."""
    total = hashlib.sha256()
    for letter in sorted(letters, key=lambda one: one.id):
        total.update(repr(letter).encode())
    return total.hexdigest()


def not_invented(text: str) -> list[str]:
    """What in a text could belong to a real person: "id", "phone" or "mail"; empty if nothing does."""
    found: list[str] = []
    if any(not number.startswith("000") for number in _ID_NUMBER.findall(text)):
        found.append("id")
    if any(not _digits(number).startswith("0900000") for number in _PHONE.findall(text)):
        found.append("phone")
    if any(not mail.lower().endswith((".example", ".invalid")) for mail in _MAIL.findall(text)):
        found.append("mail")
    return found


def _rows(part: Part) -> Iterable[tuple[Path, dict[str, Any]]]:
    for path in sorted((FOLDER / part).glob("*.yaml")):
        if path.name.startswith("links-"):
            continue
        for row in read_yaml(path):
            yield path, row


def read_yaml(path: Path) -> Sequence[dict[str, Any]]:
    """The list of records in a corpus file; raises CorpusError if it is not one."""
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise CorpusError(f"{path.name}: not YAML ({type(error).__name__})") from error
    if not isinstance(rows, list):
        raise CorpusError(f"{path.name}: must be a list of records")
    return rows


def _letter(row: dict[str, Any], file: str) -> Letter:
    name = str(row.get("id", f"{file}: a letter without id"))
    try:
        letter = Letter(
            id=name,
            author=name.split("-", maxsplit=1)[0],
            scenario=str(row["scenario"]),
            received=row["received"],
            register=str(row["register"]),
            type=PetitionType(row["type"]),
            mixed=tuple(PetitionType(code) for code in row["mixed"] or ()),
            field=Field(row["field"]),
            stage=Stage(row["stage"]) if row["stage"] else None,
            kind=CompetenceKind(row["kind"]),
            action=Action(row["action"]),
            office=str(row["office"]),
            petitioners=tuple(row["petitioners"] or ()),
            decisions=tuple(row["decisions"] or ()),
            title_misleads=bool(row["title_misleads"]),
            text=str(row["text"]),
        )
    except (KeyError, ValueError) as error:
        raise CorpusError(f"{name}: {error}") from error
    _check(letter)
    return letter


def _check(letter: Letter) -> None:
    if not isinstance(letter.received, date):
        raise CorpusError(f"{letter.id}: received must be a date")
    if not letter.text.strip():
        raise CorpusError(f"{letter.id}: the text is empty")
    if found := not_invented(letter.text):
        raise CorpusError(f"{letter.id}: {', '.join(found)} without the marks of an invented letter")


def _refuse_twins(ids: Iterable[str]) -> None:
    twins = [name for name, count in Counter(ids).items() if count > 1]
    if twins:
        raise CorpusError(f"ids used twice: {', '.join(sorted(twins))}")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
