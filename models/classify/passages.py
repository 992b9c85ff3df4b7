"""Several contents in one letter: where it is best cut in two, and how much the halves differ.

A letter tells one matter after another, so two contents show as two stretches of whole sentences,
each speaking for a type of its own and about a matter of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from models.classify.content import BODY, Content, Zone
from models.classify.cues import load_cues
from models.classify.explain import contributions
from models.classify.linear import LinearClassifier, Matrix, Trace, softmax
from models.classify.spots import Columns
from nlp.fold import fold

MIXED, SINGLE = "mixed", "single"
MIXTURE_FEATURES = 6
Vector = NDArray[np.float64]

_CUT = re.compile(r"(?<=[.!?;])\s+(?=[\w\"“-])|\n+")
_SHORTEST = 60
# A content of its own takes about two lines; shorter ones are asides.
_SHORTEST_PART = 110
_FEWEST_TOKENS = 5
_CLEAR = 0.5
_SAY = ("type.say_complaint", "type.say_denunciation", "type.say_recommendation")
# No chance is taken for less than this, so that its logarithm stays bounded.
_LEAST = 1e-3
_NO_CUT = float(np.log(_LEAST)) / 3
_MARKS = re.compile(r"[.!?;:)”\"]*")
_OPENING_SIZE = 40
# How letters open a further matter, folded.
_OPENING = re.compile(
    r"\W*(?:(?:thu|viec|noi dung|phan|chuyen|y|van de|dieu)(?: thu)? (?:hai|ba|nua|khac|2|3)\b"
    r"|(?:hai|ba)(?: la\b|[,:.)])|[2-3bc]\s?[).:/-]|ii+\s?[).:/-]"
    r"|(?:ngoai ra|ben canh do|dong thoi|nhan day|nhan tien|tien day|luon the|them nua|sau nua|mat khac)\b)"
)


@dataclass(frozen=True)
class Split:
    """A letter cut in two where that fits best: zone, type and chance (0..1) of each half."""

    zones: tuple[Zone, Zone]
    types: tuple[str, str]
    chances: tuple[float, float]


def passages(content: Content) -> list[Content]:
    """The content cut into sentences; short ones are joined to at least 60 characters."""
    return [Content(content.text, (zone,)) for zone in _sentences(content, _SHORTEST)]


def _sentences(content: Content, shortest: int) -> list[Zone]:
    found: list[Zone] = []
    for zone in content.zones:
        start = zone.start
        for cut in _CUT.finditer(content.text, zone.start, zone.end):
            if cut.start() - start >= shortest:
                found.append(Zone(start, cut.start(), zone.kind))
                start = cut.end()
        if zone.end - start >= shortest or (not found and zone.end > start):
            found.append(Zone(start, zone.end, zone.kind))
    return found or [Zone(0, len(content.text), BODY)]


def mixture(traced: Trace, kind: LinearClassifier, topic: LinearClassifier) -> tuple[Split | None, Vector]:
    """The best cut of a letter into two contents, and what tells several contents, [6].

    These are: how clearly both halves speak for types of their own, whether the second opens like a
    further matter, whether its field differs, the second type of the whole letter, how many types are
    named, whether any sentence opens a further matter. No cut where the letter is too short for two.
    """
    sentences = _sentences(traced.content, 1)
    opens = np.array([_opens(traced.content.text, zone) for zone in sentences])
    tokens = np.searchsorted(
        [token.start for token in traced.content.row], [zone.start for zone in sentences]
    )
    whole = softmax(kind.intercept_ + traced.values @ kind.coef_[:, traced.columns].T)
    second = float(np.sort(whole)[-2])
    rest = [second, _named_types(traced), float(opens.any())]
    possible = _possible(traced.content, sentences, tokens)
    if not possible.any():
        return None, np.array([_NO_CUT, 0.0, 1.0, *rest])
    cuts, opens = tokens[possible], opens[possible]
    types, topics = (_halves(traced, model, cuts) for model in (kind, topic))
    clear, pairs = _clearest(types)
    best = int(np.argmax(np.log(clear + _LEAST) + opens))
    alike = topics[0, best] @ topics[1, best] / np.prod(np.linalg.norm(topics[:, best], axis=1))
    first, last = pairs[best]
    found = Split(
        _zones(traced, int(cuts[best])),
        (str(kind.classes_[first]), str(kind.classes_[last])),
        (float(types[0, best, first]), float(types[1, best, last])),
    )
    return found, np.array([np.log(clear[best] + _LEAST) / 3, float(opens[best]), float(alike), *rest])


def is_clear(split: Split | None, kind: str) -> bool:
    """Whether both halves speak clearly for their types, and the letter as a whole for one of them."""
    return split is not None and min(split.chances) >= _CLEAR and kind in split.types


def _opens(text: str, zone: Zone) -> bool:
    return _OPENING.match(fold(text[zone.start : zone.start + _OPENING_SIZE])) is not None


def _named_types(traced: Trace) -> float:
    return float(np.isin(_say_columns(), traced.columns).sum())


@cache
def _say_columns() -> NDArray[np.intp]:
    names = [cue.name for cue in load_cues()]
    return np.array([names.index(name) for name in _SAY], dtype=np.intp)


def _possible(content: Content, sentences: Sequence[Zone], tokens: Columns) -> NDArray[np.bool_]:
    """Which sentences can begin the second half: both halves must be long enough."""
    before = np.array(
        [sum(max(min(zone.end, one.start) - zone.start, 0) for zone in content.zones) for one in sentences]
    )
    size = len(content.row)
    long = (before >= _SHORTEST_PART) & (content.size - before >= _SHORTEST_PART)
    return long & (tokens >= _FEWEST_TOKENS) & (size - tokens >= _FEWEST_TOKENS)


def _halves(traced: Trace, model: LinearClassifier, cuts: Columns) -> Matrix:
    """Chances of both halves for every cut, [2, n_cuts, k].

    What a half adds to the letter's score is scaled up to a letter of its own: a vector of unit
    length grows with the square root of the tokens.
    """
    size = len(traced.content.row)
    rows = model.coef_[:, traced.columns].astype(np.float64)
    pieces = contributions(traced, rows, np.searchsorted(cuts, np.arange(size), side="right"), len(cuts) + 1)
    before = pieces.cumsum(axis=0)[:-1]
    after = pieces.sum(axis=0) - before
    lengths = cuts[:, None]
    first = before * np.sqrt(size / lengths) + model.intercept_
    last = after * np.sqrt(size / (size - lengths)) + model.intercept_
    return softmax(np.stack([first, last]))


def _clearest(types: Matrix) -> tuple[NDArray[np.float64], list[tuple[int, int]]]:
    """For each cut the two different types that both halves speak for most, and the weaker chance."""
    both = np.minimum(types[0][:, :, None], types[1][:, None, :])
    kinds = both.shape[1]
    both[:, np.arange(kinds), np.arange(kinds)] = 0.0
    flat = both.reshape(len(both), -1)
    best = flat.argmax(axis=1)
    return flat.max(axis=1), [(int(one) // kinds, int(one) % kinds) for one in best]


def _zones(traced: Trace, cut: int) -> tuple[Zone, Zone]:
    """The halves from their first to their last word, with the mark that ends the sentence."""
    row, text = traced.content.row, traced.content.text
    first, last = (_end(text, token.end) for token in (row[cut - 1], row[-1]))
    return Zone(row[0].start, first, BODY), Zone(row[cut].start, last, BODY)


def _end(text: str, position: int) -> int:
    marks = _MARKS.match(text, position)
    return marks.end() if marks else position
