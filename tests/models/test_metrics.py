"""Scores, by small cases worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.metrics import (
    binary_score,
    calibration_error,
    class_scores,
    error_at_coverage,
    macro_f1,
    threshold_for_risk,
    top_share,
)


def test_scores_of_classes() -> None:
    scores = class_scores(["a", "a", "b", "b"], ["a", "b", "b", "c"])
    assert scores["a"].precision == 1.0
    assert scores["a"].recall == 0.5
    assert scores["b"].f1 == 0.5
    assert macro_f1(scores) == pytest.approx((2 / 3 + 0.5) / 2, abs=1e-4)


def test_nothing_predicted_scores_zero() -> None:
    assert binary_score([True, False], [False, False]).f1 == 0


def test_top_share_counts_the_first_ones() -> None:
    chances = np.array([[0.5, 0.3, 0.2], [0.5, 0.3, 0.2]])
    assert top_share(["b", "c"], ["a", "b", "c"], chances, 2) == 0.5


def test_error_at_coverage_takes_the_surest() -> None:
    right, sure = np.array([True, False, True, False]), np.array([0.9, 0.4, 0.8, 0.7])
    assert error_at_coverage(right, sure, 0.5) == 0
    assert error_at_coverage(right, sure, 1.0) == 0.5


def test_the_threshold_keeps_the_risk() -> None:
    right, sure = np.array([True, True, False, True, False]), np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    assert threshold_for_risk(right, sure, 0.25) == 0.6
    assert threshold_for_risk(right, sure, 0.0) == 0.8
    assert threshold_for_risk(~right, sure, 0.0) == 1.0


def test_a_perfectly_calibrated_bin_has_no_error() -> None:
    right = np.array([True] * 8 + [False] * 2)
    assert calibration_error(right, np.full(10, 0.8)) == pytest.approx(0)
    assert calibration_error(right, np.full(10, 0.3)) == pytest.approx(0.5)


@given(st.lists(st.booleans(), min_size=1, max_size=40), st.floats(0, 1))
def test_letters_above_the_threshold_never_exceed_the_risk(hits: list[bool], risk: float) -> None:
    right = np.array(hits)
    sure = np.linspace(0.1, 0.9, len(hits))
    threshold = threshold_for_risk(right, sure, risk)
    accepted = right[sure >= threshold]
    assert not len(accepted) or 1 - accepted.mean() <= risk + 1e-9
