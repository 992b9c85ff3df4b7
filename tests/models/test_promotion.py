"""Promise: a model that is worse in a class never replaces the live one silently."""

from __future__ import annotations

from models.promotion import Answers, PromotionError, compare, f1

TRUTH = ["complaint"] * 6 + ["other"] * 4


def _judged(said: list[str]) -> dict[str, Answers]:
    return {"type": Answers(TRUTH, said)}


def test_equal_or_better_is_no_matter() -> None:
    poor = ["complaint"] * 4 + ["other"] * 6
    assert compare(_judged(poor), _judged(poor)) == []
    assert compare(_judged(poor), _judged(TRUTH)) == []


def test_one_net_letter_is_chance() -> None:
    assert compare(_judged(TRUTH), _judged(["other", *TRUTH[1:]])) == []


def test_two_net_letters_are_refused_in_both_classes() -> None:
    worse = compare(_judged(TRUTH), _judged(["other", "other", *TRUTH[2:]]))
    assert worse == [
        "type complaint: F1 1.000 → 0.800, 2 letters lost",
        "type other: F1 1.000 → 0.800, 2 letters lost",
    ]


def test_gains_pay_for_losses_only_within_the_class() -> None:
    old = ["other", "other", *TRUTH[2:]]
    swapped = ["complaint", "complaint", "other", "other", *TRUTH[4:]]
    assert compare(_judged(old), _judged(swapped)) == []


def test_a_class_that_was_forgotten_is_refused() -> None:
    worse = compare(_judged(TRUTH), _judged(["complaint"] * 10))
    assert any(line.startswith("type other: F1 1.000 → 0.000") for line in worse)


def test_f1_of_a_class_never_said_is_zero() -> None:
    assert f1(Answers(TRUTH, ["complaint"] * 10), "other") == 0.0


def test_the_error_carries_the_classes() -> None:
    assert PromotionError(["type other: F1 0.8 → 0.7"]).worse == ["type other: F1 0.8 → 0.7"]
