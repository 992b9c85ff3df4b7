"""Component `facts`: numbers with a meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from nlp.mentions import Fact
from nlp.reading import Reading, reading_of

# What the OCR makes of digits, on folded text.
_D = r"[0-9oliszb|]"
_REPAIR = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1", "s": "5", "z": "2", "b": "8"})

_ID_CUE = re.compile(
    r"\b(?:c\.?c\.?c\.?d|cmnd|cmtnd|cmt|can cuoc(?: cong dan)?|chung minh(?: nhan dan| thu)?|so dinh danh"
    r"(?: ca nhan)?|dinh danh)\b\W*(?:so|mang so|la)?\W*"
    rf"({_D}(?:[ .]?{_D}){{8,11}})(?![0-9a-z])"
)
_ID_BARE = re.compile(r"(?<![0-9a-z./-])(\d{3} ?\d{3} ?\d{3} ?\d{3})(?![0-9a-z])")
_PHONE_CUE = re.compile(
    r"\b(?:dien thoai|dt|sdt|d/t|tel|di dong|so may|lien he|zalo)\b[^0-9\n]{0,25}?"
    rf"((?:\+?84|[0o])(?:[ .-]?{_D}){{8,10}})(?![0-9a-z])"
)
_PHONE_BARE = re.compile(r"(?<![0-9a-z./-])((?:\+84|0)[ .-]?[35789]\d(?:[ .-]?\d){7})(?![0-9])")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PARCEL = re.compile(
    r"\b(?:thua(?: dat)?|lo dat)\s*(?:so)?\s*:?\s*(\d{1,5}(?:[-/]\d{1,4})?)(?![0-9]|[ ]?(?:m2|m²|met|ha\b|[.,]\d))"
)
_SHEET = re.compile(r"\bto\s*(?:ban do|bd|bdđc|bddc)?(?: dia chinh)?\s*(?:so)?\s*:?\s*(\d{1,4})(?![0-9])")
_SHEET_WORDS = re.compile(r"\bto\s+(?:ban do|bd)|\bto (?:so )?\d")
_AMOUNT = re.compile(
    r"(?<![0-9.,])(\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?)\s*"
    r"(ty(?: dong)?|trieu(?: dong)?|tr\b|nghin(?: dong)?|ngan(?: dong)?|k\b|dong\b|vnd\b|d\b|d/)"
)
_AREA = re.compile(r"(?<![0-9.,])(\d{1,3}(?:[.,]\d{3})*(?:[.,]\d{1,2})?)\s*(m2|m²|met vuong|ha\b|hecta)")
_CERTIFICATE = re.compile(r"\b([A-Z]{1,2}) ?(\d{6,8})\b")
_UNIT_VALUE = {
    "ty": 1_000_000_000,
    "tr": 1_000_000,
    "ng": 1_000,
    "k": 1_000,
    "do": 1,
    "vn": 1,
    "d": 1,
    "d/": 1,
}


@Language.component("facts", assigns=["doc._.facts"])
def facts(doc: Doc) -> Doc:
    """Find identity and telephone numbers, parcels, sheets, amounts, areas, e-mail, certificates."""
    reading = reading_of(doc)
    reading.facts = sorted(find_facts(reading), key=lambda fact: fact.start)
    return doc


def find_facts(reading: Reading) -> list[Fact]:
    """Facts without overlaps: an identity number is no telephone number, a telephone no amount."""
    taken: list[tuple[int, int]] = []
    found: list[Fact] = []
    for fact in _candidates(reading.text, reading.folded):
        if not any(fact.start < end and start < fact.end for start, end in taken):
            taken.append((fact.start, fact.end))
            found.append(fact)
    return found


def _candidates(text: str, folded: str) -> Iterator[Fact]:
    for match in _EMAIL.finditer(text):
        yield Fact("email", match.group().lower(), *match.span())
    for pattern in (_ID_CUE, _ID_BARE):
        for match in pattern.finditer(folded):
            digits = repair_digits(match.group(1))
            if len(digits) in (9, 12):
                yield Fact("id", digits, *match.span(1))
    for pattern in (_PHONE_CUE, _PHONE_BARE):
        for match in pattern.finditer(folded):
            digits = _national(repair_digits(match.group(1)))
            if len(digits) in (10, 11):
                yield Fact("phone", digits, *match.span(1))
    for match in _CERTIFICATE.finditer(text):
        yield Fact("certificate", f"{match.group(1)} {match.group(2)}", *match.span())
    yield from _land(folded)
    for match in _AMOUNT.finditer(folded):
        yield Fact("amount", str(_amount(match.group(1), match.group(2))), *match.span())


def _land(folded: str) -> Iterator[Fact]:
    for match in _PARCEL.finditer(folded):
        yield Fact("parcel", match.group(1), *match.span(1))
        # "tờ số 12" means a map sheet only next to a parcel.
        near = folded[match.end() : match.end() + 40]
        sheet = _SHEET.search(near)
        if sheet and _SHEET_WORDS.search(near):
            yield Fact("sheet", sheet.group(1), match.end() + sheet.start(1), match.end() + sheet.end(1))
    for match in re.finditer(r"\bto ban do[^0-9\n]{0,15}(\d{1,4})(?![0-9])", folded):
        yield Fact("sheet", match.group(1), *match.span(1))
    for match in _AREA.finditer(folded):
        yield Fact("area", f"{match.group(1)} {match.group(2)}", *match.span())


def repair_digits(text: str) -> str:
    """Only the digits of a folded number, with letters that look like digits put right."""
    return re.sub(r"\D", "", text.translate(_REPAIR))


def _national(digits: str) -> str:
    return "0" + digits[2:] if digits.startswith("84") and len(digits) in (11, 12) else digits


def _amount(number: str, unit: str) -> int:
    factor = _UNIT_VALUE[unit if unit in ("k", "d", "d/") else unit[:2]]
    grouped = bool(re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number)) and factor == 1
    value = float(re.sub(r"[.,]", "", number)) if grouped else float(number.replace(",", "."))
    return round(value * factor)
