"""How a letter was typed: font, size, margins, and what its writer put on it."""

from __future__ import annotations

from dataclasses import dataclass

A4 = (595.0, 842.0)


@dataclass(frozen=True, slots=True)
class Style:
    """Look of a letter; all lengths in points."""

    family: str = "tinos"
    size: float = 13.0
    leading: float = 1.35
    left: float = 82.0
    right: float = 55.0
    top: float = 62.0
    bottom: float = 62.0
    indent: float = 28.0
    justified: bool = True
    signed: bool = True
    page_numbers: bool = True


STYLES = {
    "times": Style(),
    "times-large": Style(size=14.0, leading=1.45),
    "times-tight": Style(size=12.0, leading=1.2, left=70.0, right=45.0),
    "sans": Style(family="arimo", size=12.0, justified=False),
    "typewriter": Style(family="cousine", size=11.0, leading=1.5, justified=False),
    "book": Style(family="dejavu-serif", size=11.0, leading=1.4),
    "screen": Style(family="dejavu-sans", size=11.0, justified=False, page_numbers=False, signed=False),
}
