"""What of a letter serves to find and compare letters of the same case; small enough to store."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

from spacy.tokens import Doc

from models.classify.content import content_of
from models.linking.anchors import CAPITAL, anchors_of
from models.proposal import PetitionType
from models.stage import stage_of
from nlp.fold import fold
from nlp.names import known_surname

FINGERPRINT_SIZE = 48
SKETCH_SIZE = 160
TERMS_SIZE = 120

_WORD = re.compile(r"[^\W_]+")
_NAME = re.compile(rf"\b{CAPITAL}[^\W\d_]+(?: {CAPITAL}[^\W\d_]*){{2,4}}")
_SIGNATURE = re.compile(rf"\s*((?:{CAPITAL}[^\W\d_]* ?){{1,5}})(?:[,(;.–-].*)?\s*")
_PLACE_WORDS = frozenset(
    [
        "pho",
        "duong",
        "ngo",
        "ngach",
        "phuong",
        "xa",
        "quan",
        "huyen",
        "tinh",
        "truong",
        "cho",
        "ho",
        "du",
        "khu",
        "thon",
        "ap",
        "ban",
        "to",
        "lang",
        "dinh",
        "chua",
        "den",
        "ubnd",
        "benh",
        "cau",
        "song",
        "cong",
        "p",
        "q",
        "tp",
        "thanh",
    ]
)
# What OCR takes for each other becomes one sign, so that a damaged word still is the same word.
_SHAPES = str.maketrans("l1tfj0ceqg9amuvryh652", "iiiiiooooooonnnnnbbsz")
_RUN = re.compile(r"(.)\1+")
# "… . Tâm, nhà số 24": a given name alone, after the last sentence.
_GIVEN = re.compile(
    rf"(?:[.!?\n]\s*|^)({CAPITAL}[^\W\d_]{{1,6}})(?=\s*(?:[,–(-]|\d|$|\.\s*$))[^.!?\n]*[.!]?\s*$"
)
_MAX_TOKENS = 20_000
_MAX_NAMES = 30
_TAIL = 70


@dataclass(frozen=True, slots=True)
class LinkFeatures:
    """Everything that linking knows of one letter; plain numbers and strings, ready for JSON.

    `exact_hash` is the digest of the whole text without case, accents and punctuation. `fp` holds the
    rarest hashed word pairs and numbers (signed 32 bit) to search by, `keys` the hashed link keys
    (ID, phone, decision, parcel, name with ward), `sketch` the smallest hashes of all word pairs,
    to estimate how much text two letters share, `shapes` the same of words as OCR confuses them,
    `anchors` the hashed names and codes of the story, `terms` the hashed words that are not common, to see
    whether they tell of the same thing in other words. Dates are ISO strings.
    """

    exact_hash: str
    fp: tuple[int, ...]
    keys: tuple[int, ...]
    sketch: tuple[int, ...]
    size: int
    terms: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    respondents: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    parcels: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    dates: tuple[str, ...] = ()
    written_on: str | None = None
    stage: str | None = None
    shapes: tuple[int, ...] = ()
    anchors: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The features as a JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> LinkFeatures:
        """The features from what `to_json` gave, also after a round trip through a database."""
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in data.items()
        }
        return cls(**values)


def extract(doc: Doc, common: frozenset[int] = frozenset()) -> LinkFeatures:
    """Link features of a read letter; `common` holds the hashes of words and pairs that many letters have."""
    words = [fold(match.group()) for match in _limited(_WORD.finditer(doc.text))]
    content = content_of(doc)
    inside = [
        fold(match.group())
        for start, end, _ in content.zones
        for match in _limited(_WORD.finditer(content.text, start, end))
    ]
    pairs, numbers = hashed_pairs(inside), _numbers(inside)
    mentioned = _mentioned(doc.text)
    people = _people(doc) or _signed(doc.text)
    decisions = tuple(sorted({_decision(d.number, d.kind) for d in doc._.decisions if d.kind != "law"}))
    parcels = _parcels(doc)
    places = tuple(sorted({fold(place.name or place.text) for place in doc._.places}))
    ids, phones = _facts(doc, "id"), _facts(doc, "phone")
    stage, _ = stage_of(doc, PetitionType.COMPLAINT)
    other_stage, _ = stage_of(doc, PetitionType.DENUNCIATION)
    written = doc._.written_on
    return LinkFeatures(
        exact_hash=hashlib.sha256(" ".join(words).encode()).hexdigest()[:32],
        fp=tuple(sorted(_rarest(pairs, numbers, common))),
        keys=tuple(sorted(_keys(people, ids, phones, decisions, parcels, places))),
        sketch=tuple(sorted(pairs)[:SKETCH_SIZE]),
        size=len(inside),
        terms=tuple(sorted({hashed(word) for word in inside if word.isalpha()} - common)[:TERMS_SIZE]),
        names=people,
        mentioned=tuple(sorted(mentioned)),
        respondents=tuple(sorted({fold(person.name) for person in doc._.respondents})),
        ids=ids,
        phones=phones,
        decisions=decisions,
        parcels=parcels,
        places=places,
        numbers=tuple(sorted(numbers)),
        dates=tuple(sorted({mention.value.isoformat() for mention in doc._.dates if mention.value})),
        written_on=written.isoformat() if isinstance(written, date) else None,
        stage=str(stage if stage != "first" else other_stage),
        shapes=tuple(sorted(hashed_pairs([shape_of(word) for word in words]))[:SKETCH_SIZE]),
        anchors=tuple(sorted({hashed(anchor) for anchor in anchors_of(doc.text)} - common)),
    )


@lru_cache(maxsize=200_000)
def shape_of(word: str) -> str:
    """A folded word with the letters that OCR confuses made alike, and without doubled ones."""
    return _RUN.sub(r"\1", word.translate(_SHAPES))


def hashed_pairs(words: Iterable[str]) -> set[int]:
    """Signed 32-bit hashes of neighbouring words."""
    return {hashed(f"{first} {second}") for first, second in pairwise(words)}


@lru_cache(maxsize=200_000)
def hashed(text: str) -> int:
    """A signed 32-bit hash, the same on every machine; PostgreSQL's `integer` holds it."""
    return zlib.crc32(text.encode()) - 2**31


def _limited(matches: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
    for count, match in enumerate(matches):
        if count >= _MAX_TOKENS:
            return
        yield match


def _numbers(words: Iterable[str]) -> set[int]:
    """Hashes of numbers that can tell a case: two digits say nothing, years little."""
    return {
        hashed(f"#{word}")
        for word in words
        if any(char.isdigit() for char in word)
        and len(word) >= 3
        and not re.fullmatch(r"(?:19|20)\d\d", word)
    }


def _rarest(pairs: set[int], numbers: set[int], common: frozenset[int]) -> list[int]:
    """Numbers first, then pairs that are not common.

    Among these the smallest hashes, so that two letters choose alike.
    """
    rare = sorted(pairs - common) or sorted(pairs)
    chosen = [*sorted(numbers)[: FINGERPRINT_SIZE // 2], *rare]
    return list(dict.fromkeys(chosen))[:FINGERPRINT_SIZE]


def _people(doc: Doc) -> tuple[str, ...]:
    return tuple(sorted({fold(person.name) for person in doc._.petitioners if person.name.strip()}))


def _mentioned(text: str) -> set[str]:
    """Names of people anywhere in the text: capitalised, with a usual surname, and no street."""
    found = set()
    for match in _NAME.finditer(text):
        name = fold(match.group())
        if known_surname(name) and not _after_place(text, match.start()):
            found.add(name)
    return set(sorted(found)[:_MAX_NAMES])


def _signed(text: str) -> tuple[str, ...]:
    """Names at the very end, for a letter that introduces nobody; a signature may be one word."""
    tail = text.rstrip()[-_TAIL:]
    found = {fold(match.group()) for match in _NAME.finditer(tail) if not _after_place(tail, match.start())}
    if not found and (given := _GIVEN.search(tail)):
        found = {fold(given.group(1))}
    last = tail.splitlines()[-1] if tail else ""
    if not found and (alone := _SIGNATURE.fullmatch(last)):
        found = {fold(alone.group(1).strip())}
    return tuple(sorted(found))[:3]


def _after_place(text: str, start: int) -> bool:
    before = fold(text[max(start - 12, 0) : start]).split()
    return bool(before) and before[-1].strip("(:,-") in _PLACE_WORDS


def _facts(doc: Doc, kind: str) -> tuple[str, ...]:
    return tuple(sorted({re.sub(r"\D", "", fact.value) for fact in doc._.facts if fact.kind == kind}))


def _decision(number: str, kind: str) -> str:
    """Kind and first number: 1234/QĐ-UBND and "QĐ 1234" are the same paper to a citizen."""
    digits = re.search(r"\d+", number)
    return f"{kind} {int(digits.group()) if digits else fold(number)}"


def _parcels(doc: Doc) -> tuple[str, ...]:
    sheets = _facts(doc, "sheet")
    return tuple(f"{parcel}/{sheet}" for parcel in _facts(doc, "parcel") for sheet in (sheets or ("?",)))


def _keys(
    names: Iterable[str], ids: Iterable[str], phones: Iterable[str], decisions: Iterable[str],
    parcels: Iterable[str], places: Iterable[str],
) -> set[int]:  # fmt: skip
    named = [f"name {name}" for name in names]
    local = [f"name {name} in {place}" for name in names for place in places]
    typed = {"id": ids, "phone": phones, "decision": decisions, "parcel": parcels}
    return {hashed(text) for text in (*named, *local, *(f"{k} {v}" for k, vs in typed.items() for v in vs))}
