"""Reading scans: character errors and cost, ours beside plain pytesseract, on pages drawn for it."""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Clock, alone, character_errors, peak_megabytes, word_errors
from benchmarks.report import Report, Table

STYLES_IN_TURN = ("times", "times-tight", "sans", "times-large", "book", "typewriter")
TESSDATA = "vie"


@dataclass(frozen=True, slots=True)
class Sample:
    """A worn page on disk and what stands on it."""

    wear: str
    path: Path
    truth: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reader made of all pages; seconds and texts page by page."""

    texts: list[str]
    cpu: list[float]
    wall: float
    peak: float


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pages", type=int, default=4, help="pages of each kind of wear")
    parser.add_argument("--dpi", type=int, default=300, help="resolution at which pages are drawn")
    parser.add_argument("--wear", nargs="*", help="only these kinds")
    parser.add_argument("--keep", type=Path, help="leave pages and what was read in this folder")


def run(options: argparse.Namespace) -> Report:
    with tempfile.TemporaryDirectory(prefix="donthu-bench-") as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        # Nothing is drawn in this process: what it starts would count its memory as their own.
        samples = alone(draw_samples, folder, options.pages, options.dpi, options.wear)
        paths = [sample.path for sample in samples]
        outcomes = {name: alone(_read_all, name, paths) for name in READERS}
        if options.keep:
            _keep(samples, outcomes)
    return _report(samples, outcomes, options)


def draw_samples(folder: Path, pages: int, dpi: int, only: list[str] | None) -> list[Sample]:
    """First pages of the demo's letters, which no model was trained on, in turning styles."""
    from service.demo.letters import letters
    from service.demo.render import STYLES, WEAR, draw, image, truth, typeset, wear

    texts = [letter.text for letter in letters() if len(letter.text) > 500]
    samples = []
    for row, name in enumerate(WEAR):
        for column in range(pages if only is None or name in only else 0):
            number = row * pages + column
            style = STYLES[STYLES_IN_TURN[number % len(STYLES_IN_TURN)]]
            sheet = typeset(texts[number % len(texts)], style)[0]
            scan = wear(name, draw(sheet, dpi, seed=number), seed=1000 + number)
            path = folder / f"{name}-{column}.png"
            path.write_bytes(image(scan, "PNG"))
            samples.append(Sample(name, path, truth([sheet])))
    return samples


def _ours(path: Path) -> str:
    import ingest

    return ingest.read(path).text


def _plain(path: Path) -> str:
    import pytesseract
    from PIL import Image

    return str(pytesseract.image_to_string(Image.open(path), lang=TESSDATA))


READERS: dict[str, Callable[[Path], str]] = {"ours": _ours, "pytesseract": _plain}


def _read_all(name: str, paths: list[Path]) -> Outcome:
    reader, texts, seconds = READERS[name], [], []
    whole = Clock()
    for path in paths:
        clock = Clock()
        texts.append(reader(path))
        seconds.append(clock.cpu)
    return Outcome(texts, seconds, whole.wall, peak_megabytes())


def _keep(samples: list[Sample], outcomes: dict[str, Outcome]) -> None:
    for index, sample in enumerate(samples):
        sample.path.with_suffix(".truth.txt").write_text(sample.truth, encoding="utf-8")
        for name, outcome in outcomes.items():
            sample.path.with_suffix(f".{name}.txt").write_text(outcome.texts[index], encoding="utf-8")


def _report(samples: list[Sample], outcomes: dict[str, Outcome], options: argparse.Namespace) -> Report:
    kinds = list(dict.fromkeys(sample.wear for sample in samples))
    rows = [_row(kind, samples, outcomes, {kind}) for kind in kinds]
    rows.append(_row("all", samples, outcomes, set(kinds)))
    columns = (
        "wear",
        *(f"{what} {name}" for name in READERS for what in ("CER", "worst", "WER", "CPU s/page")),
    )
    cost = [
        (
            name,
            f"{len(samples) / outcome.wall:.2f}",
            f"{sum(outcome.cpu) / len(samples):.2f}",
            f"{outcome.peak:.0f}",
        )
        for name, outcome in outcomes.items()
    ]
    return Report(
        "ocr",
        "Reading scans (`ocr`)",
        [
            Table(f"Errors, {options.pages} pages a kind, drawn at {options.dpi} dpi", columns, rows),
            Table("Cost", ("reader", "pages/s", "CPU s/page", "peak MB of one process"), cost),
        ],
        [
            "Pages are the project's own drawings of invented letters, not real scans; no handwriting.",
            (
                "CER and WER: Levenshtein over NFC text, white space as one blank; means over pages. Stamps are not "
                "part of the truth, so a reader that reads them is charged for it."
            ),
            (
                "ours = `ingest.read`: an isolated child process for each file, its start and model load included. "
                "pytesseract = `image_to_string(page, lang='vie')` with nothing done to the page before."
            ),
        ],
    )


def _row(label: str, samples: list[Sample], outcomes: dict[str, Outcome], kinds: set[str]) -> tuple[str, ...]:
    places = [index for index, sample in enumerate(samples) if sample.wear in kinds]
    cells = [label]
    for outcome in outcomes.values():
        errors = [character_errors(outcome.texts[i], samples[i].truth) for i in places]
        words = [word_errors(outcome.texts[i], samples[i].truth) for i in places]
        cells += [
            f"{statistics.mean(errors):.2%}",
            f"{max(errors):.1%}",
            f"{statistics.mean(words):.1%}",
            f"{statistics.mean(outcome.cpu[i] for i in places):.2f}",
        ]
    return tuple(cells)
