"""Fitting the classifiers, judged on authors that they have not read.

Letters of one author share a voice, so every number that decides something (temperature,
threshold) comes from predictions for an author left out of the fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from models.classify.content import Content
from models.classify.linear import FeatureSpace, LinearClassifier, Matrix, fit_temperature, softmax
from models.classify.passages import MIXED, SINGLE, mixture_features
from models.classify.reader import LetterClassifier, Thresholds
from models.classify.samples import Sample
from models.metrics import threshold_for_risk

RISK = {"type": 0.03, "field": 0.10}
_STRENGTH = {"type": 3.0, "field": 3.0, "cues": 3.0}


@dataclass
class OutOfFold:
    """Predictions for samples by models that never saw their author."""

    samples: list[Sample]
    logits: dict[str, Matrix]
    labels: dict[str, list[str]]
    mixture: NDArray[np.float64]

    def truth(self, name: str) -> list[str]:
        """True labels of the samples for the classifier `name`."""
        return [_label(sample, name) for sample in self.samples]

    def indices(self, name: str) -> NDArray[np.intp]:
        """True labels as columns of the logits."""
        return np.array([self.labels[name].index(label) for label in self.truth(name)], dtype=np.intp)

    @property
    def clean(self) -> NDArray[np.bool_]:
        """Which samples are letters as written."""
        return np.array([sample.clean for sample in self.samples])


def fit_classifier(samples: Sequence[Sample], version: str) -> tuple[LetterClassifier, OutOfFold]:
    """Fit on all samples; temperatures, thresholds and the mixed model come out of fold."""
    folds = out_of_fold(samples)
    fitted = _fit_models(samples)
    for name in ("type", "field", "cues"):
        fitted.models[name].temperature_ = fit_temperature(folds.logits[name], folds.indices(name))
    fitted.models["mixed"] = _fit_mixed(folds)
    fitted.thresholds = _thresholds(folds, fitted)
    fitted.version = version
    return fitted, folds


def out_of_fold(samples: Sequence[Sample]) -> OutOfFold:
    """Predict every sample by models fitted on the other authors (by scenario if there is one author)."""
    labels = {name: sorted({_label(one, name) for one in samples}) for name in _STRENGTH}
    logits = {name: np.full((len(samples), len(known)), -20.0) for name, known in labels.items()}
    mixture = np.zeros((len(samples), 5))
    for train, test in _splits(samples):
        model = _fit_models([samples[i] for i in train])
        contents = [samples[i].content for i in test]
        features = model.space.transform(contents)
        for name, known in labels.items():
            columns = np.array([known.index(label) for label in model.labels(name)], dtype=np.intp)
            logits[name][np.ix_(test, columns)] = model.models[name].decision_function(features)
        mixture[test] = mixture_features(model.space, model.models["type"], contents)
    return OutOfFold(list(samples), logits, labels, mixture)


def _splits(samples: Sequence[Sample]) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    groups = [sample.letter.author for sample in samples]
    if len(set(groups)) < 2:
        groups = [sample.letter.scenario for sample in samples]
    splitter = GroupKFold(n_splits=min(len(set(groups)), 5))
    return list(splitter.split(np.zeros(len(samples)), groups=groups))


def _fit_models(samples: Sequence[Sample]) -> LetterClassifier:
    clean = [sample for sample in samples if sample.clean]
    space = FeatureSpace().fit(
        [sample.content for sample in clean], groups=[sample.letter.author for sample in clean]
    )
    contents: list[Content] = [sample.content for sample in samples]
    weights = np.array([sample.weight for sample in samples])
    features = space.transform(contents)
    models = {}
    for name, strength in _STRENGTH.items():
        model = LinearClassifier(C=strength, columns=space.n_cue_columns if name == "cues" else None)
        models[name] = model.fit(features, [_label(sample, name) for sample in samples], weights)
    return LetterClassifier(space, models, Thresholds(), "")


def _fit_mixed(folds: OutOfFold) -> LinearClassifier:
    labels = [MIXED if sample.letter.is_mixed else SINGLE for sample in folds.samples]
    if len(set(labels)) < 2:
        # Letters of one kind teach nothing: a model that says "single" for sure.
        coef = np.zeros((2, folds.mixture.shape[1]))
        return LinearClassifier().restore([MIXED, SINGLE], coef, [-5.0, 5.0], 1.0)
    return LinearClassifier(C=1.0).fit(folds.mixture, labels)


def _thresholds(folds: OutOfFold, fitted: LetterClassifier) -> Thresholds:
    found = {}
    for name, risk in RISK.items():
        chances = softmax(folds.logits[name] / fitted.models[name].temperature_)[folds.clean]
        right = chances.argmax(axis=1) == folds.indices(name)[folds.clean]
        found[name] = round(threshold_for_risk(right, chances.max(axis=1), risk), 4)
    return Thresholds(found["type"], found["field"], _mixed_threshold(folds, fitted), dict(RISK))


def _mixed_threshold(folds: OutOfFold, fitted: LetterClassifier) -> float:
    """The probability of several contents with the best F1 over clean letters."""
    model = fitted.models["mixed"]
    chances = model.predict_proba(folds.mixture)[folds.clean, list(model.classes_).index(MIXED)]
    truth = np.array([sample.letter.is_mixed for sample in folds.samples])[folds.clean]
    best, threshold = 0.0, 0.5
    for candidate in np.unique(chances.round(3)):
        said = chances >= candidate
        f1 = 2 * (said & truth).sum() / max(said.sum() + truth.sum(), 1)
        if f1 > best:
            best, threshold = float(f1), float(candidate)
    return threshold


def _label(sample: Sample, name: str) -> str:
    return str(sample.letter.field) if name == "field" else str(sample.letter.type)
