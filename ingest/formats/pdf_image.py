"""Pictures inside a PDF page."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from ingest.imaging.types import POINTS_PER_INCH, Picture, Pixels
from ingest.limits import Limits
from ingest.problems import ReadError

_WHOLE_PAGE = 0.9
_DEPTH = 6
_MARKS = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING)


def check(page: pdfium.PdfPage, limits: Limits) -> None:
    """Refuse a page with a picture too large to decode. Errors: `ReadError("too_large_image")`."""
    for image in _images(page):
        width, height = image.get_px_size()
        if width * height > limits.source_pixels:
            raise ReadError("too_large_image")


def cover(page: pdfium.PdfPage) -> float:
    """Share (0..1) of the page under its largest picture."""
    return max((_share(page, image) for image in _images(page)), default=0.0)


def is_drawn(page: pdfium.PdfPage) -> bool:
    """Whether the page holds anything but text: pictures, lines, shadings."""
    return next(iter(page.get_objects(filter=_MARKS, max_depth=_DEPTH)), None) is not None


def only(page: pdfium.PdfPage, limits: Limits) -> Picture | None:
    """The picture that makes up the whole page, as it lies on it; None if the page is not that simple.

    Taking it out saves a resampling. It must be the page's only object, stand straight and be small enough.
    """
    objects = list(page.get_objects(max_depth=_DEPTH))
    images = [item for item in objects if isinstance(item, pdfium.PdfImage)]
    paths = [item for item in objects if item.type in _MARKS and item not in images]
    if len(images) != 1 or paths or _share(page, images[0]) < _WHOLE_PAGE:
        return None
    across, down = images[0].get_px_size()
    matrix = images[0].get_matrix()
    upright = matrix.a > 0 and matrix.d > 0 and abs(matrix.b) + abs(matrix.c) < 0.01 * matrix.a
    if not upright or across * down > limits.pixels or images[0].level > 0:
        return None
    return _taken_out(page, images[0], matrix.a, matrix.d)


def _taken_out(page: pdfium.PdfPage, image: pdfium.PdfImage, width: float, height: float) -> Picture | None:
    try:
        bitmap = image.get_bitmap()
        pixels = _rgb(bitmap)
    except (pdfium.PdfiumError, ValueError):
        return None
    rows, columns = pixels.shape[:2]
    across, down = columns * POINTS_PER_INCH / width, rows * POINTS_PER_INCH / height
    if not 0.97 < across / down < 1.03 or not _fills(page, image, rows, columns):
        return None
    picture = Picture(np.ascontiguousarray(pixels), across)
    # /Rotate turns clockwise, `turned` undoes a clockwise turn.
    return picture.turned(-page.get_rotation() % 360)


def _fills(page: pdfium.PdfPage, image: pdfium.PdfImage, rows: int, columns: int) -> bool:
    """Whether the picture's edges are the page's, to two dots: boxes are counted from the page's corner."""
    left, bottom, right, top = image.get_bounds()
    box = page.get_cropbox()
    dot = 2 * max((box[2] - box[0]) / columns, (box[3] - box[1]) / rows)
    pairs = zip((left, bottom, right, top), box, strict=True)
    return all(abs(edge - of_page) <= dot for edge, of_page in pairs)


def _rgb(bitmap: pdfium.PdfBitmap) -> Pixels:
    array = bitmap.to_numpy()
    if array.ndim == 2 or array.shape[2] == 1:
        return np.array(array.reshape(array.shape[:2]))
    return np.array(array[:, :, 2::-1])


def _images(page: pdfium.PdfPage) -> Iterator[pdfium.PdfImage]:
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=_DEPTH):
        if isinstance(item, pdfium.PdfImage):
            yield item


def _share(page: pdfium.PdfPage, image: pdfium.PdfImage) -> float:
    left, bottom, right, top = image.get_bounds()
    x0, y0, x1, y1 = page.get_cropbox()
    width, height = min(right, x1) - max(left, x0), min(top, y1) - max(bottom, y0)
    page_area = (x1 - x0) * (y1 - y0)
    return max(width, 0.0) * max(height, 0.0) / page_area if page_area > 0 else 0.0
