"""Promise: a model that is worse in a class never replaces the live one silently."""

from __future__ import annotations

from models.promotion import PromotionError, compare

OLD = {"type": {"complaint": 0.9, "other": 0.8}, "field": {"land": 0.7}}


def test_equal_or_better_is_no_matter() -> None:
    assert compare(OLD, OLD) == []
    assert compare(OLD, {"type": {"complaint": 0.95, "other": 0.8}, "field": {"land": 0.7}}) == []


def test_each_class_that_fell_is_named() -> None:
    new = {"type": {"complaint": 0.99, "other": 0.79}, "field": {"land": 0.6}}
    assert compare(OLD, new) == ["field land: F1 0.700 → 0.600", "type other: F1 0.800 → 0.790"]


def test_a_class_that_was_forgotten_counts_as_fallen() -> None:
    assert compare(OLD, {"type": {"complaint": 0.9, "other": 0.8}}) == ["field land: F1 0.700 → 0.000"]


def test_the_error_carries_the_classes() -> None:
    assert PromotionError(["type other: F1 0.8 → 0.7"]).worse == ["type other: F1 0.8 → 0.7"]
