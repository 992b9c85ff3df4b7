"""Offices from files and from descriptions."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.office import OfficeError, OfficeLevel, load_office, office_from_spec, unit_for
from models.proposal import Field, PetitionType

OFFICES = Path(__file__).parents[2] / "models" / "offices"
GOOD = (OFFICES / "dong-da.yaml").read_text(encoding="utf-8")

# description, name, place code, province
SPECS = [
    ("ward:Kim Liên", "UBND phường Kim Liên", "00229", "thành phố Hà Nội"),
    ("ward:Kim Liên, Hà Nội", "UBND phường Kim Liên", "00229", "thành phố Hà Nội"),
    ("ward:kim lien", "UBND phường Kim Liên", "00229", "thành phố Hà Nội"),
    ("WARD: Kim Liên ", "UBND phường Kim Liên", "00229", "thành phố Hà Nội"),
    ("district:Đống Đa", "UBND quận Đống Đa", "old-d006", "thành phố Hà Nội"),
    ("city:Hà Nội", "UBND thành phố Hà Nội", "01", "thành phố Hà Nội"),
    ("province:Nghệ An", "UBND tỉnh Nghệ An", "40", "tỉnh Nghệ An"),
    ("ward:Không Có Đâu", "UBND phường Không Có Đâu", None, ""),  # unknown: compared by name only
    ("commune:Tân Lập", "UBND xã Tân Lập", None, ""),  # several of that name, no province given
]


@pytest.mark.parametrize(("spec", "name", "code", "province"), SPECS)
def test_generic_office(spec: str, name: str, code: str | None, province: str) -> None:
    office = office_from_spec(spec)
    assert (office.name, office.place_code, office.province) == (name, code, province)
    assert unit_for(office, Field.LAND, PetitionType.COMPLAINT).code == "VP"


@pytest.mark.parametrize(
    "spec", ["", "ward", "ward:", "ward: , Hà Nội", "department:Xây dựng", "phường:Kim Liên", "Kim Liên"]
)
def test_bad_description_says_how_to_write_it(spec: str) -> None:
    with pytest.raises(OfficeError, match="ward:Kim Liên, Hà Nội"):
        office_from_spec(spec)


# description, district that the place lay in until 30/06/2025
DISTRICTS = [
    ("ward:Kim Liên", "quận Đống Đa"),  # by its old namesake
    ("ward:Thịnh Quang", "quận Đống Đa"),  # a former ward itself
    ("city:Hà Nội", None),
]


@pytest.mark.parametrize(("spec", "district"), DISTRICTS)
def test_former_district(spec: str, district: str | None) -> None:
    assert office_from_spec(spec).district == district


def test_default_office() -> None:
    office = load_office()
    assert office.level is OfficeLevel.WARD
    assert office.is_commune
    assert office.place_code == "00235"
    assert len({unit.code for unit in office.units}) == len(office.units) == 5


# field, type, unit
UNITS = [
    (Field.LAND, PetitionType.COMPLAINT, "P_KTHTDT"),
    (Field.SOCIAL_POLICY, PetitionType.RECOMMENDATION, "P_VHXH"),
    (Field.POLICE_ORDER, PetitionType.RECOMMENDATION, "CA_PHUONG"),
    (Field.CIVIL_STATUS, PetitionType.OTHER, "TTPVHCC"),
    (Field.LAND, PetitionType.DENUNCIATION, "VP"),  # denunciations stay with the desk
    (Field.OTHER, PetitionType.COMPLAINT, "VP"),
]


@pytest.mark.parametrize(("field", "petition", "unit"), UNITS)
def test_unit_of_the_ward(field: Field, petition: PetitionType, unit: str) -> None:
    assert unit_for(load_office(), field, petition).code == unit


@pytest.mark.parametrize("path", sorted(OFFICES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_office_on_file_has_a_unit_for_every_letter(path: Path) -> None:
    office = load_office(path)
    codes = {unit.code for unit in office.units}
    assert {unit_for(office, field, petition).code for field in Field for petition in PetitionType} == codes


# what is wrong, the file, a word of the message
BAD = [
    ("no default unit", GOOD.replace("    default: true\n", ""), "mặc định"),
    ("unknown level", GOOD.replace("level: ward", "level: hamlet"), "hamlet"),
    ("unknown field", GOOD.replace("[police_order]", "[aliens]"), "aliens"),
    ("unknown key", GOOD + "colour: red\n", "colour"),
    ("no YAML", "units: [", "YAML"),
    ("empty", "", "sai nội dung"),
]


@pytest.mark.parametrize(("what", "text", "word"), BAD, ids=[row[0] for row in BAD])
def test_bad_file_is_explained(tmp_path: Path, what: str, text: str, word: str) -> None:
    path = tmp_path / "office.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OfficeError, match=word):
        load_office(path)


def test_missing_and_unreadable_files_are_explained(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="Không mở được"):
        load_office(tmp_path / "none.yaml")
    (tmp_path / "bad.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(OfficeError):
        load_office(tmp_path / "bad.yaml")
