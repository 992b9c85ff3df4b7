"""What reading a file gives: a document of pages of words, or problems that say why not.

All coordinates are PDF points (1/72 inch), origin at the top left of the page.
Confidences run from 0 (no trust) to 1 (certain); words typed in the source have 1.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

PAGE_BREAK = "\n\f\n"

Box = tuple[float, float, float, float]


class Method(StrEnum):
    """How the words of a page were obtained."""

    TEXT_LAYER = "text-layer"
    OCR = "ocr"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person has to know about the file.

    `code` is stable and listed in `ingest/problems.py`; `message` is Vietnamese and says
    what to do. `page` counts from 1; None means the whole file. A `fatal` problem means
    that nothing of the file (or page) could be read.
    """

    code: str
    message: str
    page: int | None = None
    fatal: bool = True


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it stands on the page; `start`/`end` are offsets in `Page.text`."""

    text: str
    start: int
    end: int
    box: Box | None
    confidence: float


@dataclass(frozen=True)
class Page:
    """One page. `text` holds the words joined by blanks and line feeds.

    `size` is (width, height) in points, None where the source has no pages (plain text).
    `confidence` is the mean word confidence (0..1), None for an empty page.
    `rotation` is the clockwise turn in degrees (0, 90, 180, 270) that reading had to undo;
    boxes are in the upright page as it is shown to people.
    `part` names the attachment that the page comes from, None for the file itself.
    """

    number: int
    method: Method
    text: str
    words: tuple[Word, ...] = ()
    size: tuple[float, float] | None = None
    confidence: float | None = None
    rotation: int = 0
    part: str | None = None


@dataclass(frozen=True)
class Source:
    """The file that was read."""

    name: str
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True)
class Document:
    """A file that was read: its pages in order and whatever went wrong."""

    source: Source
    pages: tuple[Page, ...] = ()
    problems: tuple[Problem, ...] = ()
    # Facts about the carrier that later layers may use, e.g. {"subject": …, "from": …} of an e-mail.
    meta: dict[str, str] = field(default_factory=dict)

    @cached_property
    def text(self) -> str:
        """The text of all pages, joined by `PAGE_BREAK`."""
        return PAGE_BREAK.join(page.text for page in self.pages)

    @cached_property
    def page_starts(self) -> tuple[int, ...]:
        """Offset in `text` at which each page begins."""
        starts, offset = [], 0
        for page in self.pages:
            starts.append(offset)
            offset += len(page.text) + len(PAGE_BREAK)
        return tuple(starts)

    def boxes(self, start: int, end: int) -> list[tuple[int, Box]]:
        """(page number, box) of every word that overlaps `text[start:end]`, in reading order."""
        if not self.pages or start >= end:
            return []
        found: list[tuple[int, Box]] = []
        first = max(bisect_right(self.page_starts, start) - 1, 0)
        for page, offset in zip(self.pages[first:], self.page_starts[first:], strict=True):
            if offset >= end:
                break
            found.extend(
                (page.number, word.box)
                for word in page.words
                if word.box is not None and offset + word.start < end and offset + word.end > start
            )
        return found

    @property
    def readable(self) -> bool:
        """Whether any page holds text."""
        return any(page.text.strip() for page in self.pages)
