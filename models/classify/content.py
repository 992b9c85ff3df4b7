"""What of a letter the classifiers may read: its content, without the formulas around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from spacy.tokens import Doc

from nlp.fold import fold
from nlp.sections import body_spans

BODY = "body"
REQUEST = "request"

_TOKEN = re.compile(r"[^\W_]+")
_NUMBER = "<n>"


class Zone(NamedTuple):
    """A stretch of the text that carries content; `kind` is BODY or REQUEST."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Content:
    """A text (NFC) and the zones of it that carry content; offsets count characters of `text`."""

    text: str
    zones: tuple[Zone, ...]

    @cached_property
    def row(self) -> tuple[Token, ...]:
        """The tokens of the content, cut once for all who read it."""
        return tuple(tokens(self))

    @property
    def size(self) -> int:
        """Number of characters that carry content."""
        return sum(zone.end - zone.start for zone in self.zones)


class Token(NamedTuple):
    """A syllable or number of the content: as written in lower case, and without accents."""

    start: int
    end: int
    text: str
    folded: str
    zone: str


def whole(text: str) -> Content:
    """A content made of all of a text, for passages and letters without recognised sections."""
    return Content(text, (Zone(0, len(text), BODY),))


def tokens(content: Content) -> Iterator[Token]:
    """Syllables of the content in order; every token that holds a digit reads `<n>`."""
    for start, end, kind in content.zones:
        for match in _TOKEN.finditer(content.text, start, end):
            text, folded = _forms(match.group())
            first, last = match.span()
            yield Token(first, last, text, folded, kind)


@lru_cache(maxsize=100_000)
def _forms(word: str) -> tuple[str, str]:
    if any(char.isdigit() for char in word):
        return _NUMBER, _NUMBER
    lower = word.lower()
    return lower, fold(lower)


def content_of(doc: Doc) -> Content:
    """The content of a read letter; all of its text where no section carries any."""
    text = doc.text
    zones = tuple(
        Zone(span.start_char, span.end_char, REQUEST if span.label_ == "request" else BODY)
        for span in body_spans(doc)
    )
    return Content(text, zones) if zones else whole(text)
