"""Component `dates`: full dates with their role, and the date of the letter."""

from __future__ import annotations

import re
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from nlp.facts import repair_digits
from nlp.mentions import DateMention
from nlp.reading import Reading, reading_of

_N = r"[0-9oil]{1,2}"
_Y = r"(?:[12][0-9oil]{3}|[0-9]{2})"
# Between numbers a misread "tháng" or "năm" is still one.
_THANG = r"(?:thang|t[a-z0]{2,4}g?|[a-z]hang)"
_NAM = r"(?:nam|n[a-z0]{1,2}|[a-z]am)"
_BLANK = r"[.…_ ]{1,30}"
_DATE = re.compile(
    rf"(?:ngay\s*)?(?<![0-9])(?:m[ou]ng\s*)?(?P<d1>{_N})\s*[,.]?\s*{_THANG}\s*(?P<m1>{_N})\s*[,.]?\s*(?:{_NAM}\s*)?(?P<y1>{_Y})(?![0-9])"
    r"|(?<![0-9/.,-])(?P<d2>[0-9]{1,2})(?P<s>\s?[/.-]\s?)(?P<m2>[0-9]{1,2})(?P=s)(?P<y2>[12][0-9]{3}|[0-9]{2})(?![0-9/]|[.,-][0-9])"
    # OCR: a stroke read as a letter, "27i9/2026".
    r"|(?<![0-9/.,-])(?P<d3>[0-9]{1,2})[/il|](?P<m3>[0-9]{1,2})[/il|](?P<y3>20[0-9]{2})(?![0-9/])"
    rf"|ngay(?P<b1>{_BLANK}|\s*{_N}\s*)thang(?P<b2>{_BLANK}|\s*{_N}\s*)nam(?P<b3>{_BLANK}|\s*{_Y})"
)
_BIRTH = re.compile(r"\b(?:sinh|sanh|sn|ngay sinh|nam sinh|dob)\b[^.;\n]{0,12}$")
_ISSUED = re.compile(r"\b(?:cap|ngay cap|cap tai|noi cap)\b[^;\n]{0,45}$")
_RECEIVED = re.compile(r"\b(?:den|nhan|tiep nhan)\b[^;\n]{0,25}$")
_WRITTEN_CUE = re.compile(
    r"\b(?:ngay (?:viet|lam|gui)(?: don)?|(?<!\w )ngay(?=\s*:)|(?:nhan|gui|viet) ngay|date|sent)\s*:?\s*(?:ngay)?\s*$"
)
# A line that is nothing but a place and a date: few words before, almost none after.
_PLACE_BEFORE = re.compile(r"^[\W_]*(?:[a-z'. -]{0,45}?[,:;]?\s*)?(?:ngay\s*)?$")
_AFTER_LINE = re.compile(r"^[\s.,;)_*-]*(?:\(.{0,40}\))?\s*$")
_CENTURY_TURN = 40
_FAR_FUTURE = 2100


@Language.component("dates", assigns=["doc._.dates", "doc._.written_on"], requires=["doc.spans"])
def dates(doc: Doc) -> Doc:
    """Find full dates; impossible and unfinished ones get no value."""
    reading = reading_of(doc)
    found = [_mention(reading, match) for match in _DATE.finditer(reading.folded)]
    written = _date_of_letter(reading, found)
    if written is not None:
        index = found.index(written)
        found[index] = DateMention(written.value, written.start, written.end, written.text, "written")
        reading.written_on = found[index]
    reading.dates = found
    return doc


def to_date(day: str, month: str, year: str) -> date | None:
    """The date of folded digit groups, two-digit years as 1941–2040; None for an impossible one."""
    try:
        d, m, y = (int(repair_digits(part)) for part in (day, month, year))
        if y < 100:
            y += 2000 if y <= _CENTURY_TURN else 1900
        elif y >= _FAR_FUTURE:
            # Of "2926" the OCR misread the nought.
            y = 2000 + y % 100
        return date(y, m, d)
    except ValueError:
        return None


def _mention(reading: Reading, match: re.Match[str]) -> DateMention:
    groups = match.groupdict()
    form = next((form for form in "123" if groups[f"d{form}"]), None)
    value = to_date(*(groups[part + form] or "" for part in "dmy")) if form else None
    start, end = match.span()
    before = reading.folded[max(0, start - 60) : start]
    role = _role(before, reading.section_at(start))
    return DateMention(value, start, end, reading.text[start:end], role)


def _role(before: str, section: str | None) -> str:
    line = before.rsplit("\n", 1)[-1]
    if section == "mail_marks":
        return "received"
    if _WRITTEN_CUE.search(line):
        return "written"
    if _BIRTH.search(line):
        return "birth"
    if section == "sender" and _ISSUED.search(line):
        return "issued"
    if section in ("header", "signature") and _RECEIVED.search(line):
        return "received"
    return "event"


def _date_of_letter(reading: Reading, found: list[DateMention]) -> DateMention | None:
    """The last place-and-date line near the signature, else the first one in the head.

    One that is impossible or left blank still counts: the letter has then no known date.
    """
    free = [mention for mention in found if mention.role in ("event", "written")]
    said = [mention for mention in free if mention.role == "written"]
    if said:
        return said[-1]
    lines = [mention for mention in free if _stands_alone(reading, mention)]
    tail = [m for m in lines if reading.section_at(m.start) in ("signature", "closing", "attachments")]
    head = [m for m in lines if reading.section_at(m.start) in ("header", "title", "addressees")]
    known = [m for m in (*reversed(tail), *head) if m.value is not None]
    if known:
        return known[0]
    if tail or head:
        return (tail or head)[-1]
    return _in_last_words(reading, free)


def _stands_alone(reading: Reading, mention: DateMention) -> bool:
    text = reading.folded
    start = text.rfind("\n", 0, mention.start) + 1
    end = text.find("\n", mention.end)
    after = text[mention.end : end if end >= 0 else len(text)]
    section = reading.section_at(mention.start)
    if section in ("signature", "closing"):
        return bool(_PLACE_BEFORE.match(text[start : mention.start])) or mention.start - start < 30
    return bool(_PLACE_BEFORE.match(text[start : mention.start])) and bool(_AFTER_LINE.match(after))


# What stands before a date that closes or opens a letter written in one breath.
_BEFORE_LAST = re.compile(
    r"(?:^|[\n.;,!?–-]|\b(?:cam on|ha noi|tphcm|ho chi minh|tran trong|a|nhe))\s*(?:ngay\s*)?$"
)
_AFTER_LAST = re.compile(r"[ ]*(?:$|\n|[,;.–(-]|\d)")
_LAST_REACH = 100
_FIRST_REACH = 8


def _in_last_words(reading: Reading, free: list[DateMention]) -> DateMention | None:
    """A date at the very end, or at the very beginning, of a letter written in one breath."""
    if not free:
        return None
    if len(reading.text) - free[-1].end <= _LAST_REACH:
        before = reading.folded[max(0, free[-1].start - 40) : free[-1].start]
        if _BEFORE_LAST.search(before) and _AFTER_LAST.match(reading.folded, free[-1].end):
            return free[-1]
    return free[0] if free[0].start <= _FIRST_REACH else None
