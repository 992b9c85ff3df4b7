"""Type, field, several contents and stage: scores, calibration and what abstaining buys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.classify.content import content_of
from models.classify.linear import Matrix
from models.classify.reader import LetterClassifier
from models.corpus import Letter
from models.metrics import (
    accuracy,
    binary_score,
    calibration_error,
    class_scores,
    error_at_coverage,
    macro_f1,
    top_share,
)
from models.promotion import Answers
from models.stage import stage_of
from nlp import read_text

COVERAGES = (0.6, 0.8, 1.0)


@dataclass(frozen=True)
class Judged:
    """Probabilities of a classifier on labelled letters: type [n, 4], field [n, 23], mixed [n]."""

    letters: Sequence[Letter]
    labels: Mapping[str, Sequence[str]]
    chances: Mapping[str, Matrix]
    mixed: NDArray[np.bool_]

    def truth(self, name: str) -> list[str]:
        """True labels for "type" or "field"."""
        return [str(getattr(letter, name)) for letter in self.letters]

    def predicted(self, name: str) -> list[str]:
        """Likeliest labels for "type" or "field"."""
        return [self.labels[name][column] for column in self.chances[name].argmax(axis=1)]


def judge(
    classifier: LetterClassifier, letters: Sequence[Letter], texts: Sequence[str] | None = None
) -> Judged:
    """Classify letters, or changed copies of them in `texts`."""
    contents = [content_of(read_text(text)) for text in texts or [letter.text for letter in letters]]
    verdicts = classifier.read(contents)
    return Judged(
        letters,
        {name: classifier.labels(name) for name in ("type", "field")},
        {
            "type": np.array([verdict.type for verdict in verdicts]),
            "field": np.array([verdict.field for verdict in verdicts]),
        },
        np.array([classifier.says_mixed(verdict) for verdict in verdicts]),
    )


def answers_of(classifier: LetterClassifier, letters: Sequence[Letter]) -> dict[str, Answers]:
    """What a model says of type and field of labelled letters: what the promise of no regression compares."""
    kinds, topics = classifier.type_and_field([content_of(read_text(letter.text)) for letter in letters])
    return {
        name: Answers(
            [str(getattr(letter, name)) for letter in letters],
            [classifier.labels(name)[column] for column in chances.argmax(axis=1)],
        )
        for name, chances in (("type", kinds), ("field", topics))
    }


def letter_scores(judged: Judged, thresholds: Mapping[str, float]) -> dict[str, Any]:
    """All scores of type, field and several contents."""
    scores = {name: _scores(judged, name, thresholds[name]) for name in ("type", "field")}
    scores["type"]["misleading_title"] = _share(judged, [one.title_misleads for one in judged.letters])
    scores["type"]["honest_title"] = _share(judged, [not one.title_misleads for one in judged.letters])
    scores["type"]["by_register"] = {
        register: _share(judged, [one.register == register for one in judged.letters])
        for register in sorted({one.register for one in judged.letters})
    }
    mixed = [letter.is_mixed for letter in judged.letters]
    scores["mixed"] = asdict(binary_score(mixed, judged.mixed.tolist()))
    return scores


def stage_scores(letters: Sequence[Letter]) -> dict[str, Any]:
    """The stage rules alone, given the true type."""
    truth = [str(letter.stage) for letter in letters]
    said = [str(stage_of(read_text(letter.text), letter.type)[0]) for letter in letters]
    by_class = class_scores(truth, said)
    return {
        "accuracy": round(accuracy(truth, said), 4),
        "macro_f1": round(macro_f1(by_class), 4),
        "classes": {label: asdict(score) for label, score in by_class.items()},
    }


def _scores(judged: Judged, name: str, threshold: float) -> dict[str, Any]:
    truth, predicted = judged.truth(name), judged.predicted(name)
    right = np.array([t == p for t, p in zip(truth, predicted, strict=True)])
    confidence = judged.chances[name].max(axis=1)
    sure = confidence >= threshold
    by_class = class_scores(truth, predicted)
    return {
        "accuracy": round(accuracy(truth, predicted), 4),
        "macro_f1": round(macro_f1(by_class), 4),
        "top3": round(top_share(truth, judged.labels[name], judged.chances[name], 3), 4),
        "calibration_error": round(calibration_error(right, confidence), 4),
        "error_at_coverage": {
            f"{share:.0%}": round(error_at_coverage(right, confidence, share), 4) for share in COVERAGES
        },
        "above_threshold": {
            "threshold": threshold,
            "coverage": round(float(sure.mean()), 4),
            "error": round(float(1 - right[sure].mean()), 4) if sure.any() else None,
        },
        "classes": {label: asdict(score) for label, score in by_class.items()},
    }


def _share(judged: Judged, which: Sequence[bool]) -> dict[str, Any]:
    pairs = [
        (truth, said)
        for truth, said, inside in zip(judged.truth("type"), judged.predicted("type"), which, strict=True)
        if inside
    ]
    right = accuracy([truth for truth, _ in pairs], [said for _, said in pairs])
    return {"letters": len(pairs), "accuracy": round(right, 4) if pairs else None}
