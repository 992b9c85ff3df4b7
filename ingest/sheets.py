"""Pages that have been found in a file but not yet read.

A format opens a file into sheets; a sheet is read into a page, or drawn for people to look at.
Both use the same picture, so that word boxes fit what is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from ingest.document import Method, Page, Problem
from ingest.limits import DEFAULT, Limits
from ingest.words import typed_words

if TYPE_CHECKING:
    from ingest.engines.port import Engine
    from ingest.imaging.types import Picture


def _default_engine() -> Engine:
    # Loading costs 0.3 s: only files with a page to recognise pay it.
    from ingest.engines import create

    return create()


@dataclass
class Desk:
    """What reading a file needs: its bounds and an engine that is made when first used."""

    limits: Limits = DEFAULT
    make_engine: Callable[[], Engine] = _default_engine

    @cached_property
    def engine(self) -> Engine:
        """The engine, made on first use."""
        return self.make_engine()


class Sheet(Protocol):
    """A page to be read or drawn. Both may raise `ReadError` and whatever its library raises."""

    def read(self, number: int, desk: Desk) -> tuple[Page, list[Problem]]:
        """The page under its number in the document, and problems with it."""
        ...

    def picture(self, dpi: float) -> Picture | None:
        """The page drawn at about `dpi`; None where it has no looks of its own (typed text)."""
        ...


@dataclass
class Opened:
    """A file after opening: its sheets in order, facts about the carrier, problems so far."""

    sheets: list[Sheet] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class TypedSheet:
    """Text that was typed: nothing to recognise, nothing to draw."""

    text: str
    part: str | None = None

    def read(self, number: int, desk: Desk) -> tuple[Page, list[Problem]]:  # noqa: ARG002  # Sheet's form
        """See `Sheet.read`."""
        words = typed_words(self.text)
        confidence = 1.0 if words else None
        return Page(number, Method.TYPED, self.text, words, None, confidence, 0, self.part), []

    def picture(self, dpi: float) -> None:
        """See `Sheet.picture`."""
