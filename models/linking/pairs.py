"""Pairs of letters to learn linking from: families written by hand, and pairs made of the corpus.

Made pairs teach what families have few of: the same page scanned again, small edits, a neighbour
who copies the text, and one person with two different matters.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from spacy.tokens import Doc

from models.classify.content import content_of
from models.classify.noise import ocr_noise, rng_for
from models.classify.passages import passages
from models.corpus import Family, FamilyLetter, Letter
from models.linking.scorer import UNRELATED
from models.proposal import LinkLevel
from nlp.language import read_text

_SAME_WORDS = 0.5
_NAMES = ("Phan Văn Đoài", "Lương Thị Nhàn", "Tạ Quang Hợp", "Mai Thị Quyên", "Đinh Công Bắc", "Vi Thị Lả")


@dataclass(frozen=True, slots=True)
class Pair:
    """A later and an earlier text, with the level of their link or UNRELATED.

    `group` keeps pairs of one story in one fold.
    """

    later: str
    earlier: str
    label: str
    group: str


def family_pairs(families: Sequence[Family]) -> list[Pair]:
    """Every pair of letters of every family."""
    pairs = []
    for family in families:
        ordered = sorted(family.letters, key=lambda letter: (letter.written, letter.id))
        for earlier, later in combinations(ordered, 2):
            pairs.append(Pair(later.text, earlier.text, pair_label(later, earlier), family.id))
    return pairs


def pair_label(later: FamilyLetter, earlier: FamilyLetter) -> str:
    """Level between two letters of a family.

    The corpus gives a letter one level, and a retyped letter may repeat the second one of its
    case: so "same text" and "same letter" hold for the pairs that do share most of their words.
    """
    if later.case != earlier.case:
        return UNRELATED
    shared = SequenceMatcher(None, later.text.split(), earlier.text.split(), autojunk=False).ratio()
    if shared < _SAME_WORDS:
        return LinkLevel.SAME_CASE
    return LinkLevel.SAME_TEXT if later.level is LinkLevel.SAME_TEXT else LinkLevel.SAME_LETTER


def made_pairs(letters: Sequence[Letter]) -> Iterator[Pair]:
    """For each letter: scanned again, edited, continued, copied by a neighbour, another matter."""
    for index, letter in enumerate(letters):
        rng = rng_for("pairs", letter.id)
        doc = read_text(letter.text)
        noisy = ocr_noise(letter.text, rng.choice((0.01, 0.03, 0.06)), rng)
        edited = _edited(doc, rng)
        other = _another(letters, index, rng)
        yield Pair(noisy, letter.text, LinkLevel.SAME_TEXT, letter.id)
        if edited:
            yield Pair(edited, letter.text, LinkLevel.SAME_LETTER, letter.id)
            yield Pair(ocr_noise(edited, 0.03, rng), letter.text, LinkLevel.SAME_LETTER, letter.id)
        if halves := _halves(doc):
            yield Pair(*halves, LinkLevel.SAME_CASE, letter.id)
        if letter.petitioners:
            yield Pair(_by_another(letter, rng), letter.text, UNRELATED, letter.id)
        if letter.petitioners and other.petitioners:
            yield Pair(_signed_by(letter, other), other.text, UNRELATED, letter.id)
        yield Pair(other.text, letter.text, UNRELATED, letter.id)


def _another(letters: Sequence[Letter], index: int, rng: random.Random) -> Letter:
    """Another letter, every second time of the same field: a look-alike, not just anything."""
    near = [one for one in letters if one.field == letters[index].field and one.id != letters[index].id]
    if near and index % 2:
        return rng.choice(near)
    return letters[(index + rng.randrange(1, len(letters))) % len(letters)]


def _edited(doc: Doc, rng: random.Random) -> str | None:
    """A few sentences left out or moved, another date; None for letters too short to be edited."""
    text = doc.text
    spans = [piece.zones[0] for piece in passages(content_of(doc))]
    if len(spans) < 3:
        return None
    for zone in sorted(rng.sample(spans, max(1, len(spans) // 6)), reverse=True):
        text = text[: zone.start] + text[zone.end :]
    return re.sub(r"(ngày\s+)\d{1,2}", lambda found: f"{found.group(1)}{rng.randrange(1, 29)}", text, count=1)


def _halves(doc: Doc) -> tuple[str, str] | None:
    """Two letters that each keep sender and formulas but tell a different half of the story."""
    spans = [piece.zones[0] for piece in passages(content_of(doc))]
    if len(spans) < 4:
        return None
    return _without(doc.text, spans[::2]), _without(doc.text, spans[1::2])


def _without(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    for start, end, _ in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return text


def _by_another(letter: Letter, rng: random.Random) -> str:
    """The same words under another name, with other numbers: a neighbour, a copied template."""
    text = letter.text
    for name in letter.petitioners:
        text = text.replace(name, rng.choice(_NAMES))
    return _other_numbers(text, rng)


def _other_numbers(text: str, rng: random.Random) -> str:
    def changed(found: re.Match[str]) -> str:
        number = found.group()
        if number.startswith("0") or re.fullmatch(r"(?:19|20)\d\d", number):
            return number[:5] + "".join(rng.choice("0123456789") for _ in number[5:])
        return "".join(rng.choice("123456789") for _ in number)

    return re.sub(r"\d{2,}", changed, text)


def _signed_by(letter: Letter, person: Letter) -> str:
    """The letter as if the first petitioner of another letter had sent it."""
    return letter.text.replace(letter.petitioners[0], person.petitioners[0])
