"""Whether a place that a letter names is the place of an office, across the reform of 2025."""

from __future__ import annotations

from functools import lru_cache

from models.office import Office
from nlp.placebook import key_of, place_book

_TYPE_WORDS = ("thanhpho", "thitran", "thixa", "dackhu", "phuong", "quan", "huyen", "tinh", "xa", "tp", "p")


def same_name(one: str, other: str) -> bool:
    """Whether two names are one but for marks, blanks, and the word for the type."""
    return _bare(one) == _bare(other)


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    key = key_of(name)
    for word in _TYPE_WORDS:
        if key.startswith(word) and len(key) > len(word):
            return key.removeprefix(word)
    return key


@lru_cache(maxsize=4096)
def is_here(name: str, place_name: str, place_code: str | None, level: str) -> bool | None:
    """Whether `name` is the unit of that name and code, or was merged into it.

    None where only a part of the named unit went to it, so that the letter alone cannot tell.
    `level` is commune, district or province.
    """
    if same_name(name, place_name):
        return True
    if place_code is None:
        return False
    former = [place for place in place_book().exact(_bare(name), level) if place_code in place.successors]
    if not former:
        return False
    return True if any(len(place.successors) == 1 for place in former) else None


def is_known(name: str, level: str) -> bool:
    """Whether a unit of that level has exactly this name."""
    return bool(place_book().exact(_bare(name), level))


@lru_cache(maxsize=4096)
def spelled_so(name: str, level: str) -> bool:
    """Whether a unit of that level is spelled like this, tones and all; capitals do not matter."""
    bare = name.lower().split(maxsplit=1)[-1]
    return any(bare in (p.name.lower(), p.full_name.lower()) for p in place_book().exact(_bare(name), level))


def with_tones(name: str) -> str:
    """The commune's name as it is spelled on file, of a letter written without tones; else unchanged."""
    word, _, bare = name.partition(" ")
    places = place_book().exact(_bare(name), "commune") if bare.isascii() else ()
    known = {place.full_name for place in places}
    fitting = {full for full in known if key_of(full).startswith(key_of(word))}
    found = fitting.pop() if len(fitting) == 1 else None
    return found[0].lower() + found[1:] if found else name


def holds(office: Office, name: str | None, level: str) -> bool | None:
    """Whether the place is the office's; None also where the letter names no place."""
    if name is None:
        return None
    return is_here(name, office.place_name, office.place_code, level)
