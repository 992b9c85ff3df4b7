"""Why a linear model chose a label: its contributions, gathered into phrases that a clerk can read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.classify.content import Content, Token, tokens
from models.classify.linear import FeatureSpace, LinearClassifier

_LONGEST = 9
_BREAK = re.compile(r"[.;:!?\n]|,\s")


class Phrase(NamedTuple):
    """Words of the content that speak for a label; `weight` in log-odds."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True)
class Trace:
    """Where each feature of a content comes from; made once, used for every model.

    `values` are the features by column, `places` the first and last token of each occurrence.
    """

    content: Content
    row: Sequence[Token]
    columns: NDArray[np.intp]
    values: NDArray[np.float64]
    places: dict[int, list[tuple[int, int]]]


def trace(space: FeatureSpace, content: Content) -> Trace:
    """Find the places of all features of a content."""
    row = list(tokens(content))
    vector = space.transform([content])
    places: dict[int, list[tuple[int, int]]] = {int(column): [] for column in vector.indices}
    for hit in space.cues_.matcher_.hits(row):
        for column in space.cues_.columns(hit):
            places[column].append((hit.first, hit.last))
    first_ngram = space.n_cue_columns
    for column, first, last in space.ngrams_.occurrences(row):
        places[first_ngram + column].append((first, last))
    return Trace(content, row, vector.indices, vector.data.astype(np.float64), places)


def explain(traced: Trace, model: LinearClassifier, label: str, limit: int = 6) -> list[Phrase]:
    """The phrases that speak most for `label` against the mean of the others, heaviest first."""
    if not traced.row:
        return []
    phrases = _phrases(traced.content.text, traced.row, _token_weights(traced, model, label))
    return sorted(phrases, key=lambda phrase: -phrase.weight)[:limit]


def _token_weights(traced: Trace, model: LinearClassifier, label: str) -> NDArray[np.float64]:
    """Contribution of each token: what its features weigh, shared over all their occurrences."""
    target = list(model.classes_).index(label)
    # Only the columns of this text: the whole matrix is a thousand times larger.
    known = model.coef_[:, traced.columns]
    others = (known.sum(axis=0) - known[target]) / (len(known) - 1)
    worth = (traced.values * (known[target] - others)).tolist()
    # A plain list: adding to one element of an array costs ten times as much.
    weights = [0.0] * len(traced.row)
    for column, weight in zip(traced.columns.tolist(), worth, strict=True):
        spans = traced.places[column]
        for first, last in spans:
            each = weight / len(spans) / (last - first + 1)
            for index in range(first, last + 1):
                weights[index] += each
    return np.array(weights)


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
