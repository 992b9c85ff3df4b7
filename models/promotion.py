"""Promise: a model that is worse in any class never replaces the live one silently.

One letter more or less in a class of ten moves its F1 by a tenth and says nothing, so a class counts
as worse only if its F1 falls and at least two letters more are judged wrongly (docs/adr/0007).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

# Net letters of a class that a new model may not lose.
NET_LOSS = 2


class Answers(NamedTuple):
    """True labels and those that a model gave, of the same letters in the same order."""

    truth: Sequence[str]
    said: Sequence[str]


Judgement = Mapping[str, Answers]


class PromotionError(RuntimeError):
    """The new model is worse in some classes; `worse` names them. Replace it by force or not at all."""

    def __init__(self, worse: list[str]) -> None:
        super().__init__("worse than the live model: " + "; ".join(worse))
        self.worse = worse


def compare(old: Judgement, new: Judgement) -> list[str]:
    """Classes in which the new model is worse, as sentences.

    Both hold for "type" and "field" what the models said of the same frozen letters. A letter is
    judged wrongly for a class if it has it and is not given it, or the other way round.
    """
    worse = []
    for name in sorted(old):
        for label in sorted(set(old[name].truth)):
            before, after = f1(old[name], label), f1(new[name], label)
            lost = _wrong(new[name], label) - _wrong(old[name], label)
            if after < before and lost >= NET_LOSS:
                worse.append(f"{name} {label}: F1 {before:.3f} → {after:.3f}, {lost} letters lost")
    return worse


def f1(answers: Answers, label: str) -> float:
    """F1 (0..1) of one class."""
    hits = sum(true == said == label for true, said in zip(*answers, strict=True))
    return 2 * hits / max(hits + hits + _wrong(answers, label), 1)


def _wrong(answers: Answers, label: str) -> int:
    return sum((true == label) != (said == label) for true, said in zip(*answers, strict=True))
