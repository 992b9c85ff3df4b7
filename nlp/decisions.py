"""Component `decisions`: documents that the letter cites, with number, date and issuer."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from nlp.fold import fold
from nlp.mentions import DateMention, DecisionMention
from nlp.reading import Reading, reading_of

# Forms of numbers: Decree 30/2020/NĐ-CP, annex III, and the usage of courts, police and the Party.
_NUMBERED = re.compile(
    r"(?<![0-9/.,])(?P<number>\d{1,6}[a-z]?)\s?/\s?(?:(?P<year>(?:19|20)\d{2})\s?/\s?)?"
    r"(?P<symbol>[a-z][a-z&]{1,11}\d{0,2}(?:\s?[-–]\s?[a-z0-9&.]{1,14}){0,3})(?![a-z0-9])"
)
_PARTY = re.compile(
    r"(?<![0-9/])(?P<number>\d{1,5})\s?[-–]\s?(?P<symbol>(?:kl|qd|qdi|ct|tb|hd|nq|kh|bc)/[a-z]{2,8})\b"
)
_KEYWORDS = {
    "quyet dinh": "decision", "qd": "decision", "thong bao": "notice", "tb": "notice", "ket luan": "conclusion",
    "cong van": "official_letter", "cv": "official_letter", "van ban": "official_letter",
    "ban an": "judgment", "bien ban": "record", "bao cao": "report", "ke hoach": "plan",
    "to trinh": "report", "giay phep": "other", "phieu": "other",
}  # fmt: skip
_BARE = re.compile(
    rf"\b(?P<keyword>{'|'.join(_KEYWORDS)})\b"
    r"(?:(?P<words>(?: [a-z]+){0,7}?) so\s*:?\s*|\s)(?P<number>\d{2,6})(?![0-9]|[/.,-]\d|\s?/|\s?[-–]\s?[a-z]+/"
    r"| ?%| (?:trang|nguoi|ngay|thang|nam|lan|ho\b|m2|trieu|dong|ban\b|tuan|gio))"
)
_SYMBOL_KINDS = (
    (re.compile(r"qh\d+|(?:nd|tt|nq|ttlt|pl)-?(?:cp|bt|ttg|ubtvqh|[a-z]+)?(?<!ubnd)(?<!hdnd)$"), "law"),
    (re.compile(r"(?:ds|hc|hs|hngd|kdtm|ld|qdst|tlst|tlpt)\b.*(?:st|pt|gdt|ds|hs|hc)?$"), "judgment"),
    (re.compile(r"qd\w*"), "decision"),
    (re.compile(r"tb\w*"), "notice"),
    (re.compile(r"kl\w*"), "conclusion"),
    (re.compile(r"(?:bc|ttr)\b"), "report"),
    (re.compile(r"kh\b"), "plan"),
    (re.compile(r"bb\w*"), "record"),
    (re.compile(r"(?:nq)\b"), "decision"),
    (re.compile(r"(?:gp|gpxd|gcn|hd|hdkt|ct|hdlv|px|pc|bn|gm)\w*\b"), "other"),
    (re.compile(r"[a-z&]+-[a-z&]+"), "official_letter"),
)
# Folded symbols that are units or habits of writing, not documents.
_NO_SYMBOL = re.compile(r"(?:m2?|h|ngay|thang|nam|kg|nguoi|ho|km|gio|tuan|lan|lit|vnd|dong|cp)$")
# Last parts of a symbol that tell the matter, not the body.
_NO_ISSUER = re.compile(r"xp\w*|kphq|cc\w{0,2}|pt|st|gdt|gqkn|vp|th|bc|ncc|dt|tt")
_DATE_REACH = 30
_DATE_GAP = re.compile(r"[\s,(]*(?:(?:duoc )?(?:ky|ra|cap|lap|ban hanh|de)\s*)?(?:vao )?(?:ngay\s*)?")
_ISSUER = re.compile(r"[\s,)]*(?:cua|do)\s+")
_ISSUER_WORDS = re.compile(
    r"[^,.;:()\n\"“]{2,60}?(?=\s+(?:ve|v/v|ngay|ky|ban hanh|cap|giao|phe|thu|xu|doi|da|cho)\b|[,.;:()\n\"“]|$)"
)


@Language.component("decisions", assigns=["doc._.decisions"], requires=["doc._.dates", "doc._.agencies"])
def decisions(doc: Doc) -> Doc:
    """Find document numbers, then bare numbers after a word such as "Quyết định"."""
    reading = reading_of(doc)
    found = list(_full(reading))
    numbers = {mention.number.split("/")[0].split("-")[0].lstrip("0") for mention in found}
    found += [m for m in _bare(reading, found) if m.number.lstrip("0") not in numbers]
    own = {s.start: s.end for s in reading.in_section("header", "mail_marks")}
    foreign = [m for m in found if not any(start <= m.start < end for start, end in own.items())]
    reading.decisions = _merged(sorted(foreign, key=lambda mention: mention.start))
    return doc


def _merged(found: list[DecisionMention]) -> list[DecisionMention]:
    """One mention per number, the first, with the date and issuer of a later one if it has none."""
    merged: dict[str, DecisionMention] = {}
    for mention in found:
        key = fold(mention.number)
        first = merged.setdefault(key, mention)
        if first is not mention:
            merged[key] = replace(
                first,
                date=first.date or mention.date,
                issuer=mention.issuer if _only_symbol(first) else first.issuer,
            )
    return list(merged.values())


def _only_symbol(mention: DecisionMention) -> bool:
    return mention.issuer is None or mention.number.endswith(mention.issuer)


def _full(reading: Reading) -> Iterator[DecisionMention]:
    for match in _NUMBERED.finditer(reading.folded):
        symbol = re.sub(r"\s", "", match["symbol"]).replace("–", "-")
        written = reading.text[match.start("symbol")]
        if _NO_SYMBOL.match(symbol) or not (written.isupper() or _known(symbol)):
            continue
        yield _mention(reading, match, _kind(symbol, match["year"] is not None))
    for match in _PARTY.finditer(reading.folded):
        yield _mention(reading, match, "party")


def _known(symbol: str) -> bool:
    return bool(re.match(r"(?:qd|tb|kl|ubnd|bb|nd|tt|nq)\b", symbol)) and "-" in symbol


def _kind(symbol: str, has_year: bool) -> str:
    if has_year and re.match(r"(?:qd|nq|ct)-", symbol):
        return "law"
    for pattern, kind in _SYMBOL_KINDS:
        if pattern.match(symbol):
            return kind
    return "other"


def _bare(reading: Reading, full: list[DecisionMention]) -> Iterator[DecisionMention]:
    """Numbers without a symbol ("QĐ 1234 của UBND quận"); each number once."""
    seen: set[str] = set()
    for match in _BARE.finditer(reading.folded):
        start, _end = match.span("number")
        if match["number"] in seen or any(m.start <= start < m.end for m in full):
            continue
        seen.add(match["number"])
        yield replace(_mention(reading, match, _KEYWORDS[match["keyword"]]), complete=False)


def _mention(reading: Reading, match: re.Match[str], kind: str) -> DecisionMention:
    groups = match.groupdict()
    start = match.start("number")
    end = match.end("symbol") if "symbol" in groups else match.end("number")
    end = start + len(reading.text[start:end].rstrip("-–. "))
    number = re.sub(r"\s", "", reading.text[start:end]).replace("–", "-")
    day = _date_after(reading, end)
    issuer = _issuer(reading, day.end if day else end) or _issuer_in_number(number)
    return DecisionMention(
        number, day.value if day else None, issuer, start, end, kind, reading.text[match.start() : end]
    )


def _date_after(reading: Reading, end: int) -> DateMention | None:
    """The date that follows the number, marked as the date of a decision."""
    index = bisect_left(reading.dates, end, key=lambda mention: mention.start)
    if index == len(reading.dates):
        return None
    day = reading.dates[index]
    if day.start - end > _DATE_REACH or not _DATE_GAP.fullmatch(reading.folded[end : day.start]):
        return None
    if day.role == "event":
        day = replace(day, role="decision")
        reading.dates[index] = day
    return day


def _issuer(reading: Reading, end: int) -> str | None:
    cue = _ISSUER.match(reading.folded, end)
    if not cue:
        return None
    at = cue.end()
    for agency in reading.agencies:
        if 0 <= agency.start - at <= 25:
            return " ".join(reading.text[at : agency.end].split())
    words = _ISSUER_WORDS.match(reading.folded, at)
    return " ".join(reading.text[at : words.end()].split()) if words else None


def _issuer_in_number(number: str) -> str | None:
    """The body in the symbol: "709/QĐ-UBND" → "UBND"."""
    parts = number.rsplit("/", 1)[-1].split("-")
    if len(parts) < 2 or len(parts[-1]) < 2 or _NO_ISSUER.fullmatch(fold(parts[-1])):
        return None
    return parts[-1]
