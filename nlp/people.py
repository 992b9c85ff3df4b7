"""Component `people`: who writes, who speaks for them, about whom they write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from nlp.fold import fold
from nlp.mentions import PersonMention
from nlp.names import known_surname, name_at
from nlp.persondata import with_data
from nlp.reading import Reading, reading_of
from nlp.respondents import mentioned, respondents

_ME = r"(?:chung |bon )?(?:toi|tui|em|e|con|chau|minh)"
_TOLD = r"(?:khieu nai|to cao|kien nghi|phan anh|de nghi|yeu cau|khoi kien|trinh bao|to giac|cau cuu|keu cuu)"
_WRITER_CUES = re.compile(
    rf"(?<![a-z])(?:{_ME} (?:xin )?(?:co )?(?:ho )?(?:ten )?(?:la|ten)(?: la)?\s*:?|ten (?:toi|em|chau|con|tui|day du)(?: la)?\s*:?"
    rf"|ho (?:va |& )?ten(?: nguoi (?:lam don|{_TOLD}))?\s*(?:\(.{{0,40}}\))?\s*(?:la)?\s*:"
    rf"|nguoi (?:lam|viet|gui|dung|phan anh|nop) don\s*(?:\([^)]*\))?\s*:|nguoi {_TOLD}\s*:|ben {_TOLD}\s*:"
    rf"|{_ME}\s*[,:](?= ?[^\W\d_])|{_ME} gom(?: co)?\s*:?)"
)
_DEPUTY_CUES = re.compile(
    r"(?<![a-z])(?:nguoi dai dien(?: theo uy quyen| hop phap)?(?: la)?\s*:?|dai dien(?: viet)?(?: don)?(?: la)?\s*:?"
    r"|do (?=(?:ong|ba|anh|chi|co|bac)\s)|nguoi duoc uy quyen\s*:?|uy quyen cho|luat su)\s*"
)
_DEPUTY_PROOF = re.compile(r".{0,60}?\b(?:dai dien|uy quyen|thay mat)\b")
_AND = re.compile(
    r"\s*(?:\([^)]{0,60}\))?\s*(?:,|;|va|cung)\s+(?=(?:ong|ba|anh|chi|em|vo|chong|co|chu|bac)?\s*)"
)
_LIST_ITEM = re.compile(
    r"(?:^|\n)[\s\-–•*]*\(?\d{1,3}[.)]?\s*(?=\S)|(?:^|\n)\s*[-–•*+]\s*|(?<=\S)\s{2,}\d{1,2}[.)]\s*|\)\s*[-–;,]\s+"
)
_ORGANISATION = re.compile(
    r"(?:cong ty|doanh nghiep|hop tac xa|htx|ban quan tri|hiep hoi|truong (?:mam non|tieu hoc|thpt|thcs)|ho kinh doanh)\b[^,.;\n(]{2,90}"
)
_ORGANISATION_CUE = re.compile(
    rf"(?:ten (?:don vi|to chuc|cong ty|doanh nghiep)\s*:|{_ME} la|nguoi (?:{_TOLD})\s*:|^)\s*(?=(?:cong ty|doanh nghiep|hop tac xa|htx|ban quan tri))"
)
_SIGNER_LINE = re.compile(r"[^\n]+")
_SIGN_NOTE = re.compile(
    r"[\W\d_]*(?:(?:nguoi|ng) (?:lam|viet|gui|dung|dai dien|phan anh|nop)?\s?(?:don|ten|thu)?(?: \w+ \w+)?\s*:"
    rf"|nguoi {_TOLD}\s*:?|(?:da )?ky(?: ten)?\s*:|thay mat[^:\n]{{0,40}}:|dai dien[^:\n]{{0,40}}:|tm\.?[^:\n]{{0,30}}:|ten\s*:|\(?(?:da ky|diem chi|ky)\)?)?[\W\d_]*"
)
_PLACE_DATE = re.compile(
    r"[^,\n]{2,40}?,?\s*(?:ngay\s*)?\d{1,2}\s?(?:[/.-]|thang)\s?\d{1,2}\s?(?:[/.-]|nam)\s?\d{2,4}|[a-z' -]{2,40},? ngay\b[^,\n]*"
)
_SPLIT_SIGNERS = re.compile(r"\s[-–]\s|;|,|\s{3,}|\t|\d{1,2}[.)]\s")
_GROUP_SIGNERS = 60


@Language.component("people", assigns=["doc._.people"], requires=["doc.spans", "doc._.facts"])
def people(doc: Doc) -> Doc:
    """Find the writers with their data, those complained of, and others who are named."""
    reading = reading_of(doc)
    writers = _merged(
        [*_from_cues(reading), *_organisations(reading), *_deputies(reading), *_signers(reading)]
    )
    writers = [with_data(reading, person, writers) for person in writers]
    keys = {_key(person.name) for person in writers}
    others = [person for person in respondents(reading) if _key(person.name) not in keys]
    keys |= {_key(person.name) for person in others}
    also = [person for person in mentioned(reading) if _key(person.name) not in keys]
    reading.people = [*writers, *_merged(others), *_merged(also)]
    return doc


def _key(name: str) -> str:
    return " ".join(fold(name).split())


def _merged(people: list[PersonMention]) -> list[PersonMention]:
    """One mention per name, the first; what a later one adds is kept."""
    found: dict[str, PersonMention] = {}
    for person in people:
        key = _key(person.name)
        if key not in found:
            found[key] = person
        elif person.role == "representative" and found[key].role in ("petitioner", "signer"):
            found[key] = replace(found[key], role="representative")
    return list(found.values())


def _person(reading: Reading, bounds: tuple[int, int], role: str) -> PersonMention:
    start, end = bounds
    return PersonMention(" ".join(reading.text[start:end].split()), role, start, end)


def _head_end(reading: Reading) -> int:
    """Where the writer's presentation ends at the latest: cues after it tell of others."""
    for section in reading.sections:
        if section.label in ("affirmation", "closing", "signature"):
            return section.start
    return len(reading.text)


def _from_cues(reading: Reading) -> Iterator[PersonMention]:
    """Names after "Tôi tên là", "Họ và tên:", "Người làm đơn:", and the list that may follow."""
    senders = reading.in_section("sender")
    spans = [(s.start, s.end) for s in senders] or [(0, min(len(reading.text), 700))]
    addressed = {s.start for s in reading.in_section("addressees")}
    for start, end in spans:
        for cue in _WRITER_CUES.finditer(reading.folded, start, end):
            if cue.start() in addressed:
                continue
            bounds = name_at(reading.text, reading.folded, cue.end(), reading.capitals_tell)
            if bounds is None or bounds[1] > end + 2:
                continue
            yield _person(reading, bounds, "petitioner")
            yield from _joined(reading, bounds[1], end)
        yield from _listed(reading, start, end)


def _joined(reading: Reading, position: int, end: int) -> Iterator[PersonMention]:
    """Further writers in the same breath: "… và vợ là Trần Thị B"."""
    for _ in range(8):
        link = _AND.match(reading.folded, position, end)
        if not link:
            return
        bounds = name_at(reading.text, reading.folded, link.end(), reading.capitals_tell)
        if bounds is None or bounds[1] > end or not known_surname(reading.folded[bounds[0] : bounds[1]]):
            return
        yield _person(reading, bounds, "petitioner")
        position = bounds[1]


def _listed(reading: Reading, start: int, end: int) -> Iterator[PersonMention]:
    for item in _LIST_ITEM.finditer(reading.folded, start, end):
        bounds = name_at(reading.text, reading.folded, item.end(), reading.capitals_tell)
        if bounds is not None and bounds[0] - item.end() <= 12 and known_surname(_folded(reading, bounds)):
            yield _person(reading, bounds, "petitioner")


def _folded(reading: Reading, bounds: tuple[int, int]) -> str:
    return reading.folded[bounds[0] : bounds[1]]


def _organisations(reading: Reading) -> Iterator[PersonMention]:
    spans = [(s.start, s.end) for s in reading.in_section("sender", "header")]
    for start, end in spans:
        for cue in _ORGANISATION_CUE.finditer(reading.folded[start:end]):
            named = _ORGANISATION.match(reading.folded, start + cue.end(), end)
            if named and "chung toi" not in named.group()[:24]:
                stop = start + cue.end() + len(named.group().rstrip())
                yield _person(reading, (start + cue.end(), stop), "organisation")


def _deputies(reading: Reading) -> Iterator[PersonMention]:
    """Who speaks for the writers: "do ông X (căn 1806) đại diện", "Người đại diện: …"."""
    limit = min(_head_end(reading), 1500)
    for cue in _DEPUTY_CUES.finditer(reading.folded, 0, limit):
        bounds = name_at(reading.text, reading.folded, cue.end(), reading.capitals_tell)
        if bounds is None or not known_surname(_folded(reading, bounds)):
            continue
        needs_proof = not cue.group().startswith(("nguoi", "dai dien"))
        if needs_proof and not _DEPUTY_PROOF.match(reading.folded, bounds[1], bounds[1] + 90):
            continue
        if reading.section_at(cue.start()) in ("sender", "body", "title", "addressees"):
            yield _person(reading, bounds, "representative")
            for other in _joined(reading, bounds[1], limit):
                yield replace(other, role="representative")


def _signers(reading: Reading) -> Iterator[PersonMention]:
    """Names in the signature block; a list after "Thay mặt các hộ" gives several."""
    count = 0
    for section in reading.in_section("signature", "closing"):
        for line in _SIGNER_LINE.finditer(reading.text, section.start, section.end):
            place = _PLACE_DATE.match(reading.folded, line.start(), line.end())
            begin = place.end() if place else line.start()
            for start, end in _signer_parts(reading, begin, line.end()):
                bounds = _signer(reading, start, end, first=start == line.start())
                if bounds is not None and count < _GROUP_SIGNERS:
                    count += 1
                    yield _person(reading, bounds, "signer")


def _signer_parts(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for cut in _SPLIT_SIGNERS.finditer(reading.folded, start, end):
        yield at, cut.start()
        at = cut.end()
    yield at, end


def _signer(reading: Reading, start: int, end: int, first: bool) -> tuple[int, int] | None:
    """The name in a part of a signature line; later parts may also be places, so need a surname."""
    note = _SIGN_NOTE.match(reading.folded, start, end)
    at = note.end() if note else start
    bounds = name_at(reading.text, reading.folded, at, reading.capitals_tell)
    if bounds is None or bounds[0] - at > 6 or bounds[1] > end:
        return None
    folded = _folded(reading, bounds)
    if _NO_SIGNER.match(folded):
        return None
    rest = reading.folded[bounds[1] : end].strip(" .,;:-–_*/")
    clean = not rest or rest.startswith(("(", "da ky", "ky", "dien thoai", "sdt", "dt", "so dien", "0"))
    surname = known_surname(folded)
    return bounds if (surname and len(rest) < 60 and (first or clean)) or (clean and first) else None


_NO_SIGNER = re.compile(
    r"(?:nguoi|lam don|viet don|khieu nai|to cao|kien nghi|phan anh|de nghi|dai dien|yeu cau|ha noi|tran trong|kinh|xin|cam on|ngay|thay mat|dai dien|ky ten|noi nhan|nhu tren|luu|giam doc|phuong"
    r"|thanh pho|tinh|xa |huyen|quan |to dan|cong ty|ban quan|uy ban|ho chi minh|da nang|hai phong|dong da|can tho)"
)
