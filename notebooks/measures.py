"""Measures that the notebooks share: plain functions over labels, tokens and probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Verdicts:
    """What a classifier said of n letters; `chances` is [n, k], its columns are `labels`."""

    truth: Sequence[str]
    labels: Sequence[str]
    chances: Numbers

    @property
    def said(self) -> list[str]:
        """The likeliest label of each letter."""
        return [self.labels[column] for column in self.chances.argmax(axis=1)]

    @property
    def right(self) -> Flags:
        """Which letters were labelled rightly."""
        return np.array([a == b for a, b in zip(self.truth, self.said, strict=True)])

    @property
    def confidence(self) -> Numbers:
        """Probability (0..1) of the likeliest label."""
        best: Numbers = self.chances.max(axis=1)
        return best

    def confusion(self, labels: Sequence[str]) -> NDArray[np.int_]:
        """Letters by true (row) and said (column) label."""
        counts = np.zeros((len(labels), len(labels)), dtype=int)
        for true, said in zip(self.truth, self.said, strict=True):
            counts[labels.index(true), labels.index(said)] += 1
        return counts


@dataclass(frozen=True, slots=True)
class Bin:
    """Letters of like confidence: mean confidence, share right and its 95 % interval."""

    confidence: float
    accuracy: float
    low: float
    high: float


def wilson(hits: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); (0, 1) where nothing was counted."""
    if not total:
        return 0.0, 1.0
    share, extra = hits / total, z * z / total
    centre = (share + extra / 2) / (1 + extra)
    half = z * np.sqrt(share * (1 - share) / total + extra / (4 * total)) / (1 + extra)
    return max(float(centre - half), 0.0), min(float(centre + half), 1.0)


def distinct_share(letters: Sequence[Sequence[str]], size: int, budget: int) -> float:
    """Distinct n-grams of `size` tokens over all of them, in the first `budget` n-grams.

    A longer text repeats itself more, so only equal budgets compare. No n-gram crosses letters.
    """
    grams = [tuple(row[i : i + size]) for row in letters for i in range(len(row) - size + 1)][:budget]
    return len(set(grams)) / max(len(grams), 1)


def nearest(rows: csr_matrix, others: csr_matrix | None = None) -> Numbers:
    """Cosine (0..1) of each row of unit length to its nearest of `others`, or of the other rows."""
    likeness = (rows @ (rows if others is None else others).T).toarray()
    if others is None:
        np.fill_diagonal(likeness, 0.0)
    best: Numbers = likeness.max(axis=1)
    return best


def reliability(right: Flags, confidence: Numbers, bins: int) -> list[Bin]:
    """Bins of equally many letters, from the least to the most confident."""
    groups = np.array_split(np.argsort(confidence, kind="stable"), min(bins, len(right)))
    return [
        Bin(
            float(confidence[group].mean()),
            float(right[group].mean()),
            *wilson(int(right[group].sum()), len(group)),
        )
        for group in groups
    ]


def risk_coverage(right: Flags, confidence: Numbers) -> tuple[Numbers, Numbers]:
    """Share of letters labelled without a person, and errors among them, the surest letters first."""
    order = np.argsort(-confidence, kind="stable")
    counts = np.arange(1, len(right) + 1)
    return counts / len(right), np.cumsum(~right[order]) / counts
