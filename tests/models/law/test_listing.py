"""docs/rulebook.md tells the truth about what is not verified."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.law.listing import BEGIN, END, main, replaced, unverified
from models.law.rulebook import rulebook

PAGE = Path(__file__).parents[3] / "docs" / "rulebook.md"


def test_the_page_lists_what_is_not_verified_today() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert replaced(text, unverified(rulebook())) == text, (
        "run: python -m models.law.listing docs/rulebook.md"
    )


def test_every_unverified_row_and_act_is_in_the_table() -> None:
    book, table = rulebook(), unverified(rulebook())
    for _, rows in book.tables():
        for row in rows:
            assert row.verified or f"`{row.id}`" in table
    assert "`KN1-DISTRICT`" in table
    assert "`KN-ACCEPT`" not in table
    for act in book.instruments.values():
        assert act.verified or act.name in table


def test_a_row_that_is_verified_leaves_the_table() -> None:
    book = rulebook()
    mended = replace(
        book, deadlines=tuple(row.model_copy(update={"verified": True}) for row in book.deadlines)
    )
    assert "`deadlines`" in unverified(book)
    assert "`deadlines`" not in unverified(mended)


def test_the_script_writes_between_the_marks_only(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"trước\n{BEGIN}\ncũ\n{END}\nsau\n", encoding="utf-8")
    main(page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("trước\n")
    assert text.endswith(f"{END}\nsau\n")
    assert "cũ" not in text
    with pytest.raises(ValueError, match="no"):
        replaced("no marks", "table")
