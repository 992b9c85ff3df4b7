"""Links on families of letters: every letter asks for the earlier ones, as at the desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from models.cases import CaseIndex
from models.corpus import Family, FamilyLetter, Letter
from models.linking.pairs import pair_label
from models.linking.scorer import UNRELATED, LinkScorer
from models.metrics import accuracy, binary_score, class_scores
from nlp import read_text


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the index said of a pair: truth is a level or UNRELATED, `said` the same."""

    truth: str
    said: str
    found: bool


def link_scores(
    scorer: LinkScorer, families: Sequence[Family], others: Sequence[Letter] = ()
) -> dict[str, Any]:
    """Precision and recall of links over all pairs inside families, with `others` as a crowd.

    `found` is the share of true earlier letters among the candidates that are scored at all;
    `strangers` counts links to letters of the crowd or of another family.
    """
    index = CaseIndex(scorer)
    for other in others:
        index.add(f"other {other.id}", index.features(read_text(other.text)))
    answers: list[_Answer] = []
    strangers = 0
    for family in families:
        names = {letter.id for letter in family.letters}
        ordered = sorted(family.letters, key=lambda letter: (letter.written, letter.id))
        for position, letter in enumerate(ordered):
            features = index.features(read_text(letter.text))
            links = {link.to: str(link.level) for link in index.links(features)}
            strangers += sum(name not in names for name in links)
            answers.extend(_answers(letter, ordered[:position], links, set(index.candidates(features))))
            index.add(letter.id, features)
    return {**_summary(answers), "strangers": strangers, "letters": sum(len(one.letters) for one in families)}


def _answers(
    letter: FamilyLetter, earlier: Sequence[FamilyLetter], links: dict[str, str], candidates: set[str]
) -> Iterator[_Answer]:
    for other in earlier:
        yield _Answer(str(pair_label(letter, other)), links.get(other.id, UNRELATED), other.id in candidates)


def _summary(answers: Sequence[_Answer]) -> dict[str, Any]:
    linked = [answer for answer in answers if answer.truth != UNRELATED]
    hits = [answer for answer in linked if answer.said != UNRELATED]
    return {
        "pairs": len(answers),
        "linked": asdict(
            binary_score([a.truth != UNRELATED for a in answers], [a.said != UNRELATED for a in answers])
        ),
        "found": round(sum(answer.found for answer in linked) / max(len(linked), 1), 4),
        "level_accuracy": round(accuracy([a.truth for a in hits], [a.said for a in hits]), 4),
        "levels": {
            label: asdict(score)
            for label, score in class_scores([a.truth for a in answers], [a.said for a in answers]).items()
        },
    }
