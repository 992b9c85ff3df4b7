"""Fonts with every Vietnamese letter, found where Linux systems keep them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import ImageFont

FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
# Liberation is missing on purpose: it draws nothing for many Vietnamese letters and says nothing about it.
FAMILIES = {
    "tinos": ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf"),
    "arimo": ("Arimo-Regular.ttf", "Arimo-Bold.ttf", "Arimo-Italic.ttf"),
    "cousine": ("Cousine-Regular.ttf", "Cousine-Bold.ttf", "Cousine-Italic.ttf"),
    "dejavu-serif": ("DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", "DejaVuSerif-Italic.ttf"),
    "dejavu-sans": ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf"),
    "noto-serif": ("NotoSerif-Regular.ttf", "NotoSerif-Bold.ttf", "NotoSerif-Italic.ttf"),
}
# Tried in turn where a family lacks a file (fonts-dejavu-core, for one, has no italic serif).
FALLBACK = ("tinos", "arimo", "dejavu-serif", "dejavu-sans")
WEIGHTS = ("regular", "bold", "italic")
# Metrics are taken at this size and scaled, so that layout does not depend on the resolution.
METRIC_SIZE = 1000


class MissingFont(Exception):
    """Không tìm thấy phông chữ có đủ dấu tiếng Việt. Hãy cài gói fonts-croscore hoặc fonts-dejavu-core."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@cache
def _installed() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in FOLDERS:
        for path in sorted(folder.rglob("*.ttf")) if folder.is_dir() else ():
            found.setdefault(path.name, path)
    return found


@cache
def font_path(family: str, weight: str = "regular") -> Path:
    """File of a family in a weight ("regular", "bold", "italic"); the nearest family where it is missing.

    Raises MissingFont where the machine has none of them.
    """
    column = WEIGHTS.index(weight)
    for name in (family, *FALLBACK):
        path = _installed().get(FAMILIES[name][column])
        if path is not None:
            return path
    if weight != "regular":
        return font_path(family)
    raise MissingFont


@cache
def font(family: str, weight: str, pixels: float) -> ImageFont.FreeTypeFont:
    """A loaded font; `pixels` is its size on the page that is drawn."""
    return ImageFont.truetype(font_path(family, weight), pixels)


def text_width(text: str, family: str, weight: str, points: float) -> float:
    """Width of a line in points."""
    return font(family, weight, METRIC_SIZE).getlength(text) * points / METRIC_SIZE
