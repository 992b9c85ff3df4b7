"""The letters of the demo: what is in the folder `letters/`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "letters"


@dataclass(frozen=True, slots=True)
class Letter:
    """One file that arrives at the demo office.

    `form` says what kind of file it becomes (see `service.demo.build`), `style` and `wear` how it looks.
    `expect` is the type that a person would give it, None where the file cannot be read. `days_ago` is when
    it arrived, counted back from the day of the demo. `of` names the letter whose bytes a copy repeats.
    """

    id: str
    file: str
    form: str
    text: str = ""
    style: str = "times"
    wear: str = "grey"
    dpi: int = 200
    stamp: bool = False
    expect: str | None = None
    days_ago: int = 0
    of: str | None = None
    sender: str = ""
    subject: str = ""
    attachments: tuple[Letter, ...] = ()


def letters() -> list[Letter]:
    """All letters of the demo, in the order in which they arrived."""
    found = [letter for path in sorted(FOLDER.glob("*.yaml")) for letter in load_letters(path)]
    return sorted(found, key=lambda letter: -letter.days_ago)


def load_letters(path: Path) -> list[Letter]:
    """The letters of one YAML file."""
    return [_letter(entry) for entry in yaml.safe_load(path.read_text(encoding="utf-8"))]


def _letter(entry: dict[str, Any]) -> Letter:
    entry = dict(entry)
    number = entry.get("id", "")
    parts = tuple(
        _letter({"id": f"{number}-{index}", **part})
        for index, part in enumerate(entry.pop("attachments", []), start=1)
    )
    return Letter(**entry, attachments=parts)
