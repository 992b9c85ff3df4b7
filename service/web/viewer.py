"""The letter as it is shown: pages with their image and what lies over it, or the text with marks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from sqlalchemy.orm import Session

from ingest.document import Box, Document, Page
from service.desk import paper
from service.store.tables import Petition
from service.web.highlights import Mark, Segment, Span, join_boxes, segments

WEAK_BELOW = 0.9
PER_SCREEN = 12


@dataclass(frozen=True, slots=True)
class WeakWord:
    """A word that was hard to read: its box, what was read, and how sure the reader was (0..1)."""

    box: Box
    text: str
    confidence: float

    @property
    def tone(self) -> str:
        """How bad it is, "poor" or "fair", for the colour."""
        return "poor" if self.confidence < 0.6 else "fair"


@dataclass(frozen=True, slots=True)
class PageView:
    """One page; `image` is its address or None where there is only text."""

    number: int
    image: str | None
    size: tuple[float, float]
    marks: tuple[Mark, ...]
    weak: tuple[WeakWord, ...]
    segments: tuple[Segment, ...]
    method: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class LetterView:
    """The pages on this screen, and how many there are in all."""

    pages: tuple[PageView, ...]
    total: int
    first: int

    @property
    def previous(self) -> int | None:
        """First page of the screen before this one."""
        return max(self.first - PER_SCREEN, 1) if self.first > 1 else None

    @property
    def following(self) -> int | None:
        """First page of the screen after this one."""
        return self.first + PER_SCREEN if self.first + PER_SCREEN <= self.total else None

    @property
    def has_images(self) -> bool:
        """Whether any page on this screen is a picture."""
        return any(page.image for page in self.pages)


def letter_view(session: Session, petition: Petition, spans: list[Span], first: int = 1) -> LetterView:
    """The pages of a letter from `first` on, with the evidence of `spans` on them."""
    document = paper.reading_of(session, petition)
    if document is None or not paper.is_text_of(document, petition):
        only = PageView(1, None, (0, 0), (), (), tuple(segments(petition.text, spans)), "typed", None)
        return LetterView((only,), 1, 1)
    total = len(document.pages)
    first = min(max(first, 1), total)
    pages = zip(document.pages, document.page_starts, strict=True)
    shown = list(pages)[first - 1 : first - 1 + PER_SCREEN]
    return LetterView(
        tuple(_page_view(petition, document, page, start, spans) for page, start in shown), total, first
    )


def _page_view(petition: Petition, document: Document, page: Page, start: int, spans: list[Span]) -> PageView:
    weak = [word for word in page.words if word.confidence < WEAK_BELOW and word.text.strip()]
    drawn = page.size is not None and any(word.box for word in page.words)
    return PageView(
        number=page.number,
        image=f"/api/v1/petitions/{petition.id}/pages/{page.number}.png" if drawn else None,
        size=page.size or (0, 0),
        marks=tuple(_marks(document, page, spans)) if drawn else (),
        weak=tuple(WeakWord(word.box, word.text, word.confidence) for word in weak if word.box),
        segments=tuple(
            segments(page.text, spans, [(start + word.start, start + word.end) for word in weak], start)
        ),
        method=page.method,
        confidence=page.confidence,
    )


def _marks(document: Document, page: Page, spans: list[Span]) -> list[Mark]:
    marks = []
    for line, group in groupby(sorted(spans, key=lambda span: span.line), key=lambda span: span.line):
        for span in group:
            boxes = [box for number, box in document.boxes(span.start, span.end) if number == page.number]
            marks += [Mark(line, box) for box in join_boxes(boxes)]
    return marks
