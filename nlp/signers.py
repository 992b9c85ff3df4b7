"""The names in the signature block."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.mentions import PersonMention
from nlp.names import own_name_at, plausible_name
from nlp.reading import Reading
from nlp.writers import TOLD, folded_name, person

_LINE = re.compile(r"[^\n]+")
_NOTE = re.compile(
    rf"[\W\d_]*(?:(?:nguoi|ng) {TOLD}\s*:?|[a-z][^:\n]{{1,45}}:|\(?(?:da ky|diem chi|ky)\)?(?![a-z]))?[\W\d_]*"
)
_PLACE_DATE = re.compile(
    r"[^,\n]{0,40}?,?\s*(?:ngay\s*)?(?:m[uo]ng\s*)?\d{1,2}\s?(?:[/.-]|thang)\s?\d{1,2}\s?,?(?:[/.-]|nam|\s)\s?\d{2,4}"
    r"|[a-z' -]{2,40},? ngay\b[^,\n]*"
)
_SEPARATOR = re.compile(r"\s[-–]\s|;|,|\s{3,}|\t|\d{1,2}[.)]\s")
_NO_NAME = re.compile(
    r"(?:nguoi|lam don|viet don|khieu nai|to cao|kien nghi|phan anh|de nghi|dai dien|yeu cau|tran trong|kinh|xin"
    r"|cam on|ngay|thay mat|ky ten|noi nhan|nhu tren|luu|giam doc|tong giam|truong ban|chu tich|phuong|thanh pho"
    r"|tinh|xa |huyen|quan |to dan|cong ty|ban quan|uy ban|ha noi|ho chi minh|da nang|hai phong|can tho|dan )"
)
_AFTER_NAME = ("(", "da ky", "ky", "dien thoai", "sdt", "dt", "so dien", "0", "dai dien")
# What the OCR makes of a signature or a stain: capitals inside a syllable, a consonant alone.
_SCRAWL = re.compile(
    r"[^\W\d_]*[a-zđ][A-ZĐ]|(?<= )[B-DF-HJ-NP-TV-XZĐ](?![^\W\d_.])|[^\W\d_]*[A-ZĐ]{2,}[a-zđ]"
)
_MOST = 60


def signers(reading: Reading) -> list[PersonMention]:
    """Who signed; a list after "Thay mặt các hộ" gives several (at most 60)."""
    found: list[PersonMention] = []
    for section in reading.in_section("signature", "closing"):
        for line in _LINE.finditer(reading.text, section.start, section.end):
            place = _PLACE_DATE.match(reading.folded, line.start(), line.end())
            begin = place.end() if place else line.start()
            for start, end, numbered in _parts(reading, begin, line.end()):
                bounds = _signer(reading, start, end, numbered or start == begin)
                if bounds is not None:
                    found.append(person(reading, bounds, "signer"))
    return found[:_MOST]


def _parts(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether a list number or a dash stood before) of what may be one signer."""
    at, listed = start, False
    for cut in _SEPARATOR.finditer(reading.folded, start, end):
        yield at, cut.start(), listed
        at, listed = cut.end(), cut.group() not in (",", ";")
    yield at, end, listed


def _signer(reading: Reading, start: int, end: int, first: bool) -> tuple[int, int] | None:
    """The name in a part of a line; parts after a comma may also be places, so need a surname."""
    note = _NOTE.match(reading.folded, start, end)
    at = note.end() if note else start
    bounds = own_name_at(reading.text, reading.folded, at, reading.capitals_tell)
    if bounds is None or bounds[0] - at > 6 or bounds[1] > end:
        return None
    folded = folded_name(reading, bounds)
    if _NO_NAME.match(folded) or _is_scrawl(reading.text[bounds[0] : bounds[1]], folded):
        return None
    rest = reading.folded[bounds[1] : end].strip(" .,;:-–_*/")
    clean = not rest or rest.startswith(_AFTER_NAME)
    usual = plausible_name(folded)
    return bounds if (usual and len(rest) < _MOST and (first or clean)) or (clean and first) else None


def _is_scrawl(name: str, folded: str) -> bool:
    return not plausible_name(folded) and _SCRAWL.search(name) is not None
