"""Builds `nlp/data/places.json.gz` from the tables inside the package `vietnamadminunits`.

    uv pip install --target /tmp/units --no-deps vietnamadminunits
    python -m nlp.tools.build_places /tmp/units/vietnamadminunits/data nlp/data/places.json.gz

Only facts are taken: names, types, codes, parents and which old commune went into which new
one. The package itself is never imported; it asks a geocoder on the network.
"""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

Row = list[Any]
# Names of Đống Đa wards before 2025 that the table gives to one successor only, or not at all
# (Resolution 1286/NQ-UBTVQH15); old ward code → keys of further former names.
_MORE_ALIASES = {
    "00226": ["trungtu"],
    "00238": ["ngatuso"],
}


def main(source: Path, target: Path) -> None:
    """Write the table; prints how many units of each kind it holds."""
    database = sqlite3.connect(source / "dataset.db")
    database.row_factory = sqlite3.Row
    mapping = json.loads((source / "converter_2025.json").read_text(encoding="utf-8"))
    table = build(
        database.execute("select * from admin_units").fetchall(),
        database.execute("select * from admin_units_legacy").fetchall(),
        mapping,
    )
    data = json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
    # mtime 0: the same input gives the same bytes.
    target.write_bytes(gzip.compress(data, 9, mtime=0))
    print({name: len(rows) for name, rows in table.items()})


def build(new: list[sqlite3.Row], old: list[sqlite3.Row], mapping: dict[str, Any]) -> dict[str, list[Row]]:
    """Rows [code, type, name, parent code, successor codes, alias keys] by era and level."""
    new_codes = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in new}
    successors = _successors(mapping, new_codes)
    provinces = {row["provinceKey"]: row["provinceCode"] for row in new}
    province_successors = {
        key: [provinces[target]] for target, keys in mapping["DICT_PROVINCE"].items() for key in keys
    }
    return {
        "province": _unique([_province(row, []) for row in new]),
        "commune": [
            [row["wardCode"], row["wardType"], row["wardShort"], row["provinceCode"], [], []] for row in new
        ],
        "old_province": _unique([_province(row, province_successors[row["provinceKey"]]) for row in old]),
        "old_district": _unique([_district(row) for row in old]),
        "old_commune": [_old_commune(row, successors) for row in old if row["ward"]],
    }


def _successors(mapping: dict[str, Any], codes: dict[tuple[str, str], str]) -> dict[str, list[str]]:
    """Old commune key → codes of all new communes that took a part of it."""
    found: dict[str, list[str]] = defaultdict(list)
    for province, wards in mapping["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            for old in olds:
                found[old].append(codes[province, ward])
    for province, divided in mapping["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, targets in divided.items():
            for target in targets:
                found[old].append(codes[province, target["newWardKey"]])
    return found


def _province(row: sqlite3.Row, successors: list[str]) -> Row:
    kind = row["province"].removesuffix(row["provinceShort"]).strip()
    return [row["provinceCode"], kind, row["provinceShort"], "", successors, _aliases(row["provinceAlias"])]


def _district(row: sqlite3.Row) -> Row:
    aliases = _aliases(row["districtAlias"])
    return [row["districtCode"], row["districtType"], row["districtShort"], row["provinceCode"], [], aliases]


def _old_commune(row: sqlite3.Row, successors: dict[str, list[str]]) -> Row:
    key = f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey']}"
    aliases = _aliases(row["wardAlias"]) + _MORE_ALIASES.get(row["wardCode"], [])
    targets = sorted(set(successors.get(key, [])))
    return [row["wardCode"], row["wardType"], row["wardShort"], row["districtCode"], targets, aliases]


_TYPE_PREFIX = re.compile(r"^(phuong|xa|thitran|quan|huyen|thixa|thanhpho|tinh|tx|tp|tt)(?=.{3})")


def _aliases(value: str | None) -> list[str]:
    """Keys without the word for the type; the table holds most of them with and without it."""
    if not value:
        return []
    given: set[str] = set(json.loads(value))
    short = {_TYPE_PREFIX.sub("", key) for key in given if _TYPE_PREFIX.match(key)} & given
    # What has no twin without the word is given with the word only: drop the word.
    alone = {_TYPE_PREFIX.sub("", key) for key in given if key not in short}
    return sorted(short | alone)


def _unique(rows: list[Row]) -> list[Row]:
    return list({row[0]: row for row in rows}.values())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
