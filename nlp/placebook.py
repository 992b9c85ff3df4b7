"""The administrative units before and after July 2025, found by name.

Names are compared without diacritics, blanks and the word for the type, first exactly, then by
edit distance. A name that stands for several units gives all of them: nothing is guessed.
"""

from __future__ import annotations

import gzip
import json
import re
import threading
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from nlp.fold import fold

_DATA = Path(__file__).parent / "data" / "places.json.gz"
_NOT_KEY = re.compile(r"[^a-z0-9]+")
_TYPES = {
    "thanh pho": ("Thành phố",), "tp": ("Thành phố",), "thi tran": ("Thị trấn",), "tt": ("Thị trấn",),
    "thi xa": ("Thị xã",), "tx": ("Thị xã",), "dac khu": ("Đặc khu",), "phuong": ("Phường",),
    "p": ("Phường",), "quan": ("Quận",), "q": ("Quận",), "huyen": ("Huyện",), "h": ("Huyện",),
    "xa": ("Xã",), "x": ("Xã",), "tinh": ("Tỉnh",), "t": ("Tỉnh",),
}  # fmt: skip
_TYPE_WORD = re.compile(
    r"^\s*(thanh pho|thi tran|thi xa|dac khu|phuong|quan|huyen|tinh|xa|tp|tx|tt|p|q|h|x|t)"
    r"(?:\s*[.:]\s*|\s+)(?=\S)"
)
# Two letters of a name of ten may be wrong; shorter names must be nearer.
_FUZZY_CUTOFF = 80.0
_FUZZY_MIN_LENGTH = 4
_FUZZY_LIMIT = 8
OLD = "old-"
# The day from which the new units exist; the table holds both sides of it.
REFORM = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative unit.

    `code` is the code of the General Statistics Office; those of units that ceased on
    1 July 2025 begin with `old-`, since the numbers were given again. `level` is commune,
    district or province. `successors` are the codes of all units that took a part of it,
    empty for a unit that exists. `score` is 100 for an exact name (also a former one).
    """

    code: str
    name: str
    type: str
    level: str
    parent: str | None
    province: str
    successors: tuple[str, ...] = ()
    score: float = 100.0

    @property
    def former(self) -> bool:
        """Whether the unit has ceased."""
        return self.code.startswith(OLD)

    @property
    def full_name(self) -> str:
        """Type and name; "Quận 1" has its type in the name."""
        return self.name if self.name.startswith(self.type) else f"{self.type} {self.name}"


def key_of(name: str) -> str:
    """The form in which names are compared: letters and digits without marks, y as i."""
    return _NOT_KEY.sub("", fold(name)).replace("y", "i")


class PlaceBook:
    """All units, by code and by key."""

    def __init__(self, table: dict[str, list[list[Any]]]) -> None:
        self.places: dict[str, Place] = {}
        self.by_key: dict[str, list[Place]] = defaultdict(list)
        for row in table["province"]:
            self._add(row, "province", row[0], "", "")
        for row in table["commune"]:
            self._add(row, "commune", row[3], "", "")
        for row in table["old_province"]:
            self._add(row, "province", OLD + row[0], OLD, OLD)
        districts = {row[0]: OLD + row[3] for row in table["old_district"]}
        for row in table["old_district"]:
            self._add(row, "district", districts[row[0]], OLD + "d", OLD)
        for row in table["old_commune"]:
            self._add(row, "commune", districts[row[3]], OLD, OLD + "d")
        self._keys_by_level: dict[str | None, list[str]] = {None: list(self.by_key)}
        for level in ("commune", "district", "province"):
            self._keys_by_level[level] = [
                key for key, found in self.by_key.items() if any(p.level == level for p in found)
            ]

        # One misread name comes again and again in an archive; 0.4 ms a search.
        self._near = lru_cache(8192)(self._search)

    def _add(self, row: list[Any], level: str, province: str, prefix: str, parent_prefix: str) -> None:
        code, kind, name, parent, successors, aliases = row
        place = Place(
            prefix + code, name, kind, level, parent_prefix + parent if parent else None, province,
            tuple(successors),
        )  # fmt: skip
        self.places[place.code] = place
        for key in {key_of(name), *(alias.replace("y", "i") for alias in aliases)}:
            self.by_key[key].append(place)

    def exact(self, key: str, level: str | None = None) -> list[Place]:
        """Units of that key and level; existing ones first."""
        found = self.by_key.get(key, [])
        return [place for place in found if level is None or place.level == level]

    def near(self, key: str, level: str | None = None) -> list[Place]:
        """Units whose keys are nearest to the key, best first, each with its score (0..100)."""
        return list(self._near(key, level))

    def _search(self, key: str, level: str | None) -> list[Place]:
        if len(key) < _FUZZY_MIN_LENGTH:
            return []
        hits = process.extract(
            key, self._keys_by_level[level], scorer=fuzz.ratio, score_cutoff=_FUZZY_CUTOFF, limit=_FUZZY_LIMIT
        )
        found: list[Place] = []
        for hit, score, _ in hits:
            found.extend(_scored(place, score) for place in self.exact(hit, level))
        return found

    def inside(self, place: Place, within: str) -> bool:
        """Whether the unit lies in the unit of code `within`, before or after the reform."""
        chain = {place.code, place.province, place.parent}
        province = self.places[place.province]
        chain.update(province.successors)
        for code in place.successors:
            heir = self.places.get(code)
            if heir is not None:
                chain.update((heir.code, heir.province))
        return within in chain


def _scored(place: Place, score: float) -> Place:
    return Place(
        place.code, place.name, place.type, place.level, place.parent, place.province, place.successors, score
    )  # fmt: skip


_lock = threading.Lock()
_book: PlaceBook | None = None


def place_book() -> PlaceBook:
    """The table of the package, read once (about 0.1 s); safe to call from several threads."""
    global _book  # noqa: PLW0603 - read once under a lock
    with _lock:
        if _book is None:
            _book = PlaceBook(json.loads(gzip.decompress(_DATA.read_bytes())))
        return _book


def resolve_place(name: str, level: str | None = None, within: str | None = None) -> list[Place]:
    """Units that `name` may stand for ("phường Kim Liên", "P. Kim Lien", "Kim Liên"), best first.

    `level` is commune, district or province, `within` the code of a unit around it. An exact name
    hides all near ones. Empty where nothing is near enough.
    """
    book = place_book()
    bare, types = _split_type(name)
    # Without the word for the type first: "Phường Đúc" is a name, "Phường Kim Liên" is not.
    keys = dict.fromkeys((key_of(bare), key_of(name)))
    for search in (book.exact, book.near):
        for key in keys:
            found = [p for p in search(key, level) if within is None or book.inside(p, within)]
            if found:
                return _ranked([p for p in found if p.type in types] or found, bare)
    return []


def _split_type(name: str) -> tuple[str, tuple[str, ...]]:
    """The name without the word for the type, and the types that the word may mean."""
    match = _TYPE_WORD.match(fold(name))
    return (name[match.end() :], _TYPES[match.group(1)]) if match else (name, ())


def _ranked(places: list[Place], written: str) -> list[Place]:
    """Nearest first, then those whose diacritics agree, then existing units."""
    plain = written.strip().lower()
    return sorted(places, key=lambda p: (-p.score, p.name.lower() != plain, p.former))


def without_type(name: str) -> str:
    """The name without the word for the type of unit."""
    return _split_type(name)[0]
