"""Vietnamese working days, and how the law counts its days.

The day of the event is not counted, and a period that ends on a day off ends on the next working
day (Civil Code 2015, art. 147 and 148). Holidays come from the library `holidays`, corrected by
`rulebook/holidays_override.yaml`.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays

from models.law.rulebook import rulebook

_DAY = timedelta(days=1)
_SATURDAY = 5


@cache
def _year(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Weekdays off and weekend days worked of one year."""
    # A swap of early January is announced with the old year, so its neighbours are asked as well.
    known = holidays.country_holidays("VN", years=range(year - 1, year + 2))
    off = {day for day in known if day.year == year}
    worked = {day for day in known.weekend_workdays if day.year == year}
    for override in rulebook().days:
        if override.day.year == year:
            (worked if override.works else off).add(override.day)
            (off if override.works else worked).discard(override.day)
    return frozenset(off), frozenset(worked)


def is_working_day(day: date) -> bool:
    """Whether State offices work on `day`."""
    off, worked = _year(day.year)
    return day in worked or (day.weekday() < _SATURDAY and day not in off)


def next_working_day(day: date) -> date:
    """`day` itself if offices work, else the first working day after it."""
    while not is_working_day(day):
        day += _DAY
    return day


def add_working_days(start: date, count: int) -> date:
    """The `count`-th working day after `start`, which is not counted; 0 gives the next day at work.

    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("a deadline cannot run backwards")
    day = start if count else next_working_day(start)
    for _ in range(count):
        day = next_working_day(day + _DAY)
    return day


def add_days(start: date, count: int) -> date:
    """`count` calendar days after `start`; an end on a day off moves to the next working day.

    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("a deadline cannot run backwards")
    return next_working_day(start + timedelta(days=count))


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; 0 where `end` is not after `start`."""
    days = max((end - start).days, 0)
    return sum(is_working_day(start + _DAY * offset) for offset in range(1, days + 1))
