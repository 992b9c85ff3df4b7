"""Logistic regression whose weights keep the sign that a clerk expects.

Few families of letters are written by hand; without signs the fit would learn quirks of the made
pairs ("the same date speaks against"), and the reasons shown would be absurd.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from models.linking.compare import FEATURES

AGAINST = frozenset(
    [
        "text_far",
        "name_differs",
        "id_differs",
        "phone_differs",
        "decision_differs",
        "parcel_differs",
        "place_differs",
        "respondent_differs",
        "numbers_differ",
        "other_name_text",
        "name_without_fact",
        "name_other_paper",
        "name_unknown",
    ]
)
# What says how closely two letters agree, not whether they belong together, and what is unread.
SILENT = frozenset(["size_ratio", "size_same", "shape_same", "written_differs", "same_written"])


def fit_signed(
    vectors: NDArray[np.float64],
    linked: NDArray[np.bool_],
    weights: NDArray[np.float64],
    strength: float = 1.0,
) -> tuple[NDArray[np.float64], float]:
    """Weights [n_features] and intercept; `strength` is the inverse of the regularisation."""
    balance = np.where(linked, weights / weights[linked].sum(), weights / weights[~linked].sum())
    balance *= len(linked) / 2
    signs = np.where(linked, 1.0, -1.0)

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        coef, intercept = parameters[:-1], parameters[-1]
        margins = signs * (vectors @ coef + intercept)
        value = float(balance @ np.logaddexp(0, -margins) + coef @ coef / (2 * strength))
        slope = -balance * signs / (1 + np.exp(np.clip(margins, -50, 50)))
        return value, np.append(vectors.T @ slope + coef / strength, slope.sum())

    bounds: list[tuple[float | None, float | None]] = [_bounds(name) for name in FEATURES]
    found = minimize(loss, np.zeros(len(FEATURES) + 1), jac=True, bounds=[*bounds, (None, None)])
    return found.x[:-1], float(found.x[-1])


def _bounds(name: str) -> tuple[float | None, float | None]:
    if name in SILENT:
        return 0.0, 0.0
    return (None, 0.0) if name in AGAINST else (0.0, None)
