"""Why a linear model chose a label: its contributions, gathered into phrases that a clerk can read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.classify.content import Content, Token
from models.classify.linear import FeatureSpace, LinearClassifier, Matrix, Trace
from models.classify.spots import Columns

_LONGEST = 9
_BREAK = re.compile(r"[.;:!?\n]|,\s")


class Phrase(NamedTuple):
    """Words of the content that speak for a label; `weight` in log-odds."""

    start: int
    end: int
    weight: float


def trace(space: FeatureSpace, content: Content) -> Trace:
    """Find the places of all features of a content."""
    return space.trace(content)


def explain(traced: Trace, model: LinearClassifier, label: str, limit: int = 6) -> list[Phrase]:
    """The phrases that speak most for `label` against the mean of the others, heaviest first."""
    row = traced.content.row
    if not row:
        return []
    target = list(model.classes_).index(label)
    # Only the columns of this text: the whole matrix is a thousand times larger.
    rows = model.coef_[:, traced.columns]
    against = (rows.sum(axis=0) - rows[target]) / (len(rows) - 1)
    phrases = _phrases(traced.content.text, row, _token_weights(traced, rows[target] - against))
    return sorted(phrases, key=lambda phrase: -phrase.weight)[:limit]


def contributions(traced: Trace, rows: Matrix, pieces: Columns, count: int) -> Matrix:
    """What each of `count` pieces of a content adds to k linear scores, [count, k].

    `rows` are the coefficients for the columns of the trace, [k, n_columns]; `pieces` tells for
    each token to which piece it belongs.
    """
    width = len(traced.columns)
    tokens, places, shares = traced.shares
    cells = np.bincount(pieces[tokens] * width + places, shares, minlength=count * width)
    added: Matrix = cells.reshape(count, width) @ (traced.values * rows).T
    return added


def _token_weights(traced: Trace, row: NDArray[np.float32]) -> NDArray[np.float64]:
    """What each token adds to one linear score with the coefficients `row` [n_columns]."""
    tokens, places, shares = traced.shares
    weights = shares * (traced.values * row)[places]
    return np.bincount(tokens, weights, minlength=len(traced.content.row)).astype(np.float64)


def _phrases(text: str, row: Sequence[Token], weights: NDArray[np.float64]) -> list[Phrase]:
    """Runs of tokens that stand out, cut at punctuation and line ends."""
    positive = weights[weights > 0]
    if not len(positive):
        return []
    floor = float(positive.mean())
    found: list[Phrase] = []
    index = 0
    while index < len(row):
        if weights[index] < floor:
            index += 1
            continue
        last = _run_end(text, row, weights, index, floor)
        weight = float(weights[index : last + 1].sum())
        found.append(Phrase(row[index].start, row[last].end, round(weight, 4)))
        index = last + 1
    return found


def _run_end(text: str, row: Sequence[Token], weights: NDArray[np.float64], first: int, floor: float) -> int:
    last = first
    for index in range(first + 1, min(first + _LONGEST, len(row))):
        if _BREAK.search(text, row[index - 1].end, row[index].start):
            break
        if weights[index] >= floor:
            last = index
        elif weights[index] < 0 or index - last > 1:
            break
    return last
