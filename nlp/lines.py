"""Cutting a letter into units: lines, and sentences within lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A full stop after a short abbreviation (TP. P. Q. Ô.) or a list number ends no sentence.
_SENTENCE_END = re.compile(r"(?<![\s.][A-ZĐÔ])(?<![\s.][A-ZĐ][A-ZĐPpTt])[.!?…]+[\"”»)]*[ ]+(?=\S)")
_LINE = re.compile(r"[^\n]+")
_LIST_NUMBER = re.compile(r"[(\[]?(?:\d{1,2}|[IVX]{1,4}|[a-zđ])[.)]$")
_OPEN_END = re.compile(r"[^.!?:;…]\s*$")
_WRAPPED_LENGTH = 38


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or a line without one; no white space at its ends.

    `first` tells that it begins a line, `paragraph` that a blank line stands before. `wrapped` tells that it goes on the unit before it:
    the line was long and did not end a sentence, and this one begins in small letters.
    """

    start: int
    end: int
    first: bool
    wrapped: bool
    paragraph: bool = False


def split_units(text: str, capitals_tell: bool = True) -> list[Unit]:
    """The units of a text in order; together they hold every character that is not white space.

    Where capitals do not tell (a letter all in small ones) no line counts as wrapped.
    """
    units: list[Unit] = []
    previous = ""
    blank = False
    for line in _LINE.finditer(text):
        if not line.group().strip():
            blank = True
            continue
        blank = blank or text.startswith("\n", line.start() - 2) if line.start() > 1 else False
        first = True
        for start, end in _sentences(line.group(), line.start()):
            wrapped = capitals_tell and first and _goes_on(previous, text[start:end])
            units.append(Unit(start, end, first, wrapped, first and blank))
            first = False
        previous, blank = line.group(), False
    return units


def _sentences(line: str, offset: int) -> list[tuple[int, int]]:
    """Bounds of the sentences of one line, blanks trimmed, shifted by `offset`."""
    bounds, start = [], 0
    for match in _SENTENCE_END.finditer(line):
        if _LIST_NUMBER.match(line[start : match.end()].strip()):
            continue
        bounds.append((start, match.end()))
        start = match.end()
    bounds.append((start, len(line)))
    trimmed = []
    for left, right in bounds:
        piece = line[left:right]
        if piece.strip():
            begin = left + len(piece) - len(piece.lstrip())
            trimmed.append((offset + begin, offset + left + len(piece.rstrip())))
    return trimmed


def _goes_on(previous: str, unit: str) -> bool:
    return (
        len(previous.strip()) >= _WRAPPED_LENGTH
        and bool(_OPEN_END.search(previous))
        and (unit[0].islower() or (unit[0].isdigit() and not _LIST_NUMBER.match(unit.split(maxsplit=1)[0])))
    )
