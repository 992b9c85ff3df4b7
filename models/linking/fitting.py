"""Fitting the link scorer on pairs, judged on stories that it has not seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from models.classify.content import content_of
from models.classify.linear import LinearClassifier, fit_temperature, softmax
from models.corpus import Family, Letter
from models.linking.anchors import anchors_of
from models.linking.compare import compare
from models.linking.features import LinkFeatures, extract, hashed, hashed_pairs
from models.linking.pairs import Pair, family_pairs, made_pairs, stranger_pairs
from models.linking.scorer import LINKED, UNRELATED, LinkScorer
from models.linking.signed import fit_signed
from models.metrics import threshold_for_risk
from nlp.language import read_text

# Families are written by people and hold the hard cases; made pairs are many and easier.
_FAMILY_WEIGHT = 15.0
_COMMON_SHARE = 0.04
_RISK = 0.2
_STRANGERS = 0.005


@dataclass(frozen=True)
class PairPredictions:
    """Out-of-fold results of pairs: probability of a link, level, truth; whether of a family or of strangers."""

    linked: NDArray[np.float64]
    levels: NDArray[np.str_]
    truth: NDArray[np.str_]
    family: NDArray[np.bool_]
    stranger: NDArray[np.bool_]


def fit_scorer(letters: Sequence[Letter], families: Sequence[Family]) -> tuple[LinkScorer, PairPredictions]:
    """Fit on all pairs; temperature and threshold come from predictions out of fold."""
    common = common_words(letters)
    by_hand = family_pairs(families)
    known: dict[str, LinkFeatures] = {}
    strangers = stranger_pairs(letters, [_features(letter.text, common, known) for letter in letters])
    pairs = [*by_hand, *made_pairs(letters), *strangers]
    vectors = _vectors(pairs, common, known)
    truth = np.array([str(pair.label) for pair in pairs])
    family = np.arange(len(pairs)) < len(by_hand)
    weights = np.where(family, _FAMILY_WEIGHT, 1.0)
    logits, levels = _out_of_fold(vectors, truth, weights, [pair.group for pair in pairs])
    link, level = _fit(vectors, truth, weights)
    link.temperature_ = fit_temperature(logits, (truth == UNRELATED).astype(np.intp))
    linked = softmax(logits / link.temperature_)[:, 0]
    stranger = np.arange(len(pairs)) >= len(pairs) - len(strangers)
    predictions = PairPredictions(linked, levels, truth, family, stranger)
    return LinkScorer(link, level, common, _threshold(predictions)), predictions


def _threshold(predictions: PairPredictions) -> float:
    """The lowest probability at which at most one proposed link in five is wrong, on family pairs.

    It is 0.5 at least, since below that the model itself speaks against the link, and so high that
    of the strangers' letters that a search brings up first no more than _STRANGERS are linked.
    """
    which = predictions.family if predictions.family.any() else ~predictions.family
    truth, linked = predictions.truth[which] != UNRELATED, predictions.linked[which]
    said = linked >= 0.5
    floor = float(np.quantile(predictions.linked[predictions.stranger], 1 - _STRANGERS, method="higher"))
    found = threshold_for_risk(truth[said], linked[said], _RISK) if said.any() else 0.5
    return round(max(found, floor), 4)


def common_words(letters: Sequence[Letter]) -> frozenset[int]:
    """Hashes of words and pairs of them that many letters share: useless to search by."""
    frequency: Counter[int] = Counter()
    for letter in letters:
        doc = read_text(letter.text)
        words = [token.folded for token in content_of(doc).row]
        named = {hashed(anchor) for anchor in anchors_of(doc.text)}
        frequency.update(hashed_pairs(words) | {hashed(word) for word in words} | named)
    floor = max(_COMMON_SHARE * len(letters), 3)
    return frozenset(value for value, count in frequency.items() if count >= floor)


def _vectors(
    pairs: Sequence[Pair], common: frozenset[int], known: dict[str, LinkFeatures]
) -> NDArray[np.float64]:
    return np.array(
        [
            compare(_features(pair.later, common, known), _features(pair.earlier, common, known)).vector()
            for pair in pairs
        ]
    )


def _features(text: str, common: frozenset[int], known: dict[str, LinkFeatures]) -> LinkFeatures:
    if text not in known:
        known[text] = extract(read_text(text), common)
    return known[text]


def _out_of_fold(
    vectors: NDArray[np.float64], truth: NDArray[np.str_], weights: NDArray[np.float64], groups: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.str_]]:
    """Logits [n, 2] (LINKED, UNRELATED) and levels [n] by models that saw no pair of the story."""
    logits = np.zeros((len(truth), 2))
    levels = np.full(len(truth), "", dtype="U16")
    for train, test in GroupKFold(n_splits=min(5, len(set(groups)))).split(vectors, groups=groups):
        link, level = _fit(vectors[train], truth[train], weights[train])
        logits[test] = link.decision_function(vectors[test])
        levels[test] = level.predict(vectors[test])
    return logits, levels


def _fit(
    vectors: NDArray[np.float64], truth: NDArray[np.str_], weights: NDArray[np.float64]
) -> tuple[LinearClassifier, LinearClassifier]:
    """The two steps; the classes of the first are LINKED, UNRELATED in this order."""
    related = truth != UNRELATED
    coef, intercept = fit_signed(vectors, related, weights)
    half = np.vstack([coef, -coef]) / 2
    link = LinearClassifier().restore([LINKED, UNRELATED], half, [intercept / 2, -intercept / 2], 1.0)
    level = LinearClassifier(C=3.0).fit(vectors[related], truth[related].tolist(), weights[related])
    return link, level
