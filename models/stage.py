"""Where a matter stands: first letter, second complaint, supplement, reminder, withdrawal.

Readable rules over phrases (`stage_cues.yaml`): a letter nearly always says so itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from spacy.tokens import Doc

from models.proposal import Evidence, PetitionType, Stage
from nlp.fold import fold

_FILE = Path(__file__).with_name("stage_cues.yaml")
_GAP = r"\b[^.!?\n]{0,60}?\b"


@dataclass(frozen=True, slots=True)
class StageCue:
    """A phrase that gives `points` to a stage; with `title` only in the title of the letter."""

    stage: Stage
    points: int
    title: bool
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class StageRules:
    """The file in memory: cues, points needed, and types that a stage is limited to."""

    cues: tuple[StageCue, ...]
    needed: int
    types: dict[Stage, frozenset[PetitionType]]


@cache
def load_rules() -> StageRules:
    """The rules of `stage_cues.yaml`, in the order of the file."""
    data: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    cues = [
        StageCue(Stage(stage), points, zone == "title", _pattern(phrases))
        for stage, zones in data["stages"].items()
        for zone, by_points in zones.items()
        for points, phrases in by_points.items()
    ]
    types = {Stage(stage): frozenset(map(PetitionType, kinds)) for stage, kinds in data["types"].items()}
    return StageRules(tuple(cues), int(data["needed"]), types)


def stage_of(doc: Doc, kind: PetitionType) -> tuple[Stage | None, tuple[Evidence, ...]]:
    """The stage of a letter of type `kind`, with the phrases that say so; None for other letters."""
    if kind is PetitionType.OTHER:
        return None, ()
    rules = load_rules()
    points: dict[Stage, int] = {}
    found: dict[Stage, list[Evidence]] = {}
    titles, text = _titles(doc), fold(doc.text)
    for cue in rules.cues:
        if kind not in rules.types.get(cue.stage, {kind}):
            continue
        spans = titles if cue.title else [(0, len(text))]
        hits = [hit for start, end in spans for hit in cue.pattern.finditer(text, start, end)]
        points[cue.stage] = points.get(cue.stage, 0) + cue.points * min(len(hits), 2)
        found.setdefault(cue.stage, []).extend(_evidence(doc, hit, cue.points) for hit in hits[:3])
    best = max(points, key=lambda stage: points[stage])
    if points[best] < rules.needed:
        return Stage.FIRST, ()
    return best, tuple(sorted(found[best], key=lambda one: -one.weight)[:4])


def _titles(doc: Doc) -> list[tuple[int, int]]:
    return [(span.start_char, span.end_char) for span in doc.spans["sections"] if span.label_ == "title"]


def _evidence(doc: Doc, hit: re.Match[str], points: int) -> Evidence:
    start, end = doc._.to_original(hit.start(), hit.end())
    return Evidence(start, end, doc._.original[start:end], float(points))


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    forms = sorted((_form(phrase) for phrase in phrases), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(forms) + r")\b")


def _form(phrase: str) -> str:
    parts = [r"\W+".join(map(re.escape, fold(part).split())) for part in phrase.split("…")]
    return _GAP.join(part for part in parts)
