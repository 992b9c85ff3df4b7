"""The trained classifiers of a letter, together: type, field, several contents."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.classify.content import Content
from models.classify.linear import FeatureSpace, LinearClassifier, Matrix, Trace
from models.classify.ngrams import NgramSpace
from models.classify.passages import MIXED, Split, is_clear, mixture
from models.store import Arrays

# The cues speak against the model only where they are surer than this.
CUES_SURE = 0.6
NAMES = ("type", "field", "cues", "mixed")


@dataclass(frozen=True)
class Thresholds:
    """Below these probabilities a person is asked; `risk` is the error accepted above them."""

    type: float = 0.6
    field: float = 0.4
    mixed: float = 0.5
    risk: Mapping[str, float] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """Probabilities of one letter: type [k], field [m], cues alone [k], several contents (0..1).

    `split` is where it would be cut into two contents; `trace` holds what all this was read from.
    """

    type: Matrix
    field: Matrix
    cues: Matrix
    mixed: float
    split: Split | None
    trace: Trace


@dataclass
class LetterClassifier:
    """The classifiers over one feature space; `models` by the names in NAMES."""

    space: FeatureSpace
    models: dict[str, LinearClassifier]
    thresholds: Thresholds
    version: str

    def labels(self, name: str) -> list[str]:
        """Labels of a classifier in the order of its probabilities."""
        return [str(label) for label in self.models[name].classes_]

    def type_and_field(self, contents: Sequence[Content]) -> tuple[Matrix, Matrix]:
        """Probabilities of type [n, k] and field [n, m]; the fast path for archives."""
        features = self.space.transform(contents)
        return self.models["type"].predict_proba(features), self.models["field"].predict_proba(features)

    def read(self, contents: Sequence[Content]) -> list[Verdict]:
        """All verdicts of a batch of letters, in order."""
        if not contents:
            return []
        traces = [self.space.trace(content) for content in contents]
        features = self.space.matrix(traces)
        types = self.models["type"].predict_proba(features)
        fields = self.models["field"].predict_proba(features)
        cues = self.models["cues"].predict_proba(features)
        found = [mixture(one, self.models["type"], self.models["field"]) for one in traces]
        several = self.models["mixed"].predict_proba(np.array([scores for _, scores in found]))
        chances = several[:, self.labels("mixed").index(MIXED)]
        return [
            Verdict(kind, topic, cue, float(chance), split, trace)
            for kind, topic, cue, chance, (split, _), trace in zip(
                types, fields, cues, chances, found, traces, strict=True
            )
        ]

    def says_mixed(self, verdict: Verdict) -> bool:
        """Whether two clear and different contents are likely enough to speak of a mixed letter."""
        kind = self.labels("type")[int(verdict.type.argmax())]
        return verdict.mixed >= self.thresholds.mixed and is_clear(verdict.split, kind)

    def known_share(self, content: Content) -> float:
        """Share of the syllables that the training letters know (0..1); low in other languages."""
        row = [token.folded for token in content.row if token.folded != "<n>"]
        known = sum(f"f:{word}" in self.space.ngrams_.vocabulary_ for word in row)
        return known / len(row) if row else 0.0

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """Everything learned, as arrays without objects; see `from_arrays`."""
        keys = sorted(self.space.ngrams_.vocabulary_, key=self.space.ngrams_.vocabulary_.__getitem__)
        arrays: dict[str, NDArray[Any]] = {
            "vocabulary": np.frombuffer("\n".join(keys).encode(), dtype=np.uint8),
            "idf": self.space.ngrams_.idf_.astype(np.float16),
        }
        for name, model in self.models.items():
            arrays[f"{name}.classes"] = np.array([str(label) for label in model.classes_])
            arrays[f"{name}.coef"] = model.coef_.astype(np.float16)
            arrays[f"{name}.intercept"] = model.intercept_
            arrays[f"{name}.temperature"] = np.array(model.temperature_)
        return arrays


def from_arrays(arrays: Arrays, thresholds: Thresholds, version: str) -> LetterClassifier:
    """Rebuild the classifiers from `LetterClassifier.to_arrays`."""
    space = FeatureSpace()
    space.fit([])
    keys = arrays["vocabulary"].tobytes().decode().split("\n")
    space.ngrams_ = NgramSpace().restore(keys, arrays["idf"].astype(np.float32))
    models = {}
    for name in NAMES:
        model = LinearClassifier(columns=space.n_cue_columns if name == "cues" else None)
        models[name] = model.restore(
            arrays[f"{name}.classes"].tolist(),
            arrays[f"{name}.coef"],
            arrays[f"{name}.intercept"],
            float(arrays[f"{name}.temperature"]),
        )
    return LetterClassifier(space, models, thresholds, version)
