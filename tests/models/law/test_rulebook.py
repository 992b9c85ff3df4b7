"""The rulebook loads, and one that contradicts itself does not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from models.law import RulebookError, load_rulebook, rulebook

HOME = Path(__file__).parents[3] / "models" / "rulebook"
Spoil = Callable[[str, str, str], Path]


@pytest.fixture
def spoil(tmp_path: Path) -> Spoil:
    """A copy of the rulebook in which one passage of one file is another."""

    def replace(file: str, old: str, new: str) -> Path:
        shutil.copytree(HOME, tmp_path / "rulebook")
        path = tmp_path / "rulebook" / file
        text = path.read_text(encoding="utf-8")
        assert old in text, "the passage to spoil is gone; mend the test"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path / "rulebook"

    return replace


# file, passage, what it becomes, word of the complaint
BAD = [
    # A day without law between two versions of a rule.
    ("deadlines.yaml", "effective_to: 2026-06-30", "effective_to: 2026-06-29", "gap"),
    # Two versions on one day.
    ("deadlines.yaml", "effective_to: 2026-06-30", "effective_to: 2026-07-01", "overlaps"),
    # An open end before a later version.
    ("deadlines.yaml", "  effective_to: 2026-06-30\n", "", "overlaps"),
    # A period that ends before it begins.
    ("regimes.yaml", "effective_to: 2025-06-30", "effective_to: 2020-06-30", "ends before"),
    # An act that nobody has registered.
    ("actions.yaml", "act: TT05", "act: TT99", "unknown act"),
    # A rule that goes on after its act was replaced.
    ("instruments.yaml", "{id: TT05, ", "{id: TT05, effective_to: 2022-01-01, ", "outlives"),
    # A rule older than its act.
    ("deadlines.yaml", "effective_from: 2012-07-01", "effective_from: 2011-07-01", "outlives"),
    # Codes that do not exist.
    ("complaint.yaml", "kind: commune_chair", "kind: village_chair", "village_chair"),
    ("complaint.yaml", "body: department}", "body: ministry_of_magic}", "unknown"),
    ("actions.yaml", "matter: CRIME", "matter: CRIMES", "CRIMES"),
    ("deadlines.yaml", "event: receipt", "event: recipe", "recipe"),
    ("complaint.yaml", "{commune}", "{comune}", "comune"),
    ("conditions.yaml", "vietnamese", "latin", "latin"),
    # A misspelt key, a missing flag, no YAML at all.
    ("actions.yaml", "verified: true", "verifed: true", "verifed"),
    ("actions.yaml", "- id: UNREADABLE", "- id: [UNREADABLE", "actions.yaml"),
    # Words for a matter that has no rule.
    ("matter_cues.yaml", "THANKS:", "THANK_YOU:", "THANK_YOU"),
    # A field without a department above it.
    ("departments.yaml", "when: {field: housing}", "when: {field: land}", "housing"),
    # A rule that claims to be verified although nobody has seen its article.
    (
        "complaint.yaml",
        'article: "chưa rõ điều"}]\n  verified: false',
        'article: "chưa rõ điều"}]\n  verified: true',
        "verified",
    ),
    # A body without a name.
    ("bodies.yaml", 'private: {label: "người bị phản ánh"}', "", "private"),
]


@pytest.mark.parametrize(("file", "old", "new", "complaint"), BAD)
def test_a_contradiction_is_not_loaded(spoil: Spoil, file: str, old: str, new: str, complaint: str) -> None:
    with pytest.raises(RulebookError, match=complaint):
        load_rulebook(spoil(file, old, new))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    shutil.copytree(HOME, tmp_path / "rulebook")
    (tmp_path / "rulebook" / "actions.yaml").unlink()
    with pytest.raises(RulebookError, match=r"actions\.yaml"):
        load_rulebook(tmp_path / "rulebook")


# day, regime that holds on it
REGIMES = [
    (date(2025, 6, 30), "P1"),
    (date(2025, 7, 1), "P2"),
    (date(2026, 6, 30), "P2"),
    (date(2026, 7, 1), "P3"),
    (date(2010, 1, 1), "P1"),  # older than all: the oldest on file
]


@pytest.mark.parametrize(("day", "regime"), REGIMES)
def test_regime_of_a_day(day: date, regime: str) -> None:
    assert rulebook().regime(day).id == regime


def test_every_rule_has_words_for_users_and_an_article() -> None:
    for name, rows in rulebook().tables():
        if name == "departments":
            continue
        for row in rows:
            assert row.label, f"{name}: {row.id}"
            assert row.basis, f"{name}: {row.id}"
            assert all(source.article for source in row.basis), f"{name}: {row.id}"


def test_what_holds_today_is_the_same_asked_twice_and_by_another_book() -> None:
    book = rulebook()
    day = date(2026, 7, 1)
    again = load_rulebook()
    assert [row.id for row in book.in_force(book.actions, day)] == [
        row.id for row in again.in_force(again.actions, day)
    ]
    assert book.in_force(book.actions, day) == tuple(row for row in book.actions if row.holds_on(day))
