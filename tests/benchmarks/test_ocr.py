"""The scan benchmark: its pages are repeatable, and a perfect reader would have no errors."""

from pathlib import Path

import pytest
from PIL import Image

from benchmarks.ocr import Outcome, _report, draw_samples, run
from service.demo.render import WEAR


class Options:
    pages, dpi, wear, keep = 1, 100, ["grey", "fax"], None


def test_there_are_enough_kinds_of_wear() -> None:
    assert len(WEAR) >= 12


def test_pages_are_repeatable(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = draw_samples(tmp_path / "a", 2, 72, ["stamp"])
    again = draw_samples(tmp_path / "b", 2, 72, ["stamp"])
    assert [sample.path.read_bytes() for sample in first] == [sample.path.read_bytes() for sample in again]
    assert len({sample.truth for sample in first}) == 2
    assert Image.open(first[0].path).size == (595, 842)


def test_a_perfect_reader_has_no_errors(tmp_path: Path) -> None:
    samples = draw_samples(tmp_path, 1, 72, ["grey", "fax"])
    perfect = Outcome([sample.truth for sample in samples], [1.0, 3.0], 8.0, 100.0)
    blind = Outcome(["", ""], [1.0, 1.0], 2.0, 50.0)
    errors, cost = _report(samples, {"ours": perfect, "pytesseract": blind}, Options).tables
    assert list(errors.rows[-1]) == [
        "all",
        "0.00%",
        "0.0%",
        "0.0%",
        "2.00",
        "100.00%",
        "100.0%",
        "100.0%",
        "1.00",
    ]
    assert cost.rows[0] == ("ours", "0.25", "2.00", "100")


@pytest.mark.slow
def test_both_readers_run_on_the_same_pages() -> None:
    errors = run(Options).tables[0]
    assert [row[0] for row in errors.rows] == ["grey", "fax", "all"]
    assert float(errors.rows[0][1].rstrip("%")) < 10
