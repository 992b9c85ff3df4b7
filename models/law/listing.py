"""What in the rulebook nobody has yet compared with the gazette, as the table of docs/rulebook.md.

`python -m models.law.listing docs/rulebook.md` writes the table anew between its two marks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from models.law.rulebook import Rulebook, rulebook

BEGIN = "<!-- unverified: begin -->"
END = "<!-- unverified: end -->"


def unverified(book: Rulebook) -> str:
    """Acts and rows that are not verified, one line for each act or id, grouped by table, as Markdown."""
    lines = ["| Bảng | Dòng | Căn cứ đang ghi |", "|---|---|---|"]
    lines += [f"| `{table}` | {ids} | {sources} |" for table, ids, sources in _rows(book)]
    return "\n".join(lines)


def replaced(page: str, table: str) -> str:
    """The page with `table` between its marks; ValueError where a mark is missing."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page has no {BEGIN} … {END}")
    return f"{before}{BEGIN}\n{table}\n{END}{after}"


def _rows(book: Rulebook) -> Iterator[tuple[str, str, str]]:
    acts = sorted(act.name for act in book.instruments.values() if not act.verified)
    for act in acts:
        yield "instruments", act, "số hiệu, ngày hiệu lực"
    for name, rows in book.tables():
        found = [
            ("; ".join(f"{book.instruments[s.act].name}, {s.article}" for s in row.basis) or "–", row.id)
            for row in rows
            if not row.verified
        ]
        for sources, same in groupby(sorted(set(found)), key=lambda pair: pair[0]):
            yield name, ", ".join(f"`{id_}`" for _, id_ in same), sources


def main(path: Path) -> None:
    """Write the table of the rulebook of this version into the page."""
    page = path.read_text(encoding="utf-8")
    path.write_text(replaced(page, unverified(rulebook())), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
