"""The writers as they present themselves at the beginning of the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.mentions import PersonMention
from nlp.names import own_name_at, plausible_name
from nlp.reading import Reading

TOLD = r"(?:khieu nai|to cao|kien nghi|phan anh|de nghi|yeu cau|khoi kien|trinh bao|to giac|cau cuu|keu cuu)"
_ME = r"(?:chung |bon )?(?:toi|tui|em|e|con|chau|minh)"
# "Con trai tôi là …" tells of somebody else.
_NOT_KIN = "".join(
    f"(?<!{kin} )" for kin in ("con", "trai", "gai", "chau", "bo", "me", "chong", "vo", "cua", "nha")
)
_WRITER_CUES = re.compile(
    rf"(?<![a-z])(?:{_NOT_KIN}{_ME} (?:lai )?(?:xin )?(?:co )?(?:ho )?(?:ten(?: la)?|la)\b\s*:?"
    rf"|ten (?:toi|em|chau|con|tui|day du)(?: la)?\s*:?"
    rf"|ho (?:va |& )?ten(?: nguoi (?:lam don|{TOLD}))?\s*(?:\([^)]{{0,40}}\))?\s*(?:la)?\s*:"
    rf"|nguoi (?:lam|viet|gui|dung|phan anh|nop) don\s*(?:\([^)]*\))?\s*:|(?:nguoi|ben) {TOLD}\s*:"
    rf"|ten\s*:|{_ME}\s*[,:](?= ?[^\W\d_])|{_ME} gom(?: co)?\s*:?|\bgom (?=(?:cac )?(?:ong|ba|anh|chi|em|co)\s))"
)
# "Tôi Trần Viết Ngụ, quê …": no verb, so only where the letter begins.
_BARE_CUE = re.compile(rf"(?<![a-z]){_NOT_KIN}{_ME} (?=[a-z])|(?<=[a-z] toi )\((?=[a-z])")
_BARE_REACH = 450
# So near to the greeting two syllables do ("phường ơi em Hải Yến …").
_GREETING_REACH = 60
_DEPUTY_CUES = re.compile(
    r"(?<![a-z])(?:nguoi dai dien(?: theo uy quyen| hop phap)?(?: la)?\s*:?|dai dien(?: viet)?(?: don)?(?: la)?\s*:?"
    r"|do (?=(?:ong|ba|anh|chi|co|bac)\s)|nguoi duoc uy quyen\s*:?|uy quyen cho|luat su)\s*"
)
_DEPUTY_PROOF = re.compile(r".{0,60}?\b(?:dai dien|uy quyen|thay mat)\b")
_AND = re.compile(
    r"\s*(?:\([^)]{0,60}\))?\s*(?:,|;|va|cung)\s+(?=(?:ong|ba|anh|chi|em|vo|chong|co|chu|bac)?\s*)(?!nguoi )"
)
_LIST_ITEM = re.compile(
    r"\n[\s\-–•*]*\(?\d{1,3}[.)]?\s*(?=\S)|\n\s*[-–•*+]\s*|(?<=\S)\s{2,}\d{1,2}[.)]\s*|\)\s*[-–;,]\s+|(?<!ong):\s+(?=[a-z])"
)
_KINDS = (
    "cong ty|doanh nghiep|hop tac xa|htx|ban quan tri|hiep hoi|ho kinh doanh|cau lac bo|clb|trung tam"
    "|ban lien lac|van phong luat su|chi hoi|hoi dong huong|truong (?:mam non|tieu hoc|thpt|thcs|cao dang)"
)
_ORGANISATION = re.compile(rf"(?:{_KINDS})\b[^,.;\n(]{{2,90}}")
_ORGANISATION_CUE = re.compile(
    rf"(?:ten (?:don vi|to chuc|cong ty|doanh nghiep)\s*:|{_ME} la|(?:nguoi|ben) {TOLD}\s*:|^)\s*(?=(?:{_KINDS})\b)"
)
_NO_ORGANISATION = re.compile(r".{0,30}\b(?:chung toi|phuc vu hanh chinh|toi )")
_FEW = 8


def folded_name(reading: Reading, bounds: tuple[int, int]) -> str:
    """The folded words of a name."""
    return reading.folded[bounds[0] : bounds[1]]


def person(reading: Reading, bounds: tuple[int, int], role: str) -> PersonMention:
    """A mention without data."""
    start, end = bounds
    return PersonMention(" ".join(reading.text[start:end].split()), role, start, end)


def _name(reading: Reading, position: int) -> tuple[int, int] | None:
    return own_name_at(reading.text, reading.folded, position, reading.capitals_tell)


def presented(reading: Reading) -> list[PersonMention]:
    """Names after "Tôi tên là", "Họ và tên:", "Người làm đơn:", with those joined or listed to them."""
    senders = [(s.start, s.end) for s in reading.in_section("sender")]
    found: list[PersonMention] = []
    for start, end in senders or [(0, min(len(reading.text), 700))]:
        for cue in _WRITER_CUES.finditer(reading.folded, start, end):
            bounds = _name(reading, cue.end())
            if bounds is not None and bounds[1] <= end + 2:
                found.append(person(reading, bounds, "petitioner"))
                found.extend(_joined(reading, bounds[1], end, "petitioner"))
        if senders:
            found.extend(_listed(reading, start, end))
    return found or list(_without_verb(reading))


def _without_verb(reading: Reading) -> Iterator[PersonMention]:
    """The first full name right after "tôi", where no other cue gave one."""
    for cue in _BARE_CUE.finditer(reading.folded, 0, _head_end(reading)):
        bounds = _name(reading, cue.end())
        if bounds is None or bounds[0] != cue.end():
            continue
        syllables = folded_name(reading, bounds).count(" ") + 1
        near = bounds[0] <= _GREETING_REACH and reading.capitals_tell
        if (syllables >= 3 and plausible_name(folded_name(reading, bounds))) or near:
            yield person(reading, bounds, "petitioner")
            yield from _joined(reading, bounds[1], len(reading.text), "petitioner")
            return


def _head_end(reading: Reading) -> int:
    """How far a writer may present himself without a verb."""
    story = reading.in_section("addressees", "sender", "title", "header")
    return min(len(reading.text), (story[-1].end if story else 0) + _BARE_REACH)


def _joined(reading: Reading, position: int, end: int, role: str) -> Iterator[PersonMention]:
    """Further people in the same breath: "… và vợ là Trần Thị B"."""
    for _ in range(_FEW):
        link = _AND.match(reading.folded, position, end)
        bounds = _name(reading, link.end()) if link else None
        if bounds is None or bounds[1] > end or not plausible_name(folded_name(reading, bounds)):
            return
        yield person(reading, bounds, role)
        position = bounds[1]


def _listed(reading: Reading, start: int, end: int) -> Iterator[PersonMention]:
    for item in _LIST_ITEM.finditer(reading.folded, start, end):
        bounds = _name(reading, item.end())
        if bounds is None or bounds[0] - item.end() > 12 or bounds[1] > end:
            continue
        if plausible_name(folded_name(reading, bounds)):
            yield person(reading, bounds, "petitioner")
            yield from _joined(reading, bounds[1], end, "petitioner")


def organisations(reading: Reading) -> Iterator[PersonMention]:
    """A company, club or school that writes: in the letterhead, or "Chúng tôi là Công ty …"."""
    for section in reading.in_section("header", "title", "sender"):
        for cue in _ORGANISATION_CUE.finditer(reading.folded[section.start : section.end]):
            start = section.start + cue.end()
            named = _ORGANISATION.match(reading.folded, start, section.end)
            if named and not _NO_ORGANISATION.match(named.group()):
                yield person(reading, (start, start + len(named.group().rstrip())), "organisation")


def deputies(reading: Reading) -> Iterator[PersonMention]:
    """Who speaks for the writers.

    One of a group ("do ông X đại diện") is its `representative`; a lawyer or anybody who was given
    a power of attorney is a `deputy` and no petitioner.
    """
    limit = min(_story_end(reading), 1500)
    for cue in _DEPUTY_CUES.finditer(reading.folded, 0, limit):
        bounds = _name(reading, cue.end())
        if bounds is None or not plausible_name(folded_name(reading, bounds)):
            continue
        given = cue.group().startswith(("nguoi duoc", "uy quyen", "luat su"))
        said = given or cue.group().startswith(("dai dien", "nguoi"))
        if not said and not _DEPUTY_PROOF.match(reading.folded, bounds[1], bounds[1] + 90):
            continue
        if reading.section_at(cue.start()) in ("sender", "body", "title", "addressees"):
            role = "deputy" if given else "representative"
            yield person(reading, bounds, role)
            yield from _joined(reading, bounds[1], limit, role)


def _story_end(reading: Reading) -> int:
    for section in reading.sections:
        if section.label in ("affirmation", "closing", "signature"):
            return section.start
    return len(reading.text)
