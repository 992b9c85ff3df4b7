"""The cue phrases of the sections, read from `data/sections.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from nlp.fold import CAPITALS

_DATA = Path(__file__).parent / "data" / "sections.yaml"
_MAX_UNIT = 4000


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern that begins a section; see the data file for the meaning of the fields."""

    label: str
    where: str
    pattern: re.Pattern[str]
    raw: bool
    short: int
    position: float
    near: int
    excluded: re.Pattern[str] | None
    must: re.Pattern[str] | None

    def match(self, folded: str, text: str, begun: bool, position: float) -> bool:
        """Whether a unit (folded and as written) begins the section."""
        if self.where != "any" and (self.where == "later") != begun:
            return False
        if len(folded) > self.short or not self._in_reach(position):
            return False
        found = self.pattern.match(text if self.raw else folded)
        if not found or found.end() > self.near:
            return False
        if self.must is not None and not self.must.search(folded):
            return False
        return not (self.excluded and self.excluded.search(found.group()))

    def _in_reach(self, position: float) -> bool:
        # A writer gives his name in the first part, thanks and signs in the last.
        return position <= self.position if self.label == "sender" else position >= self.position


@dataclass(frozen=True, slots=True)
class Turn:
    """A pattern inside a unit at whose group the unit passes into another section."""

    sources: frozenset[str]
    target: str
    pattern: re.Pattern[str]
    last: int | None


@dataclass(frozen=True, slots=True)
class Cues:
    """All of the data file, compiled."""

    cues: tuple[Cue, ...]
    turns: tuple[Turn, ...]
    continues: dict[str, re.Pattern[str]]
    exemplars: dict[str, dict[str, list[str]]]

    def find(self, folded: str, text: str, allowed: tuple[bool, float]) -> Cue | None:
        """The first cue that the unit begins with; `allowed` is (story begun, relative position)."""
        begun, position = allowed
        for cue in self.cues:
            if cue.match(folded, text, begun, position):
                return cue
        return None

    def turn(self, label: str, folded: str, start: int, end: int, near_end: bool) -> tuple[int, str] | None:
        """Where in `folded[start:end]` the unit passes on, and to which section."""
        for turn in self.turns:
            if label not in turn.sources or (turn.last is not None and not near_end):
                continue
            # A turn at the very start would leave nothing behind.
            found = turn.pattern.search(folded, start + 3, min(end, start + _MAX_UNIT))
            if found and (turn.last is None or end - found.start(1) <= turn.last):
                return found.start(1), turn.target
        return None


@cache
def load_cues() -> Cues:
    """Read and compile the data file; raises ValueError on a broken pattern, with its label."""
    data: dict[str, Any] = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    fragments: dict[str, str] = {**data["fragments"], "cap": f"[{CAPITALS}]"}
    return Cues(
        cues=tuple(_cue(row, fragments) for row in data["cues"]),
        turns=tuple(
            Turn(
                frozenset(row["from"]), row["to"], _compiled(row["pattern"], fragments, row["to"]),
                row.get("last"),
            )
            for row in data["turns"]
        ),
        continues={label: _compiled(text, fragments, label) for label, text in data["continues"].items()},
        exemplars=data["exemplars"],
    )  # fmt: skip


def _cue(row: dict[str, Any], fragments: dict[str, str]) -> Cue:
    label = row["label"]
    return Cue(
        label=label,
        where=row["where"],
        pattern=_compiled(row.get("pattern") or row["raw"], fragments, label),
        raw="raw" in row,
        short=row.get("short", _MAX_UNIT),
        position=row.get("position", 1.0 if label == "sender" else 0.0),
        near=row.get("near", _MAX_UNIT),
        excluded=_compiled(row["not"], fragments, label) if "not" in row else None,
        must=_compiled(row["must"], fragments, label) if "must" in row else None,
    )


def _compiled(pattern: str, fragments: dict[str, str], label: str) -> re.Pattern[str]:
    for name, fragment in fragments.items():
        pattern = pattern.replace("{" + name + "}", fragment)
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ValueError(f"Mẫu nhận dạng phần “{label}” trong {_DATA.name} bị lỗi: {error}") from error
