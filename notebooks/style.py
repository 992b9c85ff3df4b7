"""One look for all plots: colours of the web pages, quiet axes, files that differ only if the data do."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from IPython.display import Markdown
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from numpy.typing import NDArray

INK, QUIET, GRID = "#1b2733", "#4d5b69", "#cfd7df"
BLUE, ORANGE, RED, GREEN, VIOLET = "#0b5c97", "#e08a00", "#a51e17", "#1c6434", "#5b2f91"
BLUES = LinearSegmentedColormap.from_list("donthu", ["#ffffff", "#d5e5f2", "#6fa6d0", BLUE, "#14324d"])
PLOTS = Path(os.environ.get("DONTHU_PLOTS", Path(__file__).parents[1] / "docs" / "plots"))


def use() -> None:
    """Set the look for the running notebook."""
    plt.rcParams.update(
        {
            "figure.dpi": 110,
            "figure.constrained_layout.use": True,
            "font.size": 9,
            "font.family": "DejaVu Sans",
            "text.color": INK,
            "axes.edgecolor": GRID,
            "axes.labelcolor": QUIET,
            "axes.titlelocation": "left",
            "axes.titlesize": 10,
            "axes.titleweight": "bold",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.axisbelow": True,
            "grid.color": GRID,
            "grid.linewidth": 0.6,
            "xtick.color": QUIET,
            "ytick.color": QUIET,
            "xtick.major.size": 0,
            "ytick.major.size": 0,
            "legend.frameon": False,
            "svg.hashsalt": "donthu",
        }
    )


def save(figure: Figure, name: str) -> None:
    """Write a plot as NAME.svg into docs/plots, or into the folder that DONTHU_PLOTS names."""
    PLOTS.mkdir(parents=True, exist_ok=True)
    figure.savefig(PLOTS / f"{name}.svg", metadata={"Date": None}, facecolor="white", dpi=160)


def heat(
    axes: Axes,
    counts: NDArray[Any],
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    shade: NDArray[Any] | None = None,
    least: int = 0,
) -> None:
    """Draw counts [n_rows, n_columns] as tiles with their numbers.

    `shade` (0..1, same shape) sets the colours, by default the counts over their largest; counts
    below `least` get no number.
    """
    depth = counts / max(counts.max(), 1) if shade is None else shade
    # The tiles as one small picture: five hundred outlines would make a file of 200 kB.
    axes.pcolormesh(depth[::-1], cmap=BLUES, vmin=0, vmax=1, edgecolor="white", linewidth=1, rasterized=True)
    for (row, column), count in np.ndenumerate(counts):
        if count >= least:
            colour = "white" if depth[row, column] > 0.55 else INK if count else GRID
            place = (column + 0.5, len(rows) - row - 0.5)
            axes.text(*place, f"{count:d}", ha="center", va="center", fontsize=7, color=colour)
    axes.set_xticks(np.arange(len(columns)) + 0.5, columns)
    axes.set_yticks(np.arange(len(rows)) + 0.5, rows[::-1])
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)


def percent(axes: Axes, which: str = "xy") -> None:
    """Write the ticks of one or both axes as percentages."""
    for name in which:
        getattr(axes, f"{name}axis").set_major_formatter(PercentFormatter(1, decimals=0))


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> Markdown:
    """A table for display, numbers as they are given."""
    lines = [header, ["---"] * len(header), *rows]
    text = "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
    return Markdown(text)  # type: ignore[no-untyped-call]  # IPython has no types
