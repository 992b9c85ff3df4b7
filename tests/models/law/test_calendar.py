"""Working days, and how the law counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.law import add_days, add_working_days, is_working_day, next_working_day

DAYS = st.dates(date(2021, 1, 1), date(2027, 12, 1))
COUNTS = st.integers(0, 60)
ONE = timedelta(days=1)

# day, whether offices work, why
KNOWN = [
    (date(2026, 8, 3), True, "an ordinary Monday"),
    (date(2026, 8, 1), False, "a Saturday"),
    (date(2026, 9, 2), False, "National Day"),
    (date(2026, 8, 31), False, "Monday swapped with Saturday 22/08"),
    (date(2026, 8, 22), True, "Saturday worked for 31/08"),
    (date(2026, 1, 2), False, "Friday swapped with Saturday 10/01 (our own table)"),
    (date(2026, 1, 10), True, "Saturday worked for 02/01 (our own table)"),
    (date(2026, 2, 17), False, "first day of the lunar year"),
    (date(2026, 4, 27), False, "Monday for Hùng Kings' day, which fell on a Sunday"),
    (date(2025, 5, 2), False, "Friday swapped with Saturday 26/04"),
    (date(2025, 4, 26), True, "Saturday worked for 02/05"),
]


@pytest.mark.parametrize(("day", "works", "why"), KNOWN)
def test_known_days(day: date, works: bool, why: str) -> None:
    assert is_working_day(day) is works, why


# start, count, end, why
COUNTED = [
    (date(2026, 8, 3), 7, date(2026, 8, 12), "one week-end between"),
    (date(2026, 8, 1), 1, date(2026, 8, 3), "the event on a Saturday: Monday is the first day"),
    (date(2026, 8, 28), 1, date(2026, 9, 3), "the long holiday of 2026"),
    (date(2026, 8, 1), 0, date(2026, 8, 3), "at once, on a day off: the next day at work"),
    (date(2026, 8, 3), 0, date(2026, 8, 3), "at once, on a working day"),
]


@pytest.mark.parametrize(("start", "count", "end", "why"), COUNTED)
def test_working_days_by_hand(start: date, count: int, end: date, why: str) -> None:
    assert add_working_days(start, count) == end, why


def test_calendar_days_move_off_a_day_off() -> None:
    assert add_days(date(2026, 8, 3), 10) == date(2026, 8, 13)
    assert add_days(date(2026, 8, 3), 5) == date(2026, 8, 10), "Saturday moves to Monday"
    assert add_days(date(2026, 8, 3), 30) == date(2026, 9, 3), "National Day moves on"


@pytest.mark.parametrize("add", [add_days, add_working_days])
def test_a_clock_does_not_run_backwards(add: object) -> None:
    with pytest.raises(ValueError, match="backwards"):
        add(date(2026, 8, 3), -1)  # type: ignore[operator]


@given(DAYS, COUNTS)
def test_the_end_is_always_a_working_day(start: date, count: int) -> None:
    assert is_working_day(add_days(start, count))
    assert is_working_day(add_working_days(start, count))


@given(DAYS, st.integers(1, 40))
def test_exactly_that_many_working_days_lie_after_the_start(start: date, count: int) -> None:
    end = add_working_days(start, count)
    days = [start + ONE * step for step in range(1, (end - start).days + 1)]
    assert sum(map(is_working_day, days)) == count


# From one day on: a period of no days from a day off already moves to the next working day.
@given(DAYS, st.integers(1, 40), COUNTS)
def test_counting_on_adds_up(start: date, first: int, second: int) -> None:
    middle = add_working_days(start, first)
    assert add_working_days(middle, second) == (add_working_days(start, first + second) if second else middle)


@given(DAYS, COUNTS)
def test_calendar_days_are_never_short_and_move_only_over_days_off(start: date, count: int) -> None:
    end = add_days(start, count)
    plain = start + ONE * count
    assert end >= plain
    assert not any(is_working_day(plain + ONE * step) for step in range((end - plain).days))


@given(DAYS)
def test_next_working_day_is_the_day_itself_or_the_first_after(day: date) -> None:
    found = next_working_day(day)
    assert (found == day) is is_working_day(day)
    assert found - day <= timedelta(days=14)
