"""Component `addressees`: to whom the letter is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from nlp.mentions import AgencyMention, MentionSpan
from nlp.reading import Reading, reading_of

_CUE = re.compile(
    r"\s*(?:(?:da,? )?(?:dong )?(?:d.ng )?(?:k.nh )?(?:gui|goi|trinh|thua|chuyen|chao)|kg|k/g"
    r"|(?:t.i|den|to))(?: (?:toi|den|len))?\b\s*:?"
)
_BULLET = r"[\s\-–—+*•·:]*(?:\(?\d{1,2}[.)]\s)?[\s\-–—+*•·:]*"
_LEAD = re.compile(_BULLET)
# A comma parts two bodies only where another body or person begins.
_BODY = (
    r"(?:dong kinh|ubnd|uy ban|chu tich|pho chu|ong|ba|dong chi|ban|bo|so|cong an|thanh tra|toa|vien|hdnd"
    r"|hoi|doan|mat tran|van phong|phong|chi cuc|cuc|tong|bao|dai|cac|co quan|giam doc|bi thu|truong"
    r"|quoc hoi|chinh phu|thu tuong|thue|trung tam|dang uy|quan uy|thanh uy|cong ty|lien doan)\b"
)
_PART = re.compile(rf"\n|;|,\s+(?={_BODY})|\s+va\s+(?={_BODY})|\s[-–•]\s+(?={_BODY})|(?:^|\s)\d[.)]\s")
# What is told about the addressee is not its name.
_ASIDE = re.compile(
    r"\s*\(|\s+(?:nho (?:chuyen|quy|cac)|noi (?:toi|chung|em|gia|doanh)|de (?:biet|bao cao|chi dao))\b"
)
_JOINED = re.compile(r"(?:va|phuong|quan|thanh pho|tinh|xa|huyen|dan|cua)\s*$")


@Language.component("addressees", assigns=["doc._.addressees"], requires=["doc.spans", "doc._.agencies"])
def addressees(doc: Doc) -> Doc:
    """Cut the addressee lines into single bodies and give each the code of the body named in it."""
    reading = reading_of(doc)
    found: list[MentionSpan] = []
    for section in reading.in_section("addressees"):
        for start, end in _parts(reading, section.start, section.end):
            found.append(_addressee(reading, start, end))
    reading.addressees = found
    return doc


def _parts(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Bounds of the single addressees, without cue words, bullets and final punctuation."""
    at = start
    cuts = list(_PART.finditer(reading.folded, start, end))
    for cut in cuts:
        # A line feed inside a name is only where the line was too short.
        wrapped = cut.group() == "\n" and _JOINED.search(reading.folded[at : cut.start()])
        if wrapped or _split_in_body(reading.agencies, cut.start()):
            continue
        yield from _trimmed(reading, at, cut.start())
        at = cut.end()
    yield from _trimmed(reading, at, end)


def _split_in_body(agencies: list[AgencyMention], position: int) -> bool:
    """Whether the cut would go through a body's own name ("Phòng Kinh tế, Hạ tầng và Đô thị")."""
    return any(agency.start < position < agency.end for agency in agencies)


def _trimmed(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int]]:
    for pattern in (_LEAD, _CUE, _LEAD):
        match = pattern.match(reading.folded, start, end)
        if match:
            start = match.end()
    aside = _ASIDE.search(reading.folded, start + 1, end)
    piece = reading.text[start : aside.start() if aside else end].rstrip(" .,;:/\n-–")
    if any(map(str.isalpha, piece)):
        yield start, start + len(piece)


def _addressee(reading: Reading, start: int, end: int) -> MentionSpan:
    inside = [a for a in reading.agencies if start <= a.start < end]
    agency = inside[0] if inside else None
    return MentionSpan(
        " ".join(reading.text[start:end].split()), start, end,
        code=agency.code if agency else None,
        name=_full_name(agency) if agency else None,
        level=agency.level if agency else None,
    )  # fmt: skip


def _full_name(agency: AgencyMention) -> str:
    """The general name with the local one: "Ủy ban nhân dân phường Kim Liên"."""
    return agency.text if agency.place else agency.name
