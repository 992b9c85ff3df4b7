"""Tables of numbers, for the console and for docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table as RichTable

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Written by `./run bench NAME --write`; each part names its machine, day and command. The machines are small and
shared, so compare the numbers within one table rather than across days.
"""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a heading; numbers are formatted already."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Report:
    """What one benchmark found; `notes` say what the numbers do not."""

    name: str
    title: str
    tables: Sequence[Table]
    notes: Sequence[str] = field(default_factory=list)


def print_report(report: Report) -> None:
    """Show a report on the console."""
    console = Console()
    for table in report.tables:
        shown = RichTable(*table.columns, title=table.title, title_justify="left")
        for row in table.rows:
            shown.add_row(*row)
        console.print(shown)
    for note in report.notes:
        console.print("-", note)


def write_report(report: Report, command: str) -> None:
    """Put a report into docs/benchmarks.md, in the place of an earlier one of that name."""
    text = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else HEAD
    part = f"<!-- {report.name} -->\n{_markdown(report, command)}<!-- end {report.name} -->\n"
    earlier = re.compile(f"<!-- {report.name} -->.*?<!-- end {report.name} -->\n", re.DOTALL)
    replaced, count = earlier.subn(lambda _match: part, text)
    text = replaced if count else f"{text.rstrip()}\n\n{part}"
    DOCUMENT.write_text(text, encoding="utf-8")


def machine() -> str:
    """The machine in one line: processor, cores, memory, system, and how busy it is."""
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    gib = int(memory[1]) / 2**20 if memory else 0.0
    return (
        f"{model[1] if model else platform.processor()}, {os.cpu_count()} cores, {gib:.0f} GiB, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    )


def revision() -> str:
    """The commit that was measured, with a mark where files had been changed since."""
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "unknown"


def _markdown(report: Report, command: str) -> str:
    lines = [
        f"## {report.title}",
        "",
        f"`{command}` · {datetime.now(tz=UTC):%d/%m/%Y} · {revision()} · {machine()}",
        "",
    ]
    for table in report.tables:
        lines += [f"### {table.title}", "", _row(table.columns), _row(("---",) * len(table.columns))]
        lines += [*(_row(row) for row in table.rows), ""]
    lines += [*(f"- {note}" for note in report.notes), ""] if report.notes else []
    return "\n".join(lines) + "\n"


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"
