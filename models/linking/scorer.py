"""How likely two letters belong together, at which level, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray

from models.classify.linear import LinearClassifier
from models.linking.compare import FEATURES, Comparison, compare
from models.linking.features import LinkFeatures
from models.proposal import LinkLevel
from models.store import Arrays

LINKED, UNRELATED = "linked", "none"
LEVELS = (LinkLevel.SAME_TEXT, LinkLevel.SAME_LETTER, LinkLevel.SAME_CASE)

_LABELS = Path(__file__).with_name("labels.yaml")
_SHOWN = 6


class LinkEvidence(NamedTuple):
    """One comparison that counts: its name and value in plain Vietnamese, its weight in log-odds."""

    feature: str
    value: str
    weight: float


@dataclass(frozen=True, slots=True)
class LinkScore:
    """Probability (0..1) that two letters belong together; `level` says how, None if they do not."""

    level: LinkLevel | None
    probability: float
    evidence: tuple[LinkEvidence, ...]


@dataclass
class LinkScorer:
    """The trained scorer in two steps: whether two letters belong together, and how closely.

    `link` knows LINKED and UNRELATED, `level` the values of LEVELS; `common` are hashes of word
    pairs too frequent to search by.
    """

    link: LinearClassifier
    level: LinearClassifier
    common: frozenset[int]
    threshold: float = 0.5

    def score(self, earlier: LinkFeatures, later: LinkFeatures) -> LinkScore:
        """Score a letter against an earlier one. Same bytes are the caller's to know."""
        comparison = compare(later, earlier)
        vector = comparison.vector()
        chances = self.link.predict_proba(vector[None, :])[0]
        probability = float(chances[list(self.link.classes_).index(LINKED)])
        level = LinkLevel(str(self.level.predict(vector[None, :])[0]))
        if later.exact_hash == earlier.exact_hash:
            level, probability = LinkLevel.SAME_TEXT, 1.0
        if probability < self.threshold:
            return LinkScore(None, round(probability, 4), self._evidence(comparison, vector))
        return LinkScore(level, round(probability, 4), self._evidence(comparison, vector))

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """Everything learned, as arrays without objects; see `from_arrays`."""
        arrays: dict[str, NDArray[Any]] = {"link.common": np.array(sorted(self.common), dtype=np.int32)}
        for name, model in (("link", self.link), ("level", self.level)):
            arrays[f"{name}.classes"] = np.array([str(label) for label in model.classes_])
            arrays[f"{name}.coef"] = model.coef_
            arrays[f"{name}.intercept"] = model.intercept_
            arrays[f"{name}.temperature"] = np.array(model.temperature_)
        return arrays

    def _evidence(self, comparison: Comparison, vector: NDArray[np.float64]) -> tuple[LinkEvidence, ...]:
        rows = {str(label): row for row, label in enumerate(self.link.classes_)}
        weights = (self.link.coef_[rows[LINKED]] - self.link.coef_[rows[UNRELATED]]) * vector
        order = sorted(range(len(FEATURES)), key=lambda column: -abs(weights[column]))
        return tuple(
            _worded(FEATURES[column], comparison.shown.get(FEATURES[column], {}), float(weights[column]))
            for column in order[:_SHOWN]
            if abs(weights[column]) > 0.01
        )


def from_arrays(arrays: Arrays, threshold: float) -> LinkScorer:
    """Rebuild the scorer from `LinkScorer.to_arrays`."""
    link, level = (
        LinearClassifier().restore(
            arrays[f"{name}.classes"].tolist(),
            arrays[f"{name}.coef"],
            arrays[f"{name}.intercept"],
            float(arrays[f"{name}.temperature"]),
        )
        for name in ("link", "level")
    )
    return LinkScorer(link, level, frozenset(arrays["link.common"].tolist()), threshold)


@cache
def _labels() -> Mapping[str, Mapping[str, str]]:
    labels: Mapping[str, Mapping[str, str]] = yaml.safe_load(_LABELS.read_text(encoding="utf-8"))
    return labels


def _worded(name: str, shown: Mapping[str, str], weight: float) -> LinkEvidence:
    label = _labels()[name]
    words = {key: _labels()["stages"].get(value, value) for key, value in shown.items()}
    return LinkEvidence(label["feature"], label["value"].format_map(words), round(weight, 3))
