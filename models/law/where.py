"""Where a matter happened: the commune that a letter is about, and a province other than the office's."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from models.law.codes import Level
from models.law.letter import Letter
from models.law.places import holds, is_known, same_name, spelled_so
from models.office import Office

_WEIGHTS = {
    "body": 2, "history": 2, "request": 2, "respondent": 2, "title": 2, "sender": 1, "addressees": 1, "signature": 1,
}  # fmt: skip
# A full home address in another province outweighs the address on the envelope and one passing mention.
_HOME = 3
_CONTENT = ("body", "history", "request", "respondent")
_BEFORE = 60
_TYPED = re.compile(r"(?:tỉnh|thành phố|TP\.?|tinh|thanh pho) ", re.IGNORECASE)
_WITHIN_UNIT = re.compile(
    r"\b(?:xã|phường|thị trấn|huyện|quận|xa|phuong|huyen|quan) [^.;\n]*$", re.IGNORECASE
)
_ORIGIN = re.compile(r"\b(?:quê|que|nguyên quán)\b[^,;]*$", re.IGNORECASE)
_GENERIC = re.compile(r"\b(xã|phường)\b(?! hội)", re.IGNORECASE)


def home_province(letter: Letter, office: Office) -> str | None:
    """The province of the sender's full address where it is not the office's; None where it is or is not told.

    A bare "quê Nghệ An" is an origin, not an address, and somebody who also gives an address in the
    office's own province lives there.
    """
    named = [
        place
        for place in _places(letter, Level.PROVINCE)
        if letter.section_at(place.start) in ("sender", "body")
    ]
    full = [place for place in named if _is_full_address(letter, place)]
    if not full or letter.section_at(full[0].start) != "sender":
        return None
    at_home = [
        p for p in named if same_name(p.text, office.province) and letter.section_at(p.start) == "sender"
    ]
    return None if at_home or same_name(full[0].text, office.province) else str(full[0].text)


def commune_of_matter(letter: Letter, office: Office, elsewhere: bool) -> str | None:
    """The commune where the matter is: the one named most, mentions in the content counting double.

    The office's own wins a tie, under its name or that of a unit that was merged into it. Of a letter
    from `elsewhere` the address on it says nothing. A letter that speaks of "the xã" is not about a phường.
    """
    points: Counter[str] = Counter()
    for place in _places(letter, Level.COMMUNE):
        section = letter.section_at(place.start) or "body"
        weight = _WEIGHTS.get(section, 0)
        if elsewhere:
            weight = {"addressees": 0, "sender": _HOME}.get(section, weight)
        own = office.is_commune and holds(office, place.text, "commune") is not False
        points[office.place_name if own else place.text] += weight
    word = _generic_word(letter)
    typed = {name: count for name, count in points.items() if word and name.lower().startswith(word)}
    points = Counter(typed) or points
    best = max(points.values(), default=0)
    if not best:
        return None
    leading = [name for name, count in points.items() if count == best]
    return office.place_name if office.place_name in leading else leading[0]


def _places(letter: Letter, level: Level) -> list[Any]:
    return [
        place
        for place in letter.doc._.places
        if place.level == level and place.end <= len(letter.text) and is_name(place.text, level)
    ]


def is_name(text: str, level: str) -> bool:
    """Whether it is written like a name or, in small letters, is spelled exactly like a unit on file.

    Folded look-up alone would find the commune An Bồi in "phương án bồi thường".
    """
    words = text.split()[1:] if level == Level.COMMUNE else text.split()
    if words and all(word[0].isupper() or word[0].isdigit() or not word[0].isalpha() for word in words):
        return True
    if text.isascii():
        return is_known(text, level) and words != [] and words[0][0].isupper()
    return spelled_so(text, level)


def _is_full_address(letter: Letter, place: Any) -> bool:
    before = letter.text[max(0, place.start - _BEFORE) : place.start]
    return bool(_TYPED.match(place.text) and _WITHIN_UNIT.search(before) and not _ORIGIN.search(before))


def _generic_word(letter: Letter) -> str | None:
    """The word xã where the content uses it without a name and never so the word phường; else None."""
    starts = {place.start for place in letter.doc._.places}
    words = {
        hit.group(1).lower()
        for start, end in letter.spans_of(*_CONTENT)
        for hit in _GENERIC.finditer(letter.text, start, end)
        if hit.start() not in starts
    }
    return "xã" if words == {"xã"} else None
