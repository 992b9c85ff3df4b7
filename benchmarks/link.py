"""Finding earlier letters of a case: letters a second as the index grows, and the scores on the gold families."""

from __future__ import annotations

import argparse

from benchmarks.measure import Clock, peak_megabytes, percentile
from benchmarks.report import Report, Table


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-scores", action="store_true", help="time only")


def run(options: argparse.Namespace) -> Report:
    tables = [Table("Speed, one process", ("step", "letters/s", "median ms", "95 % below ms"), _speed())]
    if not options.no_scores:
        tables.append(Table("Gold families with the gold letters as a crowd", ("what", "value"), _scores()))
    return Report("link", "Linking (`link`)", tables, [*NOTES, f"Peak memory {peak_megabytes():.0f} MB."])


NOTES = [
    (
        "`CaseIndex` in memory over all letters of the corpus; the service asks PostgreSQL instead. Nothing here says "
        "how either does at millions of letters."
    ),
    "Precision: share of proposed links that are right. Recall: share of true earlier letters that are proposed.",
]


def _speed() -> list[tuple[str, ...]]:
    from models import CaseIndex
    from models.corpus import load_families, load_letters
    from nlp import read_text

    texts = [letter.text for part in ("train", "gold") for letter in load_letters(part)]
    texts += [letter.text for family in load_families("gold") for letter in family.letters]
    docs, index = [read_text(text) for text in texts], CaseIndex()
    features, adding, asking = [], [], []
    for number, doc in enumerate(docs):
        clock = Clock()
        found = index.features(doc)
        features.append(clock.wall)
        clock = Clock()
        index.links(found)
        asking.append(clock.wall)
        clock = Clock()
        index.add(str(number), found)
        adding.append(clock.wall)
    late = asking[len(asking) // 2 :]
    return [
        _row("features of a letter", features),
        _row("add to the index", adding),
        _row(f"links, index of {len(docs) // 2} to {len(docs)} letters", late),
    ]


def _row(name: str, seconds: list[float]) -> tuple[str, ...]:
    rate = len(seconds) / sum(seconds)
    return (
        name,
        f"{rate:.0f}",
        f"{percentile(seconds, 0.5) * 1000:.2f}",
        f"{percentile(seconds, 0.95) * 1000:.2f}",
    )


def _scores() -> list[tuple[str, ...]]:
    from models import evaluate

    found = evaluate().to_json()["links"]
    linked = found["linked"]
    return [
        ("letters in families", f"{found['letters']}"),
        ("pairs inside families, of these linked", f"{found['pairs']}, {linked['support']}"),
        ("precision", f"{linked['precision']:.3f}"),
        ("recall", f"{linked['recall']:.3f}"),
        ("true earlier letters among the candidates", f"{found['found']:.3f}"),
        ("level right where linked", f"{found['level_accuracy']:.3f}"),
        ("links to letters of other families", f"{found['strangers']}"),
    ]
