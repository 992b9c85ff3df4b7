"""Anchors of a story: names of streets, bars, streams and schools, and codes such as "7A4" or "88 Đê La Thành".

Whoever tells a matter again in other words still names the same things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.fold import fold

# Vietnamese capitals lie scattered between the small letters, so no range of characters names them.
CAPITAL = (
    "[" + "".join(char for char in map(chr, (*range(0x250), *range(0x1E00, 0x1F00))) if char.isupper()) + "]"
)
_NAME = re.compile(rf"\b{CAPITAL}[^\W\d_]*(?: {CAPITAL}[^\W\d_]*){{1,4}}")
_CODE = re.compile(r"\b(?:\d+[^\W\d_]{1,2}\d*|[^\W\d_]{1,2}\d+)\b")
_NUMBER_BEFORE = re.compile(r"(\d+\w{0,2})\D{0,12}$")
_REACH = 16
_SHOUTED = 3
_MOST = 60


def anchors_of(text: str) -> tuple[str, ...]:
    """Anchors of a text, folded and sorted, at most 60; headings in capitals are none."""
    return tuple(sorted(set(_found(text))))[:_MOST]


def _found(text: str) -> Iterator[str]:
    for match in _NAME.finditer(text):
        words = match.group().split()
        if sum(word.isupper() and len(word) > 1 for word in words) >= _SHOUTED:
            continue
        name = fold(match.group())
        yield name
        if number := _NUMBER_BEFORE.search(text, max(match.start() - _REACH, 0), match.start()):
            yield f"{fold(number.group(1))} {name}"
    for match in _CODE.finditer(text):
        yield fold(match.group())
