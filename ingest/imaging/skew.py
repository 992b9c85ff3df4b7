"""The small angle by which a page was laid askew on the scanner."""

from __future__ import annotations

import cv2
import numpy as np

from ingest.imaging.types import Grey, Matrix

LARGEST = 8.0
_WIDTH = 900


def angle(grey: Grey) -> float:
    """Skew in degrees, positive where lines rise to the right; 0.0 for a page without lines.

    The right angle is the one at which the sums of ink along rows differ most from row to row.
    """
    ink = _ink(grey)
    if int(np.count_nonzero(ink)) < 200:
        return 0.0
    best = _sharpest(ink, np.arange(-LARGEST, LARGEST + 0.01, 1.0))
    best = _sharpest(ink, best + np.arange(-0.8, 0.81, 0.2))
    return round(_sharpest(ink, best + np.arange(-0.15, 0.16, 0.05)), 2)


def rotation(degrees: float, width: int, height: int) -> Matrix:
    """Matrix that undoes a skew of `degrees` about the middle of a page of that size in pixels."""
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return np.vstack([matrix, [0.0, 0.0, 1.0]])


def _ink(grey: Grey) -> Grey:
    height, width = grey.shape
    scale = min(_WIDTH / width, 1.0)
    size = (max(int(width * scale), 1), max(int(height * scale), 1))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    _, ink = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    return ink.astype(np.uint8, copy=False)


def _sharpest(ink: Grey, angles: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    return float(max(angles, key=lambda degrees: _sharpness(ink, float(degrees))))


def _sharpness(ink: Grey, degrees: float) -> float:
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    turned = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_NEAREST)
    rows = turned.sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())
