"""Finding where a Vietnamese personal name ends."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from nlp.fold import fold

_DATA = Path(__file__).parent / "data" / "names.yaml"
_SYLLABLE = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?\.?")
_GAP = re.compile(r"[ ]{1,2}")
# "Nguyễn Văn An Sinh năm 1950": here "Sinh" is no name; in "Vừ A Sinh" it is.
_BIRTH = re.compile(r"\s+s[ia]nh\s*(?:nam|ngay|:|\d)")
_SURNAME_ONG = re.compile(r"\b(?:Ông|ÔNG) {1,2}$")
_MAX_SYLLABLES = 6


@cache
def _lists() -> dict[str, frozenset[str]]:
    data: dict[str, Any] = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    return {name: frozenset(str(word) for word in words) for name, words in data.items()}


@cache
def _titles(toneless: bool) -> re.Pattern[str]:
    """Words and punctuation before a name; without tones only small letters tell "chu" from "Chu"."""
    words = _lists()["titles"]
    if toneless:
        words = frozenset(fold(word) for word in words)
    listed = "|".join(sorted(words, key=len, reverse=True))
    flags = 0 if toneless else re.IGNORECASE
    return re.compile(rf"(?:[\s:,.\-–*_]|(?:{listed})(?=[\s:.,]))*", flags)


def name_at(text: str, folded: str, position: int, capitals_tell: bool) -> tuple[int, int] | None:
    """Bounds of the personal name that begins at `position`, past titles and punctuation.

    With `capitals_tell` a name is a run of capitalised syllables; otherwise (all capitals, all
    small) it has to begin with a known surname and runs until a word that no name holds. None
    where no name of two syllables stands there.
    """
    toneless = text.isascii()
    start = _titles(toneless).match(text if capitals_tell or not toneless else folded, position)
    at = start.end() if start else position
    stops = _lists()["stops"]
    first = _SYLLABLE.match(text, at)
    if not first:
        return None
    if capitals_tell and not first.group()[0].isupper():
        return None
    by_capitals = capitals_tell
    if not by_capitals and folded[first.start() : first.end()] not in _lists()["surnames"]:
        return None
    end, count, middle = at, 0, False
    while count < _MAX_SYLLABLES:
        syllable = _SYLLABLE.match(text, end if count == 0 else end + _gap(text, end))
        if not syllable or (count and not _gap(text, end)):
            break
        word = syllable.group().rstrip(".")
        plain = folded[syllable.start() : syllable.start() + len(word)]
        if count and not middle and not _belongs(word, plain, by_capitals, stops, count):
            break
        middle = count == 1 and plain in _lists()["middles"] and (not by_capitals or word.isupper())
        end, count = syllable.start() + len(word), count + 1
        if syllable.group().endswith(".") or _BIRTH.match(folded, end):
            break
    return (at, end) if count >= 2 else None


def own_name_at(text: str, folded: str, position: int, capitals_tell: bool) -> tuple[int, int] | None:
    """Like `name_at` where people name themselves: there "Ông" before a given name is a surname.

    "Tôi là Ông Thế Vinh", but "Tôi là Ông Nguyễn Văn An".
    """
    bounds = name_at(text, folded, position, capitals_tell)
    if bounds is None or not capitals_tell or known_surname(folded[bounds[0] : bounds[1]]):
        return bounds
    surname = _SURNAME_ONG.search(text, position, bounds[0])
    return (surname.start(), bounds[1]) if surname else bounds


def _gap(text: str, end: int) -> int:
    gap = _GAP.match(text, end)
    return len(gap.group()) if gap else 0


def _belongs(word: str, plain: str, by_capitals: bool, stops: frozenset[str], count: int) -> bool:
    if by_capitals:
        # In a line of capitals ("TÔI LÀ NGUYỄN VĂN AN SINH NĂM 1950") capitals alone do not tell.
        return word[0].isupper() and not (
            plain in stops and (word.isupper() or plain in _lists()["hard_stops"])
        )
    return plain not in stops and count < _MAX_SYLLABLES - 2 and len(plain) < 8


def looks_like_name(text: str, folded: str) -> bool:
    """Whether the text is a personal name and nothing else."""
    bounds = name_at(text, folded, 0, capitals_tell=True)
    return bounds is not None and not text[bounds[1] :].strip(" .,;:_-–")


def plausible_name(folded_name: str) -> bool:
    """Whether it begins with a usual surname, or has Thị or Văn in the middle."""
    syllables = folded_name.split()
    return known_surname(folded_name) or (len(syllables) >= 3 and syllables[1] in _lists()["middles"])


def known_surname(folded_name: str) -> bool:
    """Whether the name begins with one of the usual surnames."""
    return folded_name.split(" ", 1)[0] in _lists()["surnames"]
