"""docs/benchmarks.md: one part a benchmark, rewritten in its place."""

from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.report import Report, Table, write_report


def made(name: str, value: str) -> Report:
    return Report(
        name, f"Part {name}", [Table("Numbers", ("what", "value"), [("speed", value)])], ["A note."]
    )


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "benchmarks.md"
    monkeypatch.setattr(report, "DOCUMENT", path)
    return path


def test_a_second_run_takes_the_place_of_the_first(document: Path) -> None:
    write_report(made("a", "1"), "./run bench a")
    write_report(made("b", "2"), "./run bench b")
    write_report(made("a", "3"), "./run bench a --pages 9")
    text = document.read_text(encoding="utf-8")
    assert text.index("Part a") < text.index("Part b")
    assert "| speed | 1 |" not in text
    assert "| speed | 2 |" in text
    assert "| speed | 3 |" in text
    assert text.count("## Part a") == 1
    assert "`./run bench a --pages 9`" in text


def test_each_part_names_its_machine(document: Path) -> None:
    write_report(made("a", "1"), "./run bench a")
    assert report.machine() != ""
    assert "cores" in document.read_text(encoding="utf-8")


def test_what_people_wrote_between_the_parts_stays(document: Path) -> None:
    write_report(made("a", "1"), "./run bench a")
    document.write_text(document.read_text(encoding="utf-8") + "\nSeen by eye: fine.\n", encoding="utf-8")
    write_report(made("a", "2"), "./run bench a")
    assert document.read_text(encoding="utf-8").endswith("\nSeen by eye: fine.\n")
