"""Training: read the corpus, fit everything, judge it, and replace the live model only if it is no worse."""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import sklearn
from numpy.typing import NDArray

from models import live, promotion
from models.classify.fitting import OutOfFold, Review, fit_classifier, review_of, temperatures_of
from models.classify.linear import softmax
from models.classify.reader import LetterClassifier, Thresholds
from models.classify.samples import make_samples
from models.corpus import Letter, digest, load_families, load_letters
from models.evaluation import answers_of
from models.linking.fitting import PairPredictions, fit_scorer
from models.linking.scorer import UNRELATED, LinkScorer
from models.metrics import accuracy, binary_score, calibration_error, class_scores, macro_f1, top_share
from models.store import LIVE, read_manifest, save

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class TrainReport:
    """What a training run gave.

    `scores` are on authors left out of the fit, never on gold. `worse` names classes that fell on gold (only with `force` is the model stored all the same).
    """

    version: str
    letters: int
    scores: dict[str, Any]
    thresholds: dict[str, Any]
    worse: list[str]
    folder: str

    def to_json(self) -> dict[str, Any]:
        """The report as a JSON object."""
        return asdict(self)


def train(
    out_dir: Path | None = None,
    letters: Sequence[Letter] | None = None,
    progress: Progress | None = None,
    force: bool = False,
) -> TrainReport:
    """Train all models on the corpus and store them in `out_dir` (by default the live folder).

    Raises:
        PromotionError: the folder holds a model that is better in some class on the frozen gold
            set, and `force` is not set; the folder stays as it was.
    """
    folder = out_dir or LIVE
    rows = list(letters) if letters is not None else load_letters("train")
    version = datetime.now(UTC).strftime("%Y%m%d-%H%M")
    samples = make_samples(rows, progress)
    classifier, folds = fit_classifier(samples, version)
    scorer, pairs = fit_scorer(rows, load_families("train"))
    arrays = {**classifier.to_arrays(), **scorer.to_arrays()}
    gold = load_letters("gold")
    candidate = live.restore(arrays, _thresholds(classifier, scorer), version)
    answers = answers_of(candidate.classifier, gold) if gold else {}
    worse = _compare(folder, answers, gold)
    if worse and not force:
        raise promotion.PromotionError(worse)
    scores = {**_letter_scores(folds, classifier), **_link_scores(pairs, scorer)}
    manifest = {
        "version": version,
        "trained": datetime.now(UTC).isoformat(timespec="seconds"),
        "training_digest": digest(rows),
        "training_letters": len(rows),
        "gold_digest": digest(gold),
        "gold_f1": {
            name: {label: round(promotion.f1(one, label), 4) for label in sorted(set(one.truth))}
            for name, one in answers.items()
        },
        "scores_out_of_author": scores,
        "thresholds": _thresholds(classifier, scorer),
        "libraries": {
            "python": platform.python_version(),
            "scikit-learn": sklearn.__version__,
            "numpy": np.__version__,
        },
    }
    save(folder, arrays, manifest)
    live.forget()
    return TrainReport(version, len(rows), scores, _thresholds(classifier, scorer), worse, str(folder))


def _compare(folder: Path, answers: promotion.Judgement, gold: Sequence[Letter]) -> list[str]:
    """Classes in which the model of the folder is better, both read by the same program."""
    if read_manifest(folder) is None or not gold:
        return []
    return promotion.compare(answers_of(live.read_model(folder).classifier, gold), answers)


def _thresholds(classifier: LetterClassifier, scorer: LinkScorer) -> dict[str, Any]:
    known = classifier.thresholds
    return {
        "type": known.type,
        "field": known.field,
        "mixed": known.mixed,
        "risk": dict(known.risk),
        "link": scorer.threshold,
    }


def _letter_scores(folds: OutOfFold, classifier: LetterClassifier) -> dict[str, Any]:
    scores: dict[str, Any] = {}
    clean = folds.clean
    for name in ("type", "field"):
        chances = softmax(folds.logits[name] / classifier.models[name].temperature_)
        truth = np.array(folds.truth(name))
        predicted = np.array(folds.labels[name])[chances.argmax(axis=1)]
        right = truth == predicted
        by_class = class_scores(truth[clean].tolist(), predicted[clean].tolist())
        scores[name] = {
            "accuracy": round(accuracy(truth[clean].tolist(), predicted[clean].tolist()), 4),
            "accuracy_damaged": round(float(right[~clean].mean()), 4),
            "macro_f1": round(macro_f1(by_class), 4),
            "top3": round(top_share(truth[clean].tolist(), folds.labels[name], chances[clean], 3), 4),
            "calibration_error": round(calibration_error(right[clean], chances[clean].max(axis=1)), 4),
            "classes": {label: asdict(score) for label, score in by_class.items()},
        }
    review = review_of(folds, temperatures_of(classifier), classifier.thresholds)
    mixed = np.array([sample.letter.is_mixed for sample in folds.samples])[clean]
    scores["mixed"] = asdict(binary_score(mixed.tolist(), review.mixed.tolist()))
    scores["review"] = _review_scores(review, classifier.thresholds)
    return scores


def _review_scores(review: Review, known: Thresholds) -> dict[str, float]:
    """How many letters a person is asked about, and the errors among the others."""
    doubts = {
        "type": review.sure["type"] < known.type,
        "field": review.sure["field"] < known.field,
        "cues_against": review.against,
        "mixed": review.mixed,
    }
    alone = ~(doubts["type"] | doubts["cues_against"] | doubts["mixed"])
    both = alone & ~doubts["field"]
    wrong = {name: ~right for name, right in review.right.items()}
    return {
        **{f"asked_for_{name}": round(float(said.mean()), 4) for name, said in doubts.items()},
        "asked_without_field": round(1 - float(alone.mean()), 4),
        "asked": round(1 - float(both.mean()), 4),
        "type_error_not_asked": _share(wrong["type"][both]),
        "field_error_not_asked": _share(wrong["field"][both]),
        "any_error_not_asked": _share((wrong["type"] | wrong["field"])[both]),
    }


def _share(which: NDArray[np.bool_]) -> float:
    return round(float(which.mean()), 4) if len(which) else 0.0


def _link_scores(pairs: PairPredictions, scorer: LinkScorer) -> dict[str, Any]:
    linked = pairs.linked >= scorer.threshold
    truth = pairs.truth != UNRELATED
    return {
        f"links_{name}": asdict(binary_score(truth[which].tolist(), linked[which].tolist()))
        for name, which in (("families", pairs.family), ("made", ~(pairs.family | pairs.stranger)))
        if which.any()
    } | {"links_strangers": {"linked": round(float(linked[pairs.stranger].mean()), 4)}}
