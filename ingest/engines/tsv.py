"""Tesseract's table of words, the same from both engines."""

from __future__ import annotations

from ingest.engines.port import RecognisedWord

WORD_LEVEL = "5"


def parse(table: str) -> list[RecognisedWord]:
    """Words of a TSV table; rows that are not words, and words of blanks only, are left out."""
    words = []
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == WORD_LEVEL and cells[11].strip():
            words.append(_word(cells))
    return words


def _word(cells: list[str]) -> RecognisedWord:
    block, paragraph, line = int(cells[2]), int(cells[3]), int(cells[4])
    left, top, width, height = map(int, cells[6:10])
    return RecognisedWord(
        text=cells[11].strip(),
        box=(left, top, left + width, top + height),
        confidence=min(max(float(cells[10]) / 100, 0.0), 1.0),
        line=(block, paragraph, line),
        block=block,
    )
