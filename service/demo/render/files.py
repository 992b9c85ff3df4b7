"""Pages as files: PDF (scanned, typed, mixed), JPEG, PNG, multi-page TIFF, DOCX. The same input, the same bytes."""

from __future__ import annotations

import ctypes
import io
import re
import time
import zipfile
from collections.abc import Sequence
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from service.demo.render.blocks import Role, blocks
from service.demo.render.drawing import POINTS_PER_INCH, Scan
from service.demo.render.fonts import font_path
from service.demo.render.typesetting import PlacedLine, Sheet

# Files carry a day; a fixed one keeps them the same at every run.
WRITTEN = time.struct_time((2026, 11, 2, 8, 0, 0, 0, 306, 0))
ZIP_DAY = (2026, 11, 2, 8, 0, 0)


def image(scan: Scan, form: str = "JPEG", quality: int = 80) -> bytes:
    """One page as "JPEG" or "PNG"."""
    target = io.BytesIO()
    Image.fromarray(scan.pixels).save(target, form, dpi=scan.dpi, quality=quality)
    return target.getvalue()


def scanned_pdf(scans: Sequence[Scan], quality: int = 60) -> bytes:
    """Pages as a PDF of pictures, as scanners write it."""
    pages = [Image.fromarray(scan.pixels) for scan in scans]
    target = io.BytesIO()
    pages[0].save(
        target,
        "PDF",
        save_all=True,
        append_images=pages[1:],
        dpi=scans[0].dpi,
        quality=quality,
        producer="Máy quét",
        creationDate=WRITTEN,
        modDate=WRITTEN,
    )
    return target.getvalue()


def group4_tiff(scans: Sequence[Scan]) -> bytes:
    """Black and white pages as one TIFF, as fax servers write it."""
    pages = [
        Image.fromarray(np.where(scan.grey > 127, 255, 0).astype(np.uint8)).convert("1") for scan in scans
    ]
    target = io.BytesIO()
    pages[0].save(
        target, "TIFF", save_all=True, append_images=pages[1:], compression="group4", dpi=scans[0].dpi
    )
    return target.getvalue()


def typed_pdf(sheets: Sequence[Sheet]) -> bytes:
    """Pages as a PDF with real text, as a word processor prints it."""
    return mixed_pdf(sheets)


def mixed_pdf(pages: Sequence[Sheet | Scan]) -> bytes:
    """A PDF whose pages are text (`Sheet`) or pictures (`Scan`)."""
    document = pdfium.PdfDocument.new()
    fonts: dict[tuple[str, str], Any] = {}
    for page in pages:
        if isinstance(page, Scan):
            _add_picture(document, page)
        else:
            _add_text(document, page, fonts)
    target = io.BytesIO()
    document.save(target)
    document.close()
    return _same_pdf(target.getvalue())


def _same_pdf(data: bytes) -> bytes:
    """The file with a fixed day and identity, byte for byte as long as before."""
    day = time.strftime("%Y%m%d%H%M%S", WRITTEN).encode()
    data = re.sub(rb"(/CreationDate\(D:)\d{14}", rb"\g<1>" + day, data)
    # The identity stands in the trailer; what looks like one before it may be part of a picture.
    head, trailer, tail = data.rpartition(b"trailer")
    return head + trailer + re.sub(rb"<[0-9A-F]{32}>", b"<" + b"0" * 32 + b">", tail)


def _add_picture(document: Any, scan: Scan) -> None:
    height, width = scan.pixels.shape[:2]
    size = width * POINTS_PER_INCH / scan.dpi[0], height * POINTS_PER_INCH / scan.dpi[1]
    page = document.new_page(*size)
    picture = pdfium.PdfImage.new(document)
    picture.load_jpeg(io.BytesIO(image(scan, quality=60)), pages=[page])
    picture.set_matrix(pdfium.PdfMatrix().scale(*size))
    page.insert_obj(picture)
    page.gen_content()


def _add_text(document: Any, sheet: Sheet, fonts: dict[tuple[str, str], Any]) -> None:
    page = document.new_page(*sheet.size)
    for line in sheet.lines:
        key = (line.family, line.weight)
        if key not in fonts:
            fonts[key] = _load_font(document, *key)
        for text, x, y in _pieces(line):
            item = pdfium_c.FPDFPageObj_CreateTextObj(document, fonts[key], line.size)
            encoded = ctypes.create_string_buffer((text + "\0").encode("utf-16-le"))
            pdfium_c.FPDFText_SetText(item, ctypes.cast(encoded, pdfium_c.FPDF_WIDESTRING))
            pdfium_c.FPDFPageObj_Transform(item, 1, 0, 0, 1, x, sheet.size[1] - y)
            pdfium_c.FPDFPage_InsertObject(page, item)
    page.gen_content()


def _pieces(line: PlacedLine) -> list[tuple[str, float, float]]:
    """Words with the blank after them, so that whoever takes out the text finds words."""
    last = len(line.words) - 1
    return [(word.text + (" " if i < last else ""), word.x, word.y) for i, word in enumerate(line.words)]


def _load_font(document: Any, family: str, weight: str) -> Any:
    data = font_path(family, weight).read_bytes()
    buffer = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
    return pdfium_c.FPDFText_LoadFont(document, buffer, len(data), pdfium_c.FPDF_FONT_TRUETYPE, True)


def docx(text: str) -> bytes:
    """The letter as a Word file."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

    places = {
        Role.BODY: ALIGN.JUSTIFY,
        Role.ADDRESSEE: ALIGN.LEFT,
        Role.DATE: ALIGN.RIGHT,
        Role.SIGNATURE: ALIGN.RIGHT,
    }
    document = Document()
    for block in blocks(text):
        paragraph = document.add_paragraph()
        paragraph.alignment = places.get(block.role, ALIGN.CENTER)
        run = paragraph.add_run(block.text)
        run.bold = block.role in (Role.STATE, Role.MOTTO, Role.TITLE)
        run.italic = block.role in (Role.DATE, Role.SUBJECT)
    target = io.BytesIO()
    document.save(target)
    return _same_zip(target.getvalue())


def _same_zip(data: bytes) -> bytes:
    """The archive with a fixed day on every member."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, ZIP_DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return target.getvalue()
