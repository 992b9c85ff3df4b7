"""Why a linear model chose a label: its contributions, gathered into phrases that a clerk can read."""

from __future__ import annotations

import re
from collections.abc import Sequence
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


def explain(
    space: FeatureSpace, model: LinearClassifier, content: Content, label: str, limit: int = 6
) -> list[Phrase]:
    """The phrases that speak most for `label` against the mean of the others, heaviest first."""
    row = list(tokens(content))
    if not row:
        return []
    weights = _token_weights(space, model, content, row, label)
    phrases = _phrases(content.text, row, weights)
    return sorted(phrases, key=lambda phrase: -phrase.weight)[:limit]


def _token_weights(
    space: FeatureSpace, model: LinearClassifier, content: Content, row: Sequence[Token], label: str
) -> NDArray[np.float64]:
    """Contribution of each token: what its features weigh, shared over all their occurrences."""
    target = list(model.classes_).index(label)
    contrast = model.coef_[target] - np.delete(model.coef_, target, axis=0).mean(axis=0)
    vector = space.transform([content]).tocsr()[0]
    worth = dict(zip(vector.indices.tolist(), (vector.data * contrast[vector.indices]).tolist(), strict=True))
    places: dict[int, list[tuple[int, int]]] = {}
    for hit in space.cues_.matcher_.hits(row):
        for column in space.cues_.columns(hit):
            places.setdefault(column, []).append((hit.first, hit.last))
    for column, first, last in space.ngrams_.occurrences(content):
        places.setdefault(space.n_cue_columns + column, []).append((first, last))
    weights = np.zeros(len(row))
    for column, spans in places.items():
        for first, last in spans:
            weights[first : last + 1] += worth.get(column, 0.0) / len(spans) / (last - first + 1)
    return weights


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
