"""The steps in their order, and the way back from the prepared page to the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from ingest.imaging import outline, skew, tone
from ingest.imaging.types import Grey, Matrix, Picture

WORKING_DPI = 200.0
_RESCALE_ABOVE = 230.0
_ENLARGE_BELOW, _ENLARGED_DPI = 140.0, 150.0
_LONG_SIDE_INCHES = 11.69


@dataclass(frozen=True)
class Prepared:
    """A page made ready: `grey` is what the engine sees, `to_picture` maps its pixels back."""

    grey: Grey
    to_picture: Matrix


def find_sheet(picture: Picture) -> outline.Corners | None:
    """Corners of a photographed sheet in the picture, None where no edge is certain."""
    return outline.find(tone.to_grey(picture.pixels))


def prepare(picture: Picture, sheet: outline.Corners | None = None) -> Prepared:
    """Grey, lay flat, bring to about 200 dpi, even the light, remove grain and skew.

    Bilevel pages get lost rows back and are straightened when clearly askew: every resampling harms them.
    """
    grey = tone.to_grey(picture.pixels)
    forward = np.eye(3)
    if sheet is None and tone.is_bilevel(grey):
        return _straighten(tone.without_lost_rows(grey), forward, smallest=1.0)
    grey, forward = _flatten(grey, picture.dpi, sheet)
    grey = tone.even_light(tone.without_grain(grey))
    return _straighten(grey, forward, smallest=0.15)


def map_back(prepared: Prepared, box: Sequence[float]) -> tuple[float, float, float, float]:
    """The box (x0, y0, x1, y1) of the prepared page in pixels of the picture."""
    x0, y0, x1, y1 = box
    corners = np.array([[x0, y0, 1], [x1, y0, 1], [x1, y1, 1], [x0, y1, 1]], np.float64)
    mapped = corners @ prepared.to_picture.T
    points = mapped[:, :2] / mapped[:, 2:]
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _flatten(grey: Grey, dpi: float, sheet: outline.Corners | None) -> tuple[Grey, Matrix]:
    """Grey page at the working resolution, and the matrix from the picture to it."""
    if sheet is None:
        scale = _scale(dpi)
        return _resized(grey, scale), np.diag([scale, scale, 1.0])
    matrix, (width, height) = outline.straightening(sheet)
    scale = min(WORKING_DPI * _LONG_SIDE_INCHES / max(width, height), 1.0)
    matrix = np.diag([scale, scale, 1.0]) @ matrix
    size = (max(int(width * scale), 1), max(int(height * scale), 1))
    flat = cv2.warpPerspective(grey, matrix, size, flags=cv2.INTER_AREA, borderValue=255)
    return flat.astype(np.uint8, copy=False), matrix


def _scale(dpi: float) -> float:
    """Factor to the working resolution; 1 where the page is near enough, for resampling blurs."""
    if dpi > _RESCALE_ABOVE:
        return WORKING_DPI / dpi
    return _ENLARGED_DPI / dpi if dpi < _ENLARGE_BELOW else 1.0


def _resized(grey: Grey, scale: float) -> Grey:
    if scale == 1.0:
        return grey
    how = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_CUBIC
    resized = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=how)
    return resized.astype(np.uint8, copy=False)


def _straighten(grey: Grey, forward: Matrix, smallest: float) -> Prepared:
    degrees = skew.angle(grey)
    if abs(degrees) >= smallest:
        height, width = grey.shape
        turn = skew.rotation(degrees, width, height)
        turned = cv2.warpAffine(grey, turn[:2], (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
        grey, forward = turned.astype(np.uint8, copy=False), turn @ forward
    return Prepared(grey, np.linalg.inv(forward).astype(np.float64))
