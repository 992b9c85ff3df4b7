"""What a letter tells about a person: address, identity number, telephone."""

from __future__ import annotations

import re
from dataclasses import replace

from nlp.mentions import PersonMention
from nlp.reading import Reading

_REACH = 420
_ADDRESS = re.compile(
    r"(?:(?<![a-z])(?:thuong tru(?: tai)?|tru tai|hien (?:dang )?(?:o|tru|ngu|cu tru)(?: tai)?|(?:noi )?cu tru(?: tai)?|dia chi(?: lien he| thuong tru| lien lac)?"
    r"|noi o(?: hien nay| hien tai)?|noi thuong tru|cho o(?: hien nay)?|ho khau(?: thuong tru)?(?: tai)?|hktt|(?<!nhap )(?<!xuat )ngu(?: tai)?|tru(?: so)?(?: tai)?|o tai)(?![a-z])(?:\s+o(?= ))?"
    r"|(?<![a-z])(?:o (?=so|nha|ngo|ngach|to |khu|phong|can|thon|xom|ap|lang|xa|phuong|duong|pho|p\.?\d|\d)|(?=nha so|so nha|can ho)))"
    r"\s*[:,]?\s*(?:tai|so hien tai)?\s*"
)
# Where an address ends: a new line, a sentence, or the next kind of data.
_ADDRESS_END = re.compile(
    r"\n|;|\.(?=\s|$)(?<!\bp\.)(?<!\btp\.)(?<!\bq\.)|[\s,(]*\b(?:so )?(?:cccd|cmnd|cmt|can cuoc|dien thoai|sdt|dt|email|sinh (?:nam|ngay)|nghe nghiep|so dinh danh|dinh danh"
    r"|(?:chung )?(?:toi|em) (?:xin|lam|viet|de nghi|muon|la)|lam don|viet don|xin|nay lam|la (?:nguoi|chu)|thay mat|mail)\b|[\s,]*\(email"
)
_MIN, _MAX = 6, 160


def with_data(reading: Reading, person: PersonMention, all_people: list[PersonMention]) -> PersonMention:
    """The person with the data between the name and the next person's, inside the writer's part."""
    end = _end_of_data(reading, person, all_people)
    ids = [f for f in reading.facts if f.kind == "id" and person.end <= f.start < end]
    phones = [f for f in reading.facts if f.kind == "phone" and person.end <= f.start < end]
    # A letter of one writer has all of its numbers for him, wherever they stand.
    if not phones and len(all_people) == 1:
        phones = [f for f in reading.facts if f.kind == "phone"]
    return replace(
        person,
        address=address_after(reading, person.end, end),
        id_number=ids[0].value if ids else None,
        phone=phones[0].value if phones else None,
    )


def _end_of_data(reading: Reading, person: PersonMention, all_people: list[PersonMention]) -> int:
    limit = min(len(reading.text), person.end + _REACH)
    for section in reading.sections:
        if section.start <= person.start < section.end:
            limit = min(limit, section.end)
    following = [other.start for other in all_people if other.start >= person.end]
    return min([limit, *following])


def address_after(reading: Reading, start: int, end: int) -> str | None:
    """The first address in `start:end`, without its cue word."""
    for cue in _ADDRESS.finditer(reading.folded, start, end):
        stop = _ADDRESS_END.search(reading.folded, cue.end(), end)
        piece = reading.text[cue.end() : stop.start() if stop else end].strip(" ,.;:()-–\n")
        if _MIN <= len(piece) <= _MAX:
            return " ".join(piece.split())
    return None
