"""Understanding letters: documents a second and the scores on the gold set."""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from benchmarks.measure import Clock, peak_megabytes, percentile
from benchmarks.report import Report, Table


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--letters", type=int, default=100, help="letters of the gold set to time")
    parser.add_argument("--no-scores", action="store_true", help="time only")


def run(options: argparse.Namespace) -> Report:
    loading = Clock()
    steps, count, characters = _steps(options.letters)
    tables = [
        Table(
            f"Speed, one process, {count} letters of {characters} characters in the mean",
            ("step", "letters/s", "median ms", "95 % below ms", "CPU ms a letter"),
            steps,
        ),
        Table(
            "Process",
            ("what", "value"),
            [
                ("imports, models and all steps, wall s", f"{loading.wall:.1f}"),
                ("peak memory, MB", f"{peak_megabytes():.0f}"),
            ],
        ),
    ]
    if not options.no_scores:
        tables.append(Table("Gold set (`donthu evaluate`)", ("what", "value"), _scores()))
    return Report("classify", "Understanding (`classify`)", tables, NOTES)


NOTES = [
    "The gold set is invented too, by an author who wrote no training letter; real letters will be harder.",
    "A step is timed letter by letter after one warm-up letter; `propose` includes the classifiers and the law.",
]


def _steps(limit: int) -> tuple[list[tuple[str, ...]], int, int]:
    from models.classify.content import content_of
    from models.corpus import load_letters
    from models.live import live
    from models.office import load_office
    from models.proposing import propose, propose_many
    from nlp import read_text

    letters, office = load_letters("gold")[:limit], load_office(None)
    docs = [read_text(letter.text) for letter in letters]
    classifier = live().classifier
    contents = [content_of(doc) for doc in docs]
    pairs = list(zip(docs, letters, strict=True))
    many = [(letter.text, office, letter.received) for letter in letters]
    rows = [
        _row("nlp.read_text", read_text, [(letter.text,) for letter in letters]),
        _row("type and field alone", classifier.read, [([content],) for content in contents]),
        _row("models.propose", propose, [(doc, office, letter.received) for doc, letter in pairs]),
        _stream("read_text + propose, in batches (`propose_many`)", propose_many(many), len(many)),
    ]
    return rows, len(letters), round(statistics.mean(len(letter.text) for letter in letters))


def _row(name: str, step: Callable[..., object], inputs: Sequence[tuple[Any, ...]]) -> tuple[str, ...]:
    step(*inputs[0])
    seconds, whole = [], Clock()
    for arguments in inputs:
        clock = Clock()
        step(*arguments)
        seconds.append(clock.wall)
    middle, late = (f"{percentile(seconds, share) * 1000:.1f}" for share in (0.5, 0.95))
    return name, f"{len(inputs) / whole.wall:.0f}", middle, late, f"{whole.cpu / len(inputs) * 1000:.1f}"


def _stream(name: str, results: Iterable[object], count: int) -> tuple[str, ...]:
    whole = Clock()
    for _ in results:
        pass
    return name, f"{count / whole.wall:.0f}", "", "", f"{whole.cpu / count * 1000:.1f}"


# What to take out of the report of `donthu evaluate`: label and path of keys.
SCORES = (
    ("type: accuracy", ("type", "accuracy")),
    ("type: macro F1", ("type", "macro_f1")),
    ("type: errors where the machine is sure", ("type", "above_threshold", "error")),
    ("type: share where it is sure", ("type", "above_threshold", "coverage")),
    ("type where the title misleads: accuracy", ("type", "misleading_title", "accuracy")),
    ("field: accuracy", ("field", "accuracy")),
    ("field: macro F1", ("field", "macro_f1")),
    ("field: right one among the first three", ("field", "top3")),
    ("stage: accuracy", ("stage", "accuracy")),
    ("competence: accuracy of the kind", ("law", "kind", "accuracy")),
    ("action: accuracy", ("law", "action", "accuracy")),
)


def _scores() -> list[tuple[str, ...]]:
    from models import evaluate

    found = evaluate().to_json()
    rows: list[tuple[str, ...]] = [("letters", str(found["letters"])), ("model", str(found["model"]))]
    for label, path in SCORES:
        value: Any = found
        for key in path:
            value = value[key]
        rows.append((label, f"{value:.3f}"))
    return rows
