"""Finding many known phrases in a letter at once, with or without its tones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlp.fold import fold

_WORD = re.compile(r"\w+")
# From this length on a phrase is told by its letters alone, so that a misread tone does not hide it.
_LONG = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: its owner and points, and where it stands in the text."""

    owner: str
    points: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    owner: str
    points: int
    words: tuple[str, ...]
    folded: tuple[str, ...]


class PhraseIndex:
    """Phrases by their first word. "phrase*3" gives 3 points, a bare phrase 1."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, list[_Phrase]] = {}
        for owner, written in phrases:
            text, _, points = written.partition("*")
            words = tuple(_WORD.findall(text.lower()))
            folded = tuple(fold(word) for word in words)
            phrase = _Phrase(owner, int(points or 1), words, folded)
            self._by_first.setdefault(folded[0], []).append(phrase)
        for same in self._by_first.values():
            same.sort(key=lambda phrase: -len(phrase.words))

    def find(self, text: str) -> Iterator[Hit]:
        """Every phrase in `text`, from left to right, longer ones first; they may overlap."""
        folded = fold(text)
        spans = [match.span() for match in _WORD.finditer(folded)]
        tokens = [folded[start:end] for start, end in spans]
        for at, token in enumerate(tokens):
            for phrase in self._by_first.get(token, ()):
                last = at + len(phrase.words)
                if tuple(tokens[at:last]) == phrase.folded:
                    written = [text[start:end] for start, end in spans[at:last]]
                    if _same(written, phrase):
                        yield Hit(phrase.owner, phrase.points, spans[at][0], spans[last - 1][1])


def _same(written: list[str], phrase: _Phrase) -> bool:
    """Whether the tones agree, or the writer uses none, or the phrase is long enough without them."""
    if len(written) >= _LONG or all(word.isascii() for word in written):
        return True
    return all(
        _marks(word.lower()) == _marks(known) for word, known in zip(written, phrase.words, strict=True)
    )


@lru_cache(maxsize=8192)
def _marks(word: str) -> tuple[str, ...]:
    """Letters and marks without their order, since "hoà" and "hòa" are one word."""
    return tuple(sorted(unicodedata.normalize("NFD", word)))
