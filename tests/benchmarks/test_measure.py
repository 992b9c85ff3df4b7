"""The yardsticks themselves."""

import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.measure import (
    Clock,
    character_errors,
    cpu_of,
    cpu_seconds,
    percentile,
    resident_megabytes,
    word_errors,
)


def test_errors_count_edits_over_the_truth() -> None:
    assert character_errors("đon khiếu nại", "đơn khiếu nại") == pytest.approx(1 / 13)
    assert word_errors("đon khiếu nại", "đơn khiếu nại") == pytest.approx(1 / 3)
    assert character_errors("", "đơn") == 1.0


@given(st.text(alphabet="đơn khiếu\nnại\t ", min_size=1))
def test_blanks_and_composition_do_not_count(text: str) -> None:
    spread = unicodedata.normalize("NFD", text.replace(" ", " \n "))
    assert character_errors(spread, text) == 0


@given(st.lists(st.floats(0, 100), min_size=1), st.floats(0.01, 0.99))
def test_a_percentile_lies_among_the_values(values: list[float], share: float) -> None:
    assert min(values) <= percentile(values, share) <= max(values) + 1e-9


def test_work_takes_cpu_time_and_memory() -> None:
    clock = Clock()
    sum(number * number for number in range(200_000))
    assert clock.cpu > 0
    assert clock.wall > 0
    assert resident_megabytes(os.getpid()) > 1


def test_a_process_knows_its_own_cpu_time() -> None:
    assert 0 < cpu_of(os.getpid()) <= cpu_seconds() + 0.1
