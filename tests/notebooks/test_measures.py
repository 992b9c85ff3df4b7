"""The measures behind the plots, on cases that can be worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from notebooks.measures import Verdicts, distinct_share, nearest, reliability, risk_coverage, wilson


@given(st.integers(1, 500), st.data())
def test_the_interval_holds_the_share_and_stays_a_share(total: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, total))
    low, high = wilson(hits, total)
    assert 0 <= low <= hits / total + 1e-12
    assert hits / total - 1e-12 <= high <= 1


def test_interval_of_a_known_case() -> None:
    # 8 of 10: textbook value of the Wilson interval
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-3)
    assert wilson(0, 0) == (0.0, 1.0)


def test_distinct_share_counts_inside_letters_and_within_the_budget() -> None:
    letters = [["a", "b", "a", "b"], ["a", "b"]]
    # ab ba ab | ab: two distinct of four; "ba" across the letters would be no fifth
    assert distinct_share(letters, 2, 100) == 0.5
    assert distinct_share(letters, 2, 2) == 1.0
    assert distinct_share(letters, 9, 100) == 0.0


def test_nearest_looks_past_the_letter_itself() -> None:
    rows = csr_matrix(np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0]]))
    assert nearest(rows) == pytest.approx([0.6, 0.8, 0.8])
    assert nearest(rows[:1], rows) == pytest.approx([1.0])


def test_risk_rises_where_the_unsure_letters_are_wrong() -> None:
    coverage, errors = risk_coverage(np.array([False, True, True, False]), np.array([0.3, 0.9, 0.8, 0.4]))
    assert coverage == pytest.approx([0.25, 0.5, 0.75, 1.0])
    assert errors == pytest.approx([0.0, 0.0, 1 / 3, 0.5])


def test_bins_hold_equally_many_letters_in_order() -> None:
    right = np.array([True, False, True, True])
    low, high = reliability(right, np.array([0.9, 0.1, 0.3, 0.7]), bins=2)
    assert (low.confidence, low.accuracy) == pytest.approx((0.2, 0.5))
    assert (high.confidence, high.accuracy) == pytest.approx((0.8, 1.0))
    assert high.low < 1.0 <= high.high + 1e-9


def test_verdicts_and_their_confusion() -> None:
    verdicts = Verdicts(["a", "b", "b"], ["a", "b"], np.array([[0.9, 0.1], [0.7, 0.3], [0.2, 0.8]]))
    assert verdicts.said == ["a", "a", "b"]
    assert verdicts.right.tolist() == [True, False, True]
    assert verdicts.confidence == pytest.approx([0.9, 0.7, 0.8])
    assert verdicts.confusion(["a", "b"]).tolist() == [[1, 0], [1, 1]]
