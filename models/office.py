"""The office that the letters are for: its level, its place and the units that handle letters.

An office is a file (`models/offices/*.yaml`), so that a ward, a department and a city run the same code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib import resources
from importlib.abc import Traversable
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from models.proposal import Field, PetitionType, Unit
from nlp.placebook import Place, key_of, place_book, resolve_place

_DEFAULT_FILE = "dong-da.yaml"


class OfficeError(ValueError):
    """The file or the description of an office cannot be used; the message says why."""


class OfficeLevel(StrEnum):
    """Kind of the office."""

    WARD = "ward"
    COMMUNE = "commune"
    DISTRICT = "district"
    DEPARTMENT = "department"
    CITY = "city"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class UnitRule:
    """A unit and what it handles; empty `fields` or `types` mean all, `default` takes the rest."""

    code: str
    name: str
    fields: frozenset[Field] = frozenset()
    types: frozenset[PetitionType] = frozenset()
    default: bool = False

    def handles(self, field: Field, petition: PetitionType) -> bool:
        """Whether letters of that field and type are for this unit."""
        return (not self.fields or field in self.fields) and (not self.types or petition in self.types)


@dataclass(frozen=True, slots=True)
class Office:
    """An office that receives letters.

    `place_name` carries the type word ("phường Đống Đa"); `place_code` is the code of the General
    Statistics Office, `department_code` that of departments.yaml. `district` is the one it lay in
    until 30/06/2025. `since` is the day on which the office began, where letters may be older.
    """

    name: str
    level: OfficeLevel
    place_name: str
    province: str
    place_code: str | None = None
    district: str | None = None
    department_code: str | None = None
    since: date | None = None
    units: tuple[UnitRule, ...] = ()

    @property
    def is_commune(self) -> bool:
        """Whether it is an office of the lowest level: ward, commune or special zone."""
        return self.level in (OfficeLevel.WARD, OfficeLevel.COMMUNE)

    @property
    def is_province(self) -> bool:
        """Whether it is the office of a province or a city of that rank."""
        return self.level in (OfficeLevel.CITY, OfficeLevel.PROVINCE)


class _UnitFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    code: str
    name: str
    fields: frozenset[Field] = frozenset()
    types: frozenset[PetitionType] = frozenset()
    default: bool = False


class _OfficeFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    level: OfficeLevel
    place_name: str
    province: str
    place_code: str | None = None
    district: str | None = None
    department_code: str | None = None
    since: date | None = None
    units: tuple[_UnitFile, ...]


def load_office(path: Path | None = None) -> Office:
    """The office of a file; without one, UBND phường Đống Đa, Hà Nội.

    Raises OfficeError where the file is missing, is not YAML of the right shape, or has not exactly
    one default unit.
    """
    source: Traversable = path if path is not None else resources.files("models") / "offices" / _DEFAULT_FILE
    try:
        parsed = _OfficeFile.model_validate(yaml.safe_load(source.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise OfficeError(f"Không mở được tệp cơ quan {source.name} (cannot read the office file)") from error
    except yaml.YAMLError as error:
        raise OfficeError(
            f"Tệp cơ quan {source.name} không phải YAML hợp lệ (not valid YAML): {error}"
        ) from error
    except ValidationError as error:
        raise OfficeError(f"Tệp cơ quan {source.name} sai nội dung (wrong content): {error}") from error
    if sum(unit.default for unit in parsed.units) != 1:
        raise OfficeError(
            f"Tệp cơ quan {source.name} phải có đúng một đơn vị mặc định (needs exactly one unit with default: true)"
        )
    units = tuple(UnitRule(u.code, u.name, u.fields, u.types, u.default) for u in parsed.units)
    return Office(**{**dict(parsed), "units": units})


_TYPE_WORDS = {
    OfficeLevel.WARD: "phường",
    OfficeLevel.COMMUNE: "xã",
    OfficeLevel.DISTRICT: "huyện",
    OfficeLevel.CITY: "thành phố",
    OfficeLevel.PROVINCE: "tỉnh",
}
_PLACE_LEVELS = {
    OfficeLevel.WARD: "commune",
    OfficeLevel.COMMUNE: "commune",
    OfficeLevel.DISTRICT: "district",
    OfficeLevel.CITY: "province",
    OfficeLevel.PROVINCE: "province",
}
_EXACT = 100.0
_ONLY_UNIT = UnitRule("VP", "Văn phòng", default=True)


def office_from_spec(spec: str) -> Office:
    """A generic office with one unit, from "ward:Kim Liên" or "commune:Tân Lập, Đắk Lắk".

    The words before the colon are ward, commune, district, city and province. A name that is
    unknown, or stands for several places of that kind, gives an office without a place code, which is
    then compared by name. Raises OfficeError for another word or an empty name.
    """
    word, _, rest = spec.partition(":")
    name, _, province = (part.strip() for part in rest.partition(","))
    level = next((known for known in _TYPE_WORDS if known == word.strip().lower()), None)
    if level is None or not name:
        raise OfficeError(
            f"Không hiểu cơ quan “{spec}”; hãy viết như “ward:Kim Liên, Hà Nội” "
            "(expected ward|commune|district|city|province, a colon and a name)"
        )
    type_word = _TYPE_WORDS[level]
    place = _only_place(f"{type_word} {name}", level, province)
    if place is None:
        return Office(f"UBND {type_word} {name}", level, f"{type_word} {name}", province, units=(_ONLY_UNIT,))
    full = spelled(place)
    return Office(
        name=f"UBND {full}",
        level=level,
        place_name=full,
        province=province_of(place) or province,
        place_code=place.code,
        district=_district_of(place),
        units=(_ONLY_UNIT,),
    )


def spelled(place: Place) -> str:
    """A unit's name as it stands within a sentence: "phường Kim Liên"."""
    return place.full_name[0].lower() + place.full_name[1:]


def province_of(place: Place) -> str | None:
    """The province or city in which a unit lies, as it stands within a sentence."""
    owner = place_book().places.get(place.province)
    return None if owner is None else spelled(owner)


def _district_of(place: Place) -> str | None:
    """The district in which a unit lay until 30/06/2025; for a new unit, that of its old namesake."""
    book = place_book()
    namesakes = [old for old in book.exact(key_of(place.name), "commune") if place.code in old.successors]
    for unit in (place, *namesakes):
        parent = book.places.get(unit.parent or "")
        if parent is not None and parent.level == "district":
            return spelled(parent)
    return None


def _only_place(written: str, level: OfficeLevel, province: str) -> Place | None:
    """The one unit of that name; existing units hide former ones, None if none or several remain."""
    within = _province_codes(province) if province else {None}
    if not within:
        return None
    found = {
        place.code: place
        for code in within
        for place in resolve_place(written, _PLACE_LEVELS[level], code)
        if place.score == _EXACT
    }
    existing = [place for place in found.values() if not place.former]
    pool = existing or list(found.values())
    return pool[0] if len(pool) == 1 else None


def _province_codes(name: str) -> set[str | None]:
    return {place.code for place in resolve_place(name, "province") if place.score == _EXACT}


def unit_for(office: Office, field: Field, petition: PetitionType) -> Unit:
    """The unit of the office that handles letters of that field and type; else the default unit.

    Raises OfficeError for an office without any unit.
    """
    if not office.units:
        raise OfficeError(f"{office.name} chưa khai báo đơn vị nào (the office has no units)")
    for rule in office.units:
        if not rule.default and rule.handles(field, petition):
            return Unit(rule.code, rule.name)
    fallback = next((rule for rule in office.units if rule.default), office.units[0])
    return Unit(fallback.code, fallback.name)
