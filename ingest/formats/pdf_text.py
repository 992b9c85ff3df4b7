"""The text layer of a PDF page: its words with their boxes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
from pypdfium2 import raw

from ingest.document import Box
from ingest.words import PlacedWord

# PDFium rounds device coordinates to whole dots, so the device is made this much finer than points.
_FINENESS = 100
# At a line end PDFium says \x02; many writers map the one glyph of "-" to the soft hyphen. Both are drawn.
_HYPHENS = ("\x02", "\u00ad")


@dataclass
class _Open:
    """The word being put together."""

    characters: list[str] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def close(self, line: int) -> PlacedWord | None:
        if not self.characters:
            return None
        xs0, ys0, xs1, ys1 = zip(*self.boxes, strict=True) if self.boxes else ((), (), (), ())
        box = (min(xs0), min(ys0), max(xs1), max(ys1)) if self.boxes else None
        word = PlacedWord("".join(self.characters), box, 1.0, line, 0)
        self.characters, self.boxes = [], []
        return word


def layer(page: pdfium.PdfPage) -> list[PlacedWord]:
    """Words in the order of the text layer, boxes in points from the top left of the page as shown."""
    textpage = page.get_textpage()
    try:
        return list(_words(page, textpage))
    finally:
        textpage.close()


def _words(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> Iterator[PlacedWord]:
    size = page.get_size()
    current, line = _Open(), 0
    for index in range(textpage.count_chars()):
        character = _character(textpage, index)
        if character.isspace():
            if word := current.close(line):
                yield word
            line += character == "\n"
        elif character:
            current.characters.append(character)
            if (box := _box(page, textpage, index, size)) is not None:
                current.boxes.append(box)
    if word := current.close(line):
        yield word


def _character(textpage: pdfium.PdfTextPage, index: int) -> str:
    code = raw.FPDFText_GetUnicode(textpage, index)
    if 0xD800 <= code < 0xE000 or code == 0:
        # Half of a pair outside the basic plane: no Vietnamese letter lies there.
        return "\ufffd" if code else ""
    character = chr(code)
    return "-" if character in _HYPHENS else character


def _box(
    page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, index: int, size: tuple[float, float]
) -> Box | None:
    try:
        left, bottom, right, top = textpage.get_charbox(index, loose=True)
    except pdfium.PdfiumError:
        return None
    (x0, y0), (x1, y1) = _shown(page, size, left, top), _shown(page, size, right, bottom)
    if (x0, y0) == (x1, y1):
        return None
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _shown(page: pdfium.PdfPage, size: tuple[float, float], x: float, y: float) -> tuple[float, float]:
    """The point as it lies on the page that people see (crop box and /Rotate applied)."""
    across, down = ctypes.c_int(), ctypes.c_int()
    width, height = round(size[0] * _FINENESS), round(size[1] * _FINENESS)
    raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, across, down)
    return across.value / _FINENESS, down.value / _FINENESS
