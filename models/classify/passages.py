"""Several contents in one letter: passages are read one by one, then compared."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.classify.content import BODY, Content, Zone
from models.classify.linear import FeatureSpace, LinearClassifier
from models.proposal import PetitionType

PETITIONS = (PetitionType.COMPLAINT, PetitionType.DENUNCIATION, PetitionType.RECOMMENDATION)
MIXED, SINGLE = "mixed", "single"

_CUT = re.compile(r"(?<=[.!?;])\s+(?=[\w\"“-])|\n+")
_SHORTEST = 60
_COMBINED = ("type.say_complaint", "type.say_denunciation", "type.say_recommendation")
_SEVERAL = "type.several_matters"


def passages(content: Content) -> list[Content]:
    """The content cut into sentences; short ones are joined to at least 60 characters."""
    found: list[Content] = []
    for zone in content.zones:
        start = zone.start
        for cut in _CUT.finditer(content.text, zone.start, zone.end):
            if cut.start() - start >= _SHORTEST:
                found.append(Content(content.text, (Zone(start, cut.start(), zone.kind),)))
                start = cut.end()
        if zone.end - start >= _SHORTEST or (not found and zone.end > start):
            found.append(Content(content.text, (Zone(start, zone.end, zone.kind),)))
    return found or [Content(content.text, (Zone(0, len(content.text), BODY),))]


def mixture_features(
    space: FeatureSpace, model: LinearClassifier, contents: Sequence[Content]
) -> NDArray[np.float64]:
    """What tells several contents, [n, 5].

    How strong the second and the third petition type get in their best passage, the second type
    of the whole letter, cues of several types, words like "ngoài ra".
    """
    pieces = [passages(content) for content in contents]
    owners = np.repeat(np.arange(len(contents)), [len(group) for group in pieces])
    chances = model.predict_proba(space.transform([piece for group in pieces for piece in group]))
    columns = [list(model.classes_).index(kind) for kind in PETITIONS if kind in model.classes_]
    peaks = np.zeros((len(contents), len(columns)))
    np.maximum.at(peaks, owners, chances[:, columns])
    features = space.transform(contents)
    whole = np.sort(model.predict_proba(features)[:, columns], axis=1)
    names = [cue.name for cue in space.cues_.cues_]
    combined = (features[:, [names.index(name) for name in _COMBINED]] > 0).sum(axis=1)
    several = features[:, [names.index(_SEVERAL)]].toarray()
    ranked = np.sort(peaks, axis=1)
    return np.hstack([ranked[:, -2:-1], ranked[:, :1], whole[:, -2:-1], np.asarray(combined), several])


def best_passages(
    space: FeatureSpace, model: LinearClassifier, content: Content
) -> list[tuple[PetitionType, Zone, float]]:
    """For each petition type the passage that speaks most for it, likeliest first."""
    pieces = passages(content)
    chances = model.predict_proba(space.transform(pieces))
    best = []
    for kind in PETITIONS:
        column = chances[:, list(model.classes_).index(kind)]
        line = int(column.argmax())
        best.append((kind, pieces[line].zones[0], float(column[line])))
    return sorted(best, key=lambda one: -one[2])
