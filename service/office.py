"""The office that this installation serves, from `DONTHU_OFFICE_FILE` or the default file."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from models.office import Office, load_office
from service.settings import TIME_ZONE, settings


@cache
def office() -> Office:
    """The office of this process."""
    return load_office(settings().office_file)


@cache
def unit_names() -> dict[str, str]:
    """Unit code → name as people read it."""
    return {unit.code: unit.name for unit in office().units}


def today() -> date:
    """The day by the office's clock."""
    return datetime.now(TIME_ZONE).date()
