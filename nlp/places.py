"""Component `places`: communes, districts and provinces that the letter names."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from nlp.fold import fold
from nlp.mentions import MentionSpan
from nlp.placebook import OLD, REFORM, Place, key_of, place_book, resolve_place
from nlp.reading import Reading, reading_of

_TYPE = re.compile(
    # "hợp tác xã", "cơ quan", "hệ quan" name no unit.
    r"(?<!tac )(?<!co )\b(?P<type>thanh pho|thi tran|thi xa|dac khu|phuong|quan|huyen|tinh|xa|tp|tx|tt|p|q|h|x)"
    r"(?P<gap>\s*\.\s*|\s+)(?=[a-z0-9])"
)
_LEVEL = {
    "thanh pho": (None,), "tp": (None,), "thi xa": ("district",), "tx": ("district",),
    "quan": ("district",), "q": ("district",), "huyen": ("district",), "h": ("district",),
    "tinh": ("province",), "thi tran": ("commune",), "tt": ("commune",), "dac khu": ("commune",),
    "phuong": ("commune",), "p": ("commune",), "xa": ("commune",), "x": ("commune",),
}  # fmt: skip
_SYLLABLE = re.compile(r"[^\W_]+")
_JOIN = re.compile(r"[ ]|\s?[-–]\s?|\n(?=[^\n])")
_MAX_SYLLABLES = 7
_WEAK_TYPES = ("p", "q", "h", "x", "tp", "tx", "tt")
_FUZZY_SYLLABLES = 5
# How near the larger unit follows: "phường Kim Liên, quận Đống Đa, thành phố Hà Nội".
_NEXT_UNIT = 40


@Language.component("places", assigns=["doc._.places"], requires=["doc.spans", "doc._.dates"])
def places(doc: Doc) -> Doc:
    """Find names after a word for a type of unit, and provinces also without one."""
    reading = reading_of(doc)
    header = reading.in_section("header")
    motto_end = header[0].end if header else 0
    found = [m for m in _typed(reading) if m.start >= motto_end or m.level == "province"]
    found += _bare_provinces(reading, found)
    found.sort(key=lambda mention: mention.start)
    former = reading.written_on is not None and _before_reform(reading.written_on.value)
    reading.places = [_chosen(mention, former) for mention in _narrowed(found)]
    return doc


def _typed(reading: Reading) -> list[MentionSpan]:
    found: list[MentionSpan] = []
    last = 0
    for match in _TYPE.finditer(reading.folded):
        if match.start() < last:
            continue
        mention = place_at(reading, match.start(), match.end(), match["type"])
        if mention is not None:
            found.append(mention)
            last = mention.end
    return found


def place_at(reading: Reading, start: int, name_start: int, kind: str) -> MentionSpan | None:
    """The unit whose type word stands at `start` and whose name at `name_start`."""
    ends = _name_ends(reading, name_start)
    if not ends:
        return None
    level = _LEVEL[kind][0]
    capital = reading.text[name_start].isupper() or reading.text[name_start].isdigit()
    if kind in _WEAK_TYPES and not capital:
        return None
    # A common word after "phường", "xã" is a name only if it is written like one.
    minimum = 1 if capital else 2
    for end in reversed(ends[minimum - 1 :]):
        places = _exact(reading.text[name_start:end], level, kind)
        if places:
            return _mention(reading, start, end, places)
    if not (capital and reading.capitals_tell) or kind in _WEAK_TYPES:
        return None
    return _near(reading, start, name_start, ends, kind)


def _exact(name: str, level: str | None, kind: str) -> list[Place]:
    key = key_of(name)
    if key not in place_book().by_key:
        return []
    found = [place for place in resolve_place(f"{kind} {name}", level) if place.score >= 100]
    return found if level or kind not in ("thanh pho", "tp") else [p for p in found if p.type == "Thành phố"]


def _near(reading: Reading, start: int, name_start: int, ends: list[int], kind: str) -> MentionSpan | None:
    """By edit distance, over the run of capitalised syllables."""
    capitals = name_start
    for count, end in enumerate(ends):
        word = reading.text[name_start:end].split()[-1]
        if not word[0].isupper() or count >= _FUZZY_SYLLABLES:
            break
        capitals = end
    if len(reading.text[name_start:capitals].split()) < 2:
        return None
    places = resolve_place(f"{kind} {reading.text[name_start:capitals]}", _LEVEL[kind][0])
    best = [place for place in places if place.score == places[0].score]
    return _mention(reading, start, capitals, best) if best else None


def _name_ends(reading: Reading, position: int) -> list[int]:
    """Ends of the first one, two, … syllables of what may be a name."""
    ends: list[int] = []
    text = reading.text
    while len(ends) < _MAX_SYLLABLES:
        syllable = _SYLLABLE.match(text, position)
        if not syllable:
            break
        ends.append(syllable.end())
        join = _JOIN.match(text, syllable.end())
        if not join:
            break
        position = join.end()
    return ends


def _mention(reading: Reading, start: int, end: int, places: list[Place]) -> MentionSpan:
    codes = tuple(dict.fromkeys(place.code for place in places))
    only = places[0] if len(codes) == 1 else None
    return MentionSpan(
        reading.text[start:end], start, end,
        code=only.code if only else None,
        name=places[0].full_name,
        level=places[0].level,
        candidates=codes,
    )  # fmt: skip


def _bare_provinces(reading: Reading, typed: list[MentionSpan]) -> list[MentionSpan]:
    taken = [(mention.start, mention.end) for mention in typed]
    found = []
    for match in _province_names().finditer(reading.folded):
        start, end = match.span()
        if any(start < right and left < end for left, right in taken):
            continue
        if reading.capitals_tell and not reading.text[start].isupper():
            continue
        places = resolve_place(match.group(), "province")
        if places:
            found.append(_mention(reading, start, end, places))
    return found


@cache
def _province_names() -> re.Pattern[str]:
    names = {fold(place.name) for place in place_book().places.values() if place.level == "province"}
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")


def _narrowed(found: list[MentionSpan]) -> list[MentionSpan]:
    """Ambiguous names settled by the larger unit that follows, else by the provinces of the letter."""
    provinces = [code for m in found if m.level == "province" for code in m.candidates]
    settled: list[MentionSpan] = []
    for index, mention in enumerate(found):
        inner = mention
        for other in found[index + 1 : index + 3]:
            if other.start - mention.end <= _NEXT_UNIT:
                inner = _within(inner, list(other.candidates))
        settled.append(_within(inner, provinces))
    return settled


def _within(mention: MentionSpan, around: list[str]) -> MentionSpan:
    if len(mention.candidates) < 2 or not around:
        return mention
    book = place_book()
    left = [
        code for code in mention.candidates if any(book.inside(book.places[code], outer) for outer in around)
    ]
    left = [code for code in left if code not in around] or left
    if not left:
        return mention
    return replace(
        mention,
        candidates=tuple(left),
        code=left[0] if len(left) == 1 else None,
        name=book.places[left[0]].full_name,
    )


def _before_reform(day: date | None) -> bool:
    return day is not None and day < REFORM


def _chosen(mention: MentionSpan, former: bool) -> MentionSpan:
    """The one unit that fits the day of the letter, if there is exactly one; all stay candidates.

    A name alone ("phường Kim Liên") means the unit that existed when the letter was written.
    """
    if mention.code is not None:
        return mention
    of_the_day = [code for code in mention.candidates if code.startswith(OLD) == former]
    if len(of_the_day) != 1:
        return mention
    return replace(mention, code=of_the_day[0], name=place_book().places[of_the_day[0]].full_name)
