"""The names that an authority is called by in one letter: what the placeholders of the tables stand for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.law.codes import Body, Level
from models.law.facts import LetterFacts, Target
from models.law.places import holds, with_tones
from models.law.rulebook import Competences, Rulebook, View
from models.law.schema import CompetenceValue, Row
from models.office import Office, OfficeLevel
from models.proposal import Stage

CompetenceRow = Row[CompetenceValue]


@dataclass(frozen=True, slots=True)
class Case:
    """One letter at one office, with what the steps of finding the authority share."""

    facts: LetterFacts
    office: Office
    book: Rulebook
    day: date
    target: Target
    view: View

    def first(self, rows: Competences, **more: str | bool | None) -> CompetenceRow | None:
        """The first row of the day of receipt that fits the letter."""
        return self.book.first(rows, {**self.view, **more}, self.day)


def words_of(case: Case) -> dict[str, str]:
    """What the placeholders of agencies stand for in this letter."""
    office, target = case.office, case.target
    place = _place_then(case)
    own = place if office.is_commune else ""
    away = case.facts.province
    here = place if case.facts.here == office.place_name else case.facts.here
    here = here or (f"cấp xã nơi phát sinh vụ việc ({away})" if away else own)
    here = here or "cấp xã nơi phát sinh vụ việc"
    names = case.book.bodies[target.body] if target.body is not None else None
    field = names.field if names is not None and names.field is not None else case.facts.field
    view = {**case.view, "field": field}
    department = case.book.first(case.book.departments, view, case.day)
    if department is None:
        raise LookupError(f"the rulebook has no department for field {field}")
    # "Sở Xây dựng" without a city is that of the office's own.
    named = target.name if target.body is Body.DEPARTMENT else None
    code = target.code if target.body is Body.DEPARTMENT else None
    province = target.place if target.level is Level.PROVINCE and target.place else away or office.province
    city = office.province.removeprefix("thành phố ").removeprefix("tỉnh ")
    return {
        "own": place,
        "commune": _commune(case, here),
        "district": (target.place if target.level is Level.DISTRICT else None)
        or _own_district(office)
        or "cấp huyện",
        "province": province or "cấp tỉnh",
        "here": with_tones(here),
        "body": target.name
        or _addressed(case)
        or (names.label if names is not None else "cơ quan quản lý trực tiếp"),
        "department": named if named and target.place else f"{named or department.value.department} {city}",
        "department_code": code or department.value.code,
        "ministry": (target.name if target.body is Body.MINISTRY else None) or department.value.ministry,
    }


def _place_then(case: Case) -> str:
    """The office's place; of a letter older than the office, the ward of its parts that was addressed."""
    office = case.office
    if not is_older(case):
        return office.place_name
    parts = (a.place for a in case.facts.addressees if a.level is Level.COMMUNE and a.place)
    return next(
        (with_tones(part) for part in parts if holds(office, part, "commune") is not False), office.place_name
    )


def is_older(case: Case) -> bool:
    """Whether the letter came before the office itself began."""
    return case.office.since is not None and case.day < case.office.since


def _commune(case: Case, here: str) -> str:
    target = case.target
    if target.level is not Level.COMMUNE or not target.place:
        return here
    return here if target.place == case.office.place_name else with_tones(target.place)


def _addressed(case: Case) -> str | None:
    """The name of the addressee of the same kind as an unnamed body; a second stage goes to another."""
    if case.facts.stage not in (None, Stage.FIRST):
        return None
    same = [a.name for a in case.facts.addressees if a.body is case.target.body and not a.name.isascii()]
    return same[0] if case.target.body is not None and len(same) == 1 else None


def _own_district(office: Office) -> str | None:
    return office.place_name if office.level is OfficeLevel.DISTRICT else office.district
