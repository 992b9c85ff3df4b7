"""The public bodies of `data/agencies.yaml` and the pattern that finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

# "cán bộ công an", "cơ sở giáo dục", "hồ sơ y tế" name no body.
_NOT_AFTER = r"(?<!can )(?<!co )(?<!ho )(?<!tru )(?<!noi )"
# Within a line, or over its end where the line was too short; never over a blank line.
_BLANK = r"(?:[ ]+|[ ]?\n[ ]*(?!\n))"
_DATA = Path(__file__).parent / "data" / "agencies.yaml"


@dataclass(frozen=True, slots=True)
class Agency:
    """A kind of public body; `until` is its last day, None while it exists."""

    code: str
    name: str
    level: str
    kind: str
    since: date | None = None
    until: date | None = None
    successors: tuple[str, ...] = ()


class Gazetteer:
    """All bodies, and how to find them in a folded text."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.agencies = {row["code"]: _agency(row) for row in data["agencies"]}
        self.by_head: dict[tuple[str, str], Agency] = {}
        self.named: list[Agency] = []
        alternatives: list[tuple[str, str]] = []
        for row in data["agencies"]:
            agency = self.agencies[row["code"]]
            if "heads" in row:
                self.by_head[row["heads"], agency.level] = agency
            else:
                alternatives.append((agency.code, "|".join(row["names"])))
        self.heads = list(data["heads"])
        self.levels = list(data["levels"])
        # Whole names before heads: "Tòa án nhân dân tối cao" is not a court of some place.
        names = "|".join(f"(?P<{code}>{pattern})" for code, pattern in alternatives)
        heads = "|".join(f"(?P<h_{head}>{pattern})" for head, pattern in data["heads"].items())
        levels = "|".join(f"(?P<l_{level}>{pattern})" for level, pattern in data["levels"].items())
        starts = "|".join(sorted(map(re.escape, data["starts"]), key=len, reverse=True))
        self._start = re.compile(rf"\b(?:{starts})(?![a-z])")
        self._pattern = re.compile(
            rf"{_NOT_AFTER}\b(?:(?:{names})\b|(?:{heads}){_BLANK}(?:cua )?(?:cac )?(?:{levels}))(?![a-z])"
        )
        self.post = re.compile(rf"(?:{data['posts']})(?: (?:cua )?)$")

    def find(self, folded: str) -> Iterator[tuple[re.Match[str], Agency]]:
        """Every body named in a folded text, from left to right, without overlaps."""
        end = 0
        for start in self._start.finditer(folded):
            if start.start() < end:
                continue
            match = self._pattern.match(folded, start.start())
            agency = self._agency_of(match) if match else None
            if match and agency:
                end = match.end()
                yield match, agency

    def _agency_of(self, match: re.Match[str]) -> Agency | None:
        """The body that a match of the pattern names."""
        code = match.lastgroup
        if code is not None and code in self.agencies:
            return self.agencies[code]
        head = next((h for h in self.heads if match[f"h_{h}"] is not None), None)
        level = next((name for name in self.levels if match[f"l_{name}"] is not None), None)
        return self.by_head.get((head, level)) if head and level else None

    def successors(self, code: str, on: date) -> list[Agency]:
        """The bodies that do the work of `code` on a day: itself while it exists, else its heirs."""
        agency = self.agencies[code]
        if agency.until is None or on <= agency.until:
            return [agency]
        found: dict[str, Agency] = {}
        for heir in agency.successors:
            found.update((later.code, later) for later in self.successors(heir, on))
        return list(found.values())


def _agency(row: dict[str, Any]) -> Agency:
    return Agency(
        row["code"], row["name"], row["level"], row["kind"], row.get("from"), row.get("to"),
        tuple(row.get("successors", ())),
    )  # fmt: skip


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of the package, read once."""
    return Gazetteer(yaml.safe_load(_DATA.read_text(encoding="utf-8")))
