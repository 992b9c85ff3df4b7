"""Promise: a model that is worse in any class never replaces the live one silently."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Scores = Mapping[str, Mapping[str, Any]]

# Scores are stored with four digits.
_ROUNDING = 5e-5


class PromotionError(RuntimeError):
    """The new model is worse in some classes; `worse` names them. Replace it by force or not at all."""

    def __init__(self, worse: list[str]) -> None:
        super().__init__("worse than the live model: " + "; ".join(worse))
        self.worse = worse


def compare(old: Scores, new: Scores) -> list[str]:
    """Classes whose F1 fell, as sentences.

    Both hold for "type" and "field" a mapping of class → F1 on the same frozen letters. A class
    that the new model does not know counts as fallen to 0.
    """
    worse = []
    for name in sorted(old):
        for label, before in sorted(old[name].items()):
            after = new.get(name, {}).get(label, 0.0)
            if after < before - _ROUNDING:
                worse.append(f"{name} {label}: F1 {before:.3f} → {after:.3f}")
    return worse
