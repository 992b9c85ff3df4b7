"""Brightness and colour: grey, red ink, uneven light, grain."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.imaging.types import Grey, Pixels

RED_EXCESS = 40
GRAIN = 9.0
SPECKLE = 0.002
_LONELY = 80
_BACKGROUND_SCALE = 8
_BLACK, _WHITE = 8, 247
# A white row between letters and their marks has at most 0.08 of the ink facing each other (6 resolutions,
# 3 sizes of type), one lost through the letters of a line mostly 0.2 to 0.7.
_SAME_STROKES = 0.15


def to_grey(pixels: Pixels) -> Grey:
    """Grey page without red ink: where red is saturated the red channel alone counts.

    Stamps are red; in the red channel their ink is as light as paper while black print stays dark.
    """
    if pixels.ndim == 2:
        return pixels
    grey: Grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False)
    red = pixels[:, :, 0]
    excess = cv2.subtract(red, cv2.max(pixels[:, :, 1], pixels[:, :, 2]))
    stained = cv2.dilate((excess > RED_EXCESS).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return np.where(stained, np.maximum(grey, red), grey)


def is_bilevel(grey: Grey) -> bool:
    """Whether the page holds black and white only, as faxes and 1-bit scans do."""
    counts = np.bincount(grey.ravel(), minlength=256)
    return bool(counts[:_BLACK].sum() + counts[_WHITE + 1 :].sum() >= 0.999 * grey.size)


def without_lost_rows(bilevel: Grey) -> Grey:
    """The black-and-white page with single white rows, as faxes lose them, filled from their neighbours.

    A white row through a line of letters splits it in two for the engine: on 12 drawn faxes filling them
    brought 3.5 % wrong characters down to 0.7 %; pages that lost no row stay as they are.
    """
    empty = bilevel.min(axis=1) > _WHITE
    single = 1 + np.flatnonzero(empty[1:-1] & ~empty[:-2] & ~empty[2:])
    lost = single[_continued(bilevel, single) >= _SAME_STROKES]
    if not len(lost):
        return bilevel
    filled = bilevel.copy()
    filled[lost] = np.minimum(bilevel[lost - 1], bilevel[lost + 1])
    return filled


def _continued(bilevel: Grey, rows: NDArray[np.intp]) -> NDArray[np.float64]:
    """Share (0..1) of the ink on one side of each row that has ink right across from it."""
    above, below = bilevel[rows - 1] <= _WHITE, bilevel[rows + 1] <= _WHITE
    larger = np.maximum(above.sum(axis=1), below.sum(axis=1))
    return np.asarray((above & below).sum(axis=1) / np.maximum(larger, 1), np.float64)


def even_light(grey: Grey) -> Grey:
    """The page divided by its own background, so that paper is white in shadow and light alike."""
    height, width = grey.shape
    small_size = (max(width // _BACKGROUND_SCALE, 1), max(height // _BACKGROUND_SCALE, 1))
    small = cv2.resize(grey, small_size, interpolation=cv2.INTER_AREA)
    background = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 15)
    # Below this the picture shows no paper (a desk, a black edge): dividing would invent texture.
    background = np.maximum(background, 48).astype(np.uint8)
    full = cv2.resize(background, (width, height), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, full, scale=255).astype(np.uint8, copy=False)


def grain(grey: Grey) -> float:
    """Standard deviation of the noise in grey levels (J. Immerkær's operator, mean absolute form)."""
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    response = cv2.filter2D(grey, cv2.CV_32F, kernel)
    # The median ignores the strokes, which cover a small share of a page.
    return float(np.median(np.abs(response))) * 1.4826 / 6.0


def speckle(grey: Grey) -> float:
    """Share (0..1) of dots that differ strongly from every neighbour; thin strokes are no such dots."""
    ring = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]], np.uint8)
    darker = cv2.subtract(cv2.erode(grey, ring), grey) > _LONELY
    lighter = cv2.subtract(grey, cv2.dilate(grey, ring)) > _LONELY
    return float(np.mean(darker | lighter))


def without_grain(grey: Grey) -> Grey:
    """The page smoothed by a 3x3 median if its noise is high; otherwise unchanged."""
    if grain(grey) < GRAIN and speckle(grey) < SPECKLE:
        return grey
    return cv2.medianBlur(grey, 3).astype(np.uint8, copy=False)
