"""Every notebook runs from top to bottom on the repository's own data, and keeps the gold letters to itself."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from models.corpus import load_letters

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LONGEST_CELL = 30


def executed(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> nbformat.NotebookNode:
    monkeypatch.setenv("DONTHU_PLOTS", str(folder / "plots"))
    monkeypatch.setenv("IPYTHONDIR", str(folder / "ipython"))
    notebook = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=None, kernel_name="python3", resources=place).execute()
    return notebook


def words_shown(notebook: nbformat.NotebookNode) -> str:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    shown = [output.get("text", "") for output in outputs]
    shown += [
        str(text) for output in outputs for kind, text in output.get("data", {}).items() if "text" in kind
    ]
    return "\n".join(shown)


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_draws_and_shows_no_gold_text(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = words_shown(executed(path, tmp_path, monkeypatch))
    drawn = {plot.name for plot in (tmp_path / "plots").glob("*.svg")}
    kept = {plot.name for plot in (ROOT / "docs" / "plots").glob("*.svg")}
    assert drawn
    assert drawn <= kept, "a plot is missing from docs/plots: run the notebook and commit it"
    lines = {line.strip() for letter in load_letters("gold") for line in letter.text.splitlines()}
    assert not [line for line in lines if len(line) > 30 and line in shown]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_is_kept_without_outputs_in_short_cells(path: Path) -> None:
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert not [cell.id for cell in cells if cell.outputs or cell.execution_count]
    assert not [cell.id for cell in cells if len(cell.source.splitlines()) > LONGEST_CELL]


def test_every_kept_plot_is_drawn_by_a_notebook() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in NOTEBOOKS)
    plots = {plot.stem for plot in (ROOT / "docs" / "plots").glob("*.svg")}
    assert plots
    assert not [name for name in plots if f'\\"{name}\\"' not in sources]
