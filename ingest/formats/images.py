"""Photographs and scans: JPEG, PNG, WebP, and TIFF with all its pages."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from ingest.document import Page, Problem
from ingest.imaging.types import Picture, Pixels
from ingest.limits import Limits
from ingest.ocr import read_picture
from ingest.problems import ReadError, problem
from ingest.sheets import Desk, Opened, Sheet

_A4_LONG_SIDE_INCHES = 11.69
_PLAUSIBLE_DPI = (60.0, 1300.0)
_SUBFILE_TAG, _REDUCED = 254, 1
_ORIENTATION_TAG, _ON_ITS_SIDE = 0x0112, (5, 6, 7, 8)


def open_file(data: bytes, desk: Desk, part: str | None) -> Opened:
    """One sheet per page (frame) of the image. Errors: `ReadError` "corrupt", "too_large_image"."""
    image = _open(data)
    if image.format != "TIFF":
        _check_size(image, desk.limits)
        return Opened([ImageSheet(data, 0, desk.limits, part)])
    return _open_frames(data, image, desk, part)


def _open_frames(data: bytes, image: Image.Image, desk: Desk, part: str | None) -> Opened:
    """Frames up to the first that is broken; small previews of other frames are not pages."""
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    frame = 0
    while True:
        try:
            image.seek(frame)
        except EOFError:
            break
        except (OSError, ValueError, SyntaxError, TypeError, KeyError):
            problems.append(problem("maybe_truncated"))
            break
        if not image.tag_v2.get(_SUBFILE_TAG, 0) & _REDUCED:  # type: ignore[attr-defined]  # TIFF only
            sheets.append(ImageSheet(data, frame, desk.limits, part))
        frame += 1
        if frame > 10 * desk.limits.pages:
            break
    if not sheets:
        raise ReadError("corrupt")
    return Opened(sheets, problems=problems)


@dataclass(frozen=True)
class ImageSheet:
    """One page of an image file."""

    data: bytes
    frame: int
    limits: Limits
    part: str | None = None

    def read(self, number: int, desk: Desk) -> tuple[Page, list[Problem]]:
        """See `Sheet.read`."""
        return read_picture(self._decode(), desk.engine, number, self.part)

    def picture(self, dpi: float) -> Picture:
        """See `Sheet.picture`."""
        full = self._decode()
        scale = min(dpi / full.dpi, 1.0)
        height, width = full.pixels.shape[:2]
        size = (max(round(width * scale), 1), max(round(height * scale), 1))
        small = Image.fromarray(full.pixels).resize(size, Image.Resampling.BOX)
        return Picture(np.asarray(small), full.dpi * scale)

    def _decode(self) -> Picture:
        image = _open(self.data)
        if image.format == "TIFF":
            image.seek(self.frame)
        _check_size(image, self.limits)
        return decode(image, self.limits)


def decode(image: Image.Image, limits: Limits) -> Picture:
    """Pixels upright (EXIF), with square dots, grey or RGB. Errors: `ReadError("truncated")`."""
    across, down = _dpi(image)
    width = image.width
    if image.width * image.height > limits.pixels:
        image.draft("RGB", _fitting(image, limits))
    reduced = image.width / width
    try:
        # Metadata of a PNG may follow its dots, so that this too decodes them.
        if image.getexif().get(_ORIENTATION_TAG, 1) in _ON_ITS_SIDE:
            across, down = down, across
        upright = ImageOps.exif_transpose(image)
        return _square(upright, across * reduced, down * reduced)
    except (OSError, SyntaxError, ValueError) as error:
        raise ReadError("truncated") from error


def _open(data: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(data))
    except Image.DecompressionBombError as error:
        raise ReadError("too_large_image") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, KeyError) as error:
        raise ReadError("corrupt") from error
    return image


def _check_size(image: Image.Image, limits: Limits) -> None:
    dots = image.width * image.height
    # Only JPEG can be decoded at reduced size, so that a telephone's 108 megapixels can be read.
    allowed = limits.source_pixels if image.format == "JPEG" else limits.pixels
    if dots > allowed:
        raise ReadError("too_large_image")
    if dots == 0:
        raise ReadError("corrupt")


def _fitting(image: Image.Image, limits: Limits) -> tuple[int, int]:
    # `draft` halves as long as the picture stays at least this large; a third more leaves it room.
    scale = (limits.pixels / (image.width * image.height)) ** 0.5 / 2
    return int(image.width * scale), int(image.height * scale)


def _dpi(image: Image.Image) -> tuple[float, float]:
    """Dots per inch (across, down) that the file states, or those that would make it an A4 page."""
    low, high = _PLAUSIBLE_DPI
    stated = image.info.get("dpi")
    if stated and all(low <= float(value) <= high for value in stated[:2]):
        across, down = float(stated[0]), float(stated[1])
        # 72 and 96 are what programs write when they do not know; a page of 40 inches is no page.
        if max(image.width / across, image.height / down) <= 2 * _A4_LONG_SIDE_INCHES:
            return across, down
    guessed = max(image.width, image.height) / _A4_LONG_SIDE_INCHES
    return guessed, guessed


def _square(image: Image.Image, across: float, down: float) -> Picture:
    if 0.95 < across / down < 1.05:
        return Picture(_pixels(image), across)
    # Standard fax: 204 dots across and 98 down.
    target = max(across, down)
    size = (round(image.width * target / across), round(image.height * target / down))
    stretched = image.convert("L" if image.mode == "1" else image.mode).resize(size)
    return Picture(_pixels(stretched), target)


def _pixels(image: Image.Image) -> Pixels:
    if image.mode in {"1", "L"}:
        return np.asarray(image.convert("L"))
    if image.mode.startswith("I"):
        wide = np.asarray(image, np.float64)
        top = max(float(wide.max()), 1.0)
        return (wide * (255.0 / (65535.0 if top > 255 else 255.0))).astype(np.uint8)
    if image.mode in {"LA", "PA", "RGBA"} or "transparency" in image.info:
        overlaid = Image.new("RGBA", image.size, "white")
        overlaid.alpha_composite(image.convert("RGBA"))
        image = overlaid
    return np.asarray(image.convert("RGB"))


def size(data: bytes) -> tuple[int, int]:
    """(width, height) in dots from the header. Errors: `ReadError`."""
    return _open(data).size
