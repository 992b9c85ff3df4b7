"""Scores of classifiers: plain functions over labels and probabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ClassScore:
    """Precision, recall and F1 (0..1) of one class, and how many letters truly have it."""

    precision: float
    recall: float
    f1: float
    support: int


def class_scores(truth: Sequence[str], predicted: Sequence[str]) -> dict[str, ClassScore]:
    """Scores of every class that occurs in the truth, in alphabetical order."""
    return {label: binary_score([t == label for t in truth], [p == label for p in predicted])
            for label in sorted(set(truth))}  # fmt: skip


def binary_score(truth: Sequence[bool], predicted: Sequence[bool]) -> ClassScore:
    """Scores of one yes/no question; 0 where nothing was predicted or nothing is true."""
    hits = sum(t and p for t, p in zip(truth, predicted, strict=True))
    precision = hits / max(sum(predicted), 1)
    recall = hits / max(sum(truth), 1)
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return ClassScore(round(precision, 4), round(recall, 4), round(f1, 4), sum(truth))


def macro_f1(scores: Mapping[str, ClassScore]) -> float:
    """Mean F1 over the classes, each counting the same."""
    return sum(score.f1 for score in scores.values()) / max(len(scores), 1)


def accuracy(truth: Sequence[object], predicted: Sequence[object]) -> float:
    """Share of letters that are right."""
    return sum(t == p for t, p in zip(truth, predicted, strict=True)) / max(len(truth), 1)


def top_share(truth: Sequence[str], labels: Sequence[str], chances: NDArray[np.float64], top: int) -> float:
    """Share of letters whose true label is among the `top` likeliest; `chances` is [n, k]."""
    names = np.array(labels)
    best = np.argsort(-chances, axis=1)[:, :top]
    return sum(t in names[row] for t, row in zip(truth, best, strict=True)) / max(len(truth), 1)


def calibration_error(right: NDArray[np.bool_], confidence: NDArray[np.float64], bins: int = 10) -> float:
    """Expected calibration error: mean distance of confidence and accuracy over equal bins."""
    if not len(right):
        return 0.0
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    total = 0.0
    for index in range(bins):
        inside = which == index
        if inside.any():
            total += inside.sum() * abs(right[inside].mean() - confidence[inside].mean())
    return float(total / len(right))


def error_at_coverage(right: NDArray[np.bool_], confidence: NDArray[np.float64], coverage: float) -> float:
    """Share of errors among the surest `coverage` (0..1) of the letters."""
    count = max(round(coverage * len(right)), 1)
    surest = np.argsort(-confidence, kind="stable")[:count]
    return float(1 - right[surest].mean()) if len(right) else 0.0


def threshold_for_risk(right: NDArray[np.bool_], confidence: NDArray[np.float64], risk: float) -> float:
    """The lowest confidence such that letters at least that sure hold at most `risk` errors."""
    order = np.argsort(-confidence, kind="stable")
    errors = np.cumsum(~right[order]) / np.arange(1, len(right) + 1)
    allowed = np.flatnonzero(errors <= risk)
    if not len(allowed):
        return 1.0
    return float(confidence[order][allowed[-1]])
