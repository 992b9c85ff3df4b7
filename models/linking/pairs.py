"""Pairs of letters to learn linking from: families written by hand, and pairs made of the corpus.

Made pairs teach what families have few of: the same page scanned again, small edits, a neighbour
who copies the text, and one person with two different matters.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from spacy.tokens import Doc

from models.classify.content import content_of
from models.classify.noise import ocr_noise, rng_for
from models.classify.passages import passages
from models.corpus import Family, FamilyLetter, Letter
from models.linking.features import LinkFeatures
from models.linking.scorer import UNRELATED
from models.proposal import LinkLevel
from nlp.fold import fold
from nlp.language import read_text

_SAME_WORDS = 0.5
_NUMBER = re.compile(r"\d")
_OPENINGS = (
    "Kính gửi quý cơ quan. Tôi là {}, trước đây tôi đã có đơn.",
    "Tôi tên {}, hôm nay tôi lại viết vì chưa thấy ai trả lời.",
    "Thưa các anh chị, tôi là {}, xin hỏi việc tôi trình bày năm ngoái.",
    "ĐƠN TRÌNH BÀY\nNgười viết: {}.",
)
_CLOSINGS = (
    "Mong sớm được trả lời.",
    "Xin cho tôi biết kết quả.",
    "Tôi chờ tin của cơ quan.",
    "Tôi xin cảm ơn.",
)
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
    shared = SequenceMatcher(
        None, fold(later.text).split(), fold(earlier.text).split(), autojunk=False
    ).ratio()
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
        if letter.petitioners and (again := retold(letter, letter, rng)):
            yield Pair(again, letter.text, LinkLevel.SAME_CASE, letter.id)
        if letter.petitioners and (again := retold(letter, other, rng)):
            yield Pair(again, letter.text, UNRELATED, letter.id)
        if letter.petitioners:
            yield Pair(_by_another(letter, rng), letter.text, UNRELATED, letter.id)
        if letter.petitioners and other.petitioners:
            yield Pair(_signed_by(letter, other), other.text, UNRELATED, letter.id)
        if letter.petitioners and letter.decisions:
            yield Pair(_other_numbers(letter.text, rng, keep_person=True), letter.text, UNRELATED, letter.id)
        yield Pair(other.text, letter.text, UNRELATED, letter.id)


def stranger_pairs(letters: Sequence[Letter], features: Sequence[LinkFeatures], most: int = 3) -> list[Pair]:
    """For each letter the other stories that share most rare words and keys with it: what a search brings up."""
    owners: defaultdict[int, list[int]] = defaultdict(list)
    for index, one in enumerate(features):
        for value in {*one.fp, *one.keys}:
            owners[value].append(index)
    pairs = []
    for index, letter in enumerate(letters):
        votes = Counter(
            other
            for value in {*features[index].fp, *features[index].keys}
            for other in owners[value]
            if other < index
        )
        near = [letters[other] for other, _ in votes.most_common(most + 3)]
        near = [one for one in near if one.scenario != letter.scenario][:most]
        pairs += [Pair(letter.text, one.text, UNRELATED, letter.id) for one in near]
    return pairs


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


def retold(sender: Letter, matter: Letter, rng: random.Random) -> str | None:
    """A new short letter of the sender about the matter of a letter: its facts in other words.

    One or two sentences that hold a number or a name of that matter are kept, and a decision is
    named in half of the cases; None where the matter has no fact to tell it by.
    """
    told = [
        text
        for piece in passages(content_of(read_text(matter.text)))
        if _NUMBER.search(text := piece.text[piece.zones[0].start : piece.zones[0].end])
        and not any(name in text for name in matter.petitioners)
    ]
    kept = rng.sample(told, min(len(told), rng.randrange(0, 3)))
    if matter.decisions and (not kept or rng.random() < 0.5):
        kept.append(f"Việc này liên quan văn bản số {matter.decisions[0]}.")
    if not kept:
        return None
    name = sender.petitioners[0]
    day = f"ngày {rng.randrange(1, 29)} tháng {rng.randrange(1, 13)} năm 2027"
    return "\n".join(
        [f"{rng.choice(_OPENINGS).format(name)}", " ".join(kept), rng.choice(_CLOSINGS), day, name]
    )


def _by_another(letter: Letter, rng: random.Random) -> str:
    """The same words under another name, with other numbers: a neighbour, a copied template."""
    text = letter.text
    for name in letter.petitioners:
        text = text.replace(name, rng.choice(_NAMES))
    return _other_numbers(text, rng)


def _other_numbers(text: str, rng: random.Random, keep_person: bool = False) -> str:
    """Other numbers in the same words; with `keep_person` the sender keeps ID and telephone."""

    def changed(found: re.Match[str]) -> str:
        number = found.group()
        if keep_person and number.startswith("0") and len(number) > 2:
            return number
        if number.startswith("0") or re.fullmatch(r"(?:19|20)\d\d", number):
            return number[:5] + "".join(rng.choice("0123456789") for _ in number[5:])
        return "".join(rng.choice("123456789") for _ in number)

    return re.sub(r"\d{2,}", changed, text)


def _signed_by(letter: Letter, person: Letter) -> str:
    """The letter as if the first petitioner of another letter had sent it."""
    return letter.text.replace(letter.petitioners[0], person.petitioners[0])
