"""Component `agencies`: public bodies anywhere in the letter, with their local name."""

from __future__ import annotations

import re
from bisect import bisect_left

from spacy.language import Language
from spacy.tokens import Doc

from nlp.agencybook import Agency, gazetteer
from nlp.fold import CAPITALS
from nlp.mentions import AgencyMention, MentionSpan
from nlp.placebook import without_type
from nlp.reading import Reading, reading_of

_REACH = 45
_LOCAL = re.compile(r"[\s,(-]*(?:cua |thuoc |-\s*)?$")
_SYLLABLE = rf"(?:[{CAPITALS}][^\W\d_]*|\d+)"
_CAPITALISED = re.compile(rf" {{0,2}}({_SYLLABLE}(?: {_SYLLABLE}){{0,4}})")


@Language.component("agencies", assigns=["doc._.agencies"], requires=["doc._.places"])
def agencies(doc: Doc) -> Doc:
    """Find public bodies by name, or by a head word, a level and a local name."""
    reading = reading_of(doc)
    reading.agencies = [
        _mention(reading, match, agency)
        for match, agency in gazetteer().find(reading.folded)
        if _is_body(reading.text, match)
    ]
    return doc


def _is_body(text: str, match: re.Match[str]) -> bool:
    """Whether the tones, where there are any, allow it: "Sở" is a department, "số" a number."""
    return not (match.group().startswith("so ") and text[match.start() + 1] in "ốơổỐƠỔ")


def _mention(reading: Reading, match: re.Match[str], agency: Agency) -> AgencyMention:
    start, end = match.span()
    place = _local_place(reading, start, end)
    name: str | None = None
    if place is not None:
        end, name = max(end, place.end), _local_name(place)
    elif match.lastgroup not in gazetteer().agencies and reading.capitals_tell:
        written = _CAPITALISED.match(reading.text, end)
        if written:
            end, name = written.end(1), written.group(1)
    post = gazetteer().post.search(reading.folded[max(0, start - 24) : start])
    text = reading.text[start:end]
    post_text = None
    if post:
        post_start = max(0, start - 24) + post.start()
        post_text = reading.text[post_start:start].strip()
    return AgencyMention(
        text, start, end, agency.code, agency.name, agency.level, agency.kind,
        place=name, place_code=place.code if place else None, post=post_text,
    )  # fmt: skip


def _local_place(reading: Reading, start: int, end: int) -> MentionSpan | None:
    """The place in whose middle the match ends ("UBND phường | Kim Liên"), or that follows it."""
    index = bisect_left(reading.places, start, key=lambda mention: mention.start)
    for mention in reading.places[index : index + 2]:
        if mention.start < end <= mention.end:
            return mention
        if mention.start - end <= _REACH and _LOCAL.fullmatch(reading.folded[end : mention.start]):
            return mention
        break
    return None


def _local_name(place: MentionSpan) -> str:
    """The written name without the word for the type."""
    return without_type(place.text)
