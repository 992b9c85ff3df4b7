"""Fitting the classifiers, judged on authors that they have not read.

Letters of one author share a voice, so every number that decides something (temperature,
threshold) comes from predictions for an author left out of the fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from models.classify.content import Content
from models.classify.linear import FeatureSpace, LinearClassifier, Matrix, fit_temperature, softmax
from models.classify.passages import MIXED, MIXTURE_FEATURES, SINGLE, Split, is_clear, mixture
from models.classify.reader import CUES_SURE, LetterClassifier, Thresholds
from models.classify.samples import Sample
from models.metrics import threshold_for_risk

# Share of errors accepted where nobody is asked; of letters wrongly called mixed among those so called.
RISK = {"type": 0.03, "field": 0.20, "mixed": 0.20}
_STRENGTH = {"type": 3.0, "field": 3.0, "cues": 3.0}


@dataclass
class OutOfFold:
    """Predictions for samples by models that never saw their author."""

    samples: list[Sample]
    logits: dict[str, Matrix]
    labels: dict[str, list[str]]
    mixture: NDArray[np.float64]
    splits: list[Split | None]

    @cached_property
    def several(self) -> NDArray[np.float64]:
        """Probability of several contents [n], by models that saw no letter of the author."""
        return _mixed_chances(self)

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


@dataclass(frozen=True)
class Review:
    """Of n clean letters: what is right, how sure the models are, and what else speaks for a look.

    `against`: the cues say another type; `mixed`: flagged; `clear`: both halves clear, flagged or not.
    """

    right: Mapping[str, NDArray[np.bool_]]
    sure: Mapping[str, NDArray[np.float64]]
    against: NDArray[np.bool_]
    mixed: NDArray[np.bool_]
    clear: NDArray[np.bool_]


def fit_classifier(samples: Sequence[Sample], version: str) -> tuple[LetterClassifier, OutOfFold]:
    """Fit on all samples; temperatures, thresholds and the mixed model come out of fold."""
    folds = out_of_fold(samples)
    fitted = _fit_models(samples)
    for name in ("type", "field", "cues"):
        fitted.models[name].temperature_ = fit_temperature(folds.logits[name], folds.indices(name))
    fitted.models["mixed"] = _fit_mixed(folds.mixture, samples)
    fitted.thresholds = _thresholds(folds, temperatures_of(fitted))
    fitted.version = version
    return fitted, folds


def temperatures_of(fitted: LetterClassifier) -> dict[str, float]:
    """The temperatures of the classifiers of type, field and cues."""
    return {name: fitted.models[name].temperature_ for name in _STRENGTH}


def out_of_fold(samples: Sequence[Sample]) -> OutOfFold:
    """Predict every sample by models fitted on the other authors (by scenario if there is one author)."""
    labels = {name: sorted({_label(one, name) for one in samples}) for name in _STRENGTH}
    logits = {name: np.full((len(samples), len(known)), -20.0) for name, known in labels.items()}
    several = np.zeros((len(samples), MIXTURE_FEATURES))
    splits: list[Split | None] = [None] * len(samples)
    for train, test in _splits(samples):
        model = _fit_models([samples[i] for i in train])
        traces = [model.space.trace(samples[i].content) for i in test]
        features = model.space.matrix(traces)
        for name, known in labels.items():
            columns = np.array([known.index(label) for label in model.labels(name)], dtype=np.intp)
            logits[name][np.ix_(test, columns)] = model.models[name].decision_function(features)
        for index, trace in zip(test, traces, strict=True):
            splits[index], several[index] = mixture(trace, model.models["type"], model.models["field"])
    return OutOfFold(list(samples), logits, labels, several, splits)


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


def _fit_mixed(mixture: NDArray[np.float64], samples: Sequence[Sample]) -> LinearClassifier:
    labels = [MIXED if sample.letter.is_mixed else SINGLE for sample in samples]
    if len(set(labels)) < 2:
        # Letters of one kind teach nothing: a model that says "single" for sure.
        coef = np.zeros((2, MIXTURE_FEATURES))
        return LinearClassifier().restore([MIXED, SINGLE], coef, [-5.0, 5.0], 1.0)
    return LinearClassifier(C=10.0).fit(mixture, labels)


def _mixed_chances(folds: OutOfFold) -> NDArray[np.float64]:
    """Probability of several contents [n] by a model that saw no letter of the author."""
    chances = np.zeros(len(folds.samples))
    for train, test in _splits(folds.samples):
        model = _fit_mixed(folds.mixture[train], [folds.samples[i] for i in train])
        chances[test] = model.predict_proba(folds.mixture[test])[:, list(model.classes_).index(MIXED)]
    return chances


def review_of(folds: OutOfFold, temperatures: Mapping[str, float], known: Thresholds) -> Review:
    """What the thresholds would do to the clean letters, all by models that saw no letter of the author."""
    clean = folds.clean
    chances = {
        name: softmax(folds.logits[name] / temperatures[name])[clean] for name in ("type", "field", "cues")
    }
    columns = {name: found.argmax(axis=1) for name, found in chances.items()}
    sure = {name: found.max(axis=1) for name, found in chances.items()}
    kinds = np.array(folds.labels["type"])[columns["type"]]
    splits = [one for one, inside in zip(folds.splits, clean, strict=True) if inside]
    clear = np.array([is_clear(one, kind) for one, kind in zip(splits, kinds, strict=True)], dtype=bool)
    return Review(
        right={name: columns[name] == folds.indices(name)[clean] for name in ("type", "field")},
        sure={name: sure[name] for name in ("type", "field")},
        against=(columns["cues"] != columns["type"]) & (sure["cues"] >= CUES_SURE),
        mixed=clear & (folds.several[clean] >= known.mixed),
        clear=clear,
    )


def _thresholds(folds: OutOfFold, temperatures: Mapping[str, float]) -> Thresholds:
    """Each threshold is chosen on the letters that no earlier doubt has sent to a person."""
    truth = np.array([sample.letter.is_mixed for sample in folds.samples])[folds.clean]
    clear = review_of(folds, temperatures, Thresholds()).clear
    mixed = threshold_for_risk(truth[clear], folds.several[folds.clean][clear], RISK["mixed"])
    review = review_of(folds, temperatures, Thresholds(mixed=mixed))
    left = ~(review.mixed | review.against)
    topic = threshold_for_risk(review.right["field"][left], review.sure["field"][left], RISK["field"])
    left &= review.sure["field"] >= topic
    kind = threshold_for_risk(review.right["type"][left], review.sure["type"][left], RISK["type"])
    return Thresholds(round(kind, 4), round(topic, 4), round(mixed, 4), dict(RISK))


def _label(sample: Sample, name: str) -> str:
    return str(sample.letter.field) if name == "field" else str(sample.letter.type)
