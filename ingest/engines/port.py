"""What an engine has to offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ingest.imaging.types import Grey

PAGE = 3
BLOCK = 6


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """A word as the engine saw it: box (x0, y0, x1, y1) in pixels, confidence 0..1."""

    text: str
    box: tuple[int, int, int, int]
    confidence: float
    line: tuple[int, int, int]
    block: int


class Engine(Protocol):
    """Reads grey pages; one instance serves one thread."""

    def version(self) -> str:
        """Name and version, e.g. "tesserocr 2.13.0 (tesseract 5.5.4)"."""
        ...

    def recognise(self, grey: Grey, psm: int = PAGE) -> list[RecognisedWord]:
        """Words of an (height, width) uint8 page in reading order; `psm` is PAGE or BLOCK."""
        ...

    def orientation(self, grey: Grey) -> tuple[int, float]:
        """(clockwise turn of the page in degrees, confidence); (0, 0.0) where it cannot tell."""
        ...
