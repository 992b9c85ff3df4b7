"""Puts words and lines together into a page whose offsets fit its text."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from ingest.document import Box, Word

_TYPED = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word with its place; words with one `line` share a line, with one `block` a block of lines."""

    text: str
    box: Box | None
    confidence: float
    line: Hashable
    block: Hashable


def compose(placed: Iterable[PlacedWord]) -> tuple[str, tuple[Word, ...]]:
    """Text and words of a page: a blank between words, a line feed between lines, two between blocks."""
    parts: list[str] = []
    words: list[Word] = []
    length = 0
    last: PlacedWord | None = None
    for item in placed:
        gap = _gap(last, item)
        start = length + len(gap)
        words.append(Word(item.text, start, start + len(item.text), item.box, item.confidence))
        parts += (gap, item.text)
        length, last = start + len(item.text), item
    return "".join(parts), tuple(words)


def typed_words(text: str) -> tuple[Word, ...]:
    """Words of a typed text: no place, full confidence."""
    return tuple(Word(m.group(), m.start(), m.end(), None, 1.0) for m in _TYPED.finditer(text))


def mean_confidence(words: Sequence[Word]) -> float | None:
    """Mean word confidence (0..1), None without words."""
    return sum(word.confidence for word in words) / len(words) if words else None


def _gap(last: PlacedWord | None, item: PlacedWord) -> str:
    if last is None:
        return ""
    if last.block != item.block:
        return "\n\n"
    return " " if last.line == item.line else "\n"
