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

from models import live, promotion
from models.classify.fitting import OutOfFold, fit_classifier
from models.classify.linear import softmax
from models.classify.passages import MIXED
from models.classify.reader import LetterClassifier
from models.classify.samples import make_samples
from models.corpus import Letter, digest, load_families, load_letters
from models.evaluation import f1_of, judge
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
    f1 = f1_of(judge(candidate.classifier, gold)) if gold else {}
    worse = _compare(folder, f1, gold)
    if worse and not force:
        raise promotion.PromotionError(worse)
    scores = {**_letter_scores(folds, classifier), **_link_scores(pairs, scorer)}
    manifest = {
        "version": version,
        "trained": datetime.now(UTC).isoformat(timespec="seconds"),
        "training_digest": digest(rows),
        "training_letters": len(rows),
        "gold_digest": digest(gold),
        "gold_f1": f1,
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


def _compare(folder: Path, f1: promotion.Scores, gold: Sequence[Letter]) -> list[str]:
    """Classes in which the model of the folder is better; its scores are taken anew if gold changed."""
    manifest = read_manifest(folder)
    if manifest is None or not gold:
        return []
    before = manifest.get("gold_f1", {})
    if manifest.get("gold_digest") != digest(gold):
        before = f1_of(judge(live.read_model(folder).classifier, gold))
    return promotion.compare(before, f1)


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
    model = classifier.models["mixed"]
    said = (
        model.predict_proba(folds.mixture)[:, list(model.classes_).index(MIXED)]
        >= classifier.thresholds.mixed
    )
    mixed = np.array([sample.letter.is_mixed for sample in folds.samples])
    scores["mixed"] = asdict(binary_score(mixed[clean].tolist(), said[clean].tolist()))
    return scores


def _link_scores(pairs: PairPredictions, scorer: LinkScorer) -> dict[str, Any]:
    linked = pairs.linked >= scorer.threshold
    truth = pairs.truth != UNRELATED
    return {
        f"links_{name}": asdict(binary_score(truth[which].tolist(), linked[which].tolist()))
        for name, which in (("families", pairs.family), ("made", ~pairs.family))
        if which.any()
    }
