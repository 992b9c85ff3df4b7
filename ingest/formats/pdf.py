"""PDF by PDFium: the text layer where it can be trusted, else recognition, decided page by page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from ingest.document import Method, Page, Problem
from ingest.formats import pdf_image, pdf_text
from ingest.imaging.types import POINTS_PER_INCH, Picture
from ingest.limits import Limits
from ingest.ocr import read_picture
from ingest.problems import ReadError, problem
from ingest.sheets import Desk, Opened
from ingest.syllables import Language, language, marked_share, share
from ingest.words import compose, mean_confidence

SCAN_DPI = 200.0
_FEW_CHARACTERS = 60
_COVERING = 0.5
_TRUSTED_SHARE = 0.85
# Two thirds of the syllables of a letter carry a mark; recognition set to English loses them.
_MARKED_SHARE = 0.3
_LONGEST_SIDE = 20_000
_NO_KIDS = re.compile(rb"/Kids\s*\[\s*\]")


def open_file(data: bytes, desk: Desk, part: str | None) -> Opened:
    """One sheet per page. Errors: `ReadError` "encrypted", "corrupt", "no_pages"."""
    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise ReadError(_why_closed(data, error.err_code)) from error
    count = len(file)
    if count == 0:
        raise ReadError("no_pages")
    # PDFium mends a file without its end, so pages may be missing unnoticed.
    problems = [] if b"%%EOF" in data[-2048:] else [problem("maybe_truncated")]
    return Opened([PdfSheet(file, i, desk.limits, part) for i in range(count)], problems=problems)


def _why_closed(data: bytes, reason: int | None) -> str:
    """Code of the problem for a file that PDFium does not open."""
    # PDFium keeps the reason of an earlier failure where it gives none, as for a file without pages.
    if reason in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY} and b"/Encrypt" in data:
        return "encrypted"
    return "no_pages" if _NO_KIDS.search(data) else "corrupt"


@dataclass(frozen=True)
class PdfSheet:
    """One page of a PDF."""

    file: pdfium.PdfDocument
    index: int
    limits: Limits
    part: str | None = None

    def read(self, number: int, desk: Desk) -> tuple[Page, list[Problem]]:
        """See `Sheet.read`."""
        with _page(self.file, self.index) as page:
            layer = pdf_text.layer(page)
            cover = pdf_image.cover(page)
            text, words = compose(layer)
            if not trustworthy(text, cover, drawn=pdf_image.is_drawn(page)):
                return read_picture(_scan(page, self.limits), desk.engine, number, self.part)
            size = page.get_size()
        confidence = mean_confidence(words)
        notes = [] if words else [problem("blank_page", page=number)]
        return Page(number, Method.TEXT_LAYER, text, words, size, confidence, 0, self.part), notes

    def picture(self, dpi: float) -> Picture:
        """See `Sheet.picture`."""
        with _page(self.file, self.index) as page:
            pdf_image.check(page, self.limits)
            return _render(page, dpi, self.limits)


def trustworthy(text: str, cover: float, *, drawn: bool) -> bool:
    """Whether the text layer can stand for the page.

    `cover` is the share (0..1) of the page under its largest picture, `drawn` whether it has pictures or
    lines at all. Under a covering picture the layer is somebody's recognition and must be very good.
    """
    if len(text.split()) == 0 or len(text) < _FEW_CHARACTERS:
        return not drawn
    if cover >= _COVERING:
        return share(text) >= _TRUSTED_SHARE and marked_share(text) >= _MARKED_SHARE
    return language(text) is not Language.GARBLED


@contextmanager
def _page(file: pdfium.PdfDocument, index: int) -> Iterator[pdfium.PdfPage]:
    try:
        page = file[index]
    except pdfium.PdfiumError as error:
        raise ReadError("page_failed") from error
    try:
        yield page
    finally:
        page.close()


def _scan(page: pdfium.PdfPage, limits: Limits) -> Picture:
    pdf_image.check(page, limits)
    return pdf_image.only(page, limits) or _render(page, SCAN_DPI, limits)


def _render(page: pdfium.PdfPage, dpi: float, limits: Limits) -> Picture:
    """The page drawn in RGB; the scale is lowered before drawing so that the dots stay within bounds."""
    width, height = page.get_size()
    if width < 1 or height < 1:
        raise ReadError("page_failed")
    scale = min(
        dpi / POINTS_PER_INCH,
        (limits.pixels / (width * height)) ** 0.5,
        _LONGEST_SIDE / max(width, height),
    )
    bitmap = page.render(scale=scale, rev_byteorder=True)
    pixels = np.array(bitmap.to_numpy()[:, :, :3])
    bitmap.close()
    return Picture(pixels, scale * POINTS_PER_INCH)
