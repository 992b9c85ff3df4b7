"""Draws invented letters as pages, wears them out and files them, so that the truth is always known.

sheets = typeset(text, STYLES["times"])        # where each word stands, in points
pages = [draw(sheet, dpi=300, seed=7) for sheet in sheets]
worn = [wear("photo", page, seed=7) for page in pages]
scanned_pdf(worn)                              # bytes, the same for the same seed
truth(sheets)                                  # what a perfect reader would give back
"""

from __future__ import annotations

from service.demo.render.drawing import Scan, draw
from service.demo.render.files import docx, group4_tiff, image, mixed_pdf, scanned_pdf, typed_pdf
from service.demo.render.fonts import MissingFont
from service.demo.render.styles import STYLES, Style
from service.demo.render.typesetting import Sheet, truth, typeset
from service.demo.render.wear import WEAR, wear

__all__ = [
    "STYLES",
    "WEAR",
    "MissingFont",
    "Scan",
    "Sheet",
    "Style",
    "docx",
    "draw",
    "group4_tiff",
    "image",
    "mixed_pdf",
    "scanned_pdf",
    "truth",
    "typed_pdf",
    "typeset",
    "wear",
]
