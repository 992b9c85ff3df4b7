"""Text of web pages and of e-mail bodies written as such."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from ingest.formats import text as plain
from ingest.problems import problem
from ingest.sheets import Desk, Opened, TypedSheet

_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript"})
_BREAKS = frozenset(
    """address article blockquote br div dl dt dd fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main
    nav ol p pre section table tr ul""".split()  # noqa: SIM905  # a list of one-word strings would be longer, not clearer
)


def open_file(data: bytes, desk: Desk, part: str | None) -> Opened:  # noqa: ARG001  # one form for all formats
    """One typed sheet with the visible text."""
    source, certain = plain.decode(data)
    problems = [] if certain else [problem("unknown_encoding")]
    return Opened([TypedSheet(visible_text(source), part)], problems=problems)


def visible_text(source: str) -> str:
    """The text that a reader of the page sees: one line per block, cells parted by a blank."""
    parser = _Text()
    parser.feed(source)
    parser.close()
    lines = (re.sub(r"[ \t\r\f\v\xa0]+", " ", line).strip() for line in "".join(parser.pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # HTMLParser's form
        if tag in _SILENT:
            self._silent += 1
        elif tag == "body":
            # A head that was never closed must not swallow the letter.
            self._silent = 0
        self._mark(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # as above
        self._mark(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        self._mark(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(re.sub(r"\s+", " ", data))

    def _mark(self, tag: str) -> None:
        if tag in _BREAKS:
            self.pieces.append("\n")
        elif tag in {"td", "th"}:
            self.pieces.append(" ")
