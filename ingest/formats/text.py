"""Plain text in the encodings that Vietnamese offices meet."""

from __future__ import annotations

import codecs

from ingest import media
from ingest.problems import problem
from ingest.sheets import Desk, Opened, TypedSheet

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def open_file(data: bytes, desk: Desk, part: str | None) -> Opened:  # noqa: ARG001  # one form for all formats
    """One typed sheet."""
    text, certain = decode(data)
    problems = [] if certain else [problem("unknown_encoding")]
    return Opened([TypedSheet(text, part)], problems=problems)


def decode(data: bytes) -> tuple[str, bool]:
    """(text with line feeds, whether its encoding is certain).

    Order: byte order mark, UTF-8, UTF-16 without mark, Windows-1258; else UTF-8 with gaps.
    """
    for encoding in _candidates(data):
        try:
            return _lines(data.decode(encoding)), True
        except UnicodeDecodeError:
            continue
    return _lines(data.decode("utf-8", errors="replace")), False


def _candidates(data: bytes) -> list[str]:
    marked = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    wide = media.wide_order(data)
    return marked + ([wide] if wide else []) + ["utf-8", "cp1258"]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
