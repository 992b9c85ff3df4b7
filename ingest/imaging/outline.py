"""The edge of a sheet that was photographed on a darker ground."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.imaging.types import Grey, Matrix

Corners = NDArray[np.float32]  # (4, 2): top left, top right, bottom right, bottom left

_WIDTH = 600
_SMALLEST_SHARE = 0.3
_LARGEST_SHARE = 0.97
_CONTRAST = 45
# Opposite sides of a sheet differ by the angle of view only; the edge of a shadow across it slants more.
_SIDES_ALIKE = 0.8


def find(grey: Grey) -> Corners | None:
    """Corners of the sheet in pixels of `grey`, or None unless the edge is certain.

    Certain means: one bright convex four-sided region, large, and much lighter than all around it.
    A wrong crop loses text, a missing one costs little, so doubt means None.
    """
    scale = _WIDTH / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    smooth = cv2.medianBlur(small.astype(np.uint8, copy=False), 9)
    # Closing removes the print, so that a dense page is one region.
    closed = cv2.morphologyEx(smooth, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    _, bright = cv2.threshold(closed, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    corners = _four_corners(bright)
    if corners is None or not _stands_out(closed.astype(np.uint8, copy=False), corners):
        return None
    unscaled: Corners = (corners / scale).astype(np.float32)
    return unscaled


def straightening(corners: Corners) -> tuple[Matrix, tuple[int, int]]:
    """Matrix that lays the sheet flat, and the (width, height) in pixels that it then has."""
    edges = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    width, height = int(max(edges[0], edges[2])), int(max(edges[1], edges[3]))
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    return cv2.getPerspectiveTransform(corners, flat).astype(np.float64), (width, height)


def _four_corners(bright: cv2.typing.MatLike) -> Corners | None:
    contours, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return None
    hull = cv2.convexHull(max(contours, key=cv2.contourArea))
    shape = _simplest(hull)
    share = cv2.contourArea(hull) / bright.size
    if len(shape) != 4 or not _SMALLEST_SHARE <= share <= _LARGEST_SHARE:
        return None
    corners = shape.reshape(4, 2).astype(np.float32)
    if _touched_edges(corners, bright.shape) > 1:
        return None
    # The four sides have to explain the region, or its corners are not those of a sheet.
    if cv2.contourArea(corners) < 0.95 * cv2.contourArea(hull):
        return None
    ordered = _ordered(corners)
    return ordered if _sides_alike(ordered) else None


def _sides_alike(corners: Corners) -> bool:
    top, right, bottom, left = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    return bool(
        min(top, bottom) > _SIDES_ALIKE * max(top, bottom)
        and min(left, right) > _SIDES_ALIKE * max(left, right)
    )


def _simplest(hull: cv2.typing.MatLike) -> cv2.typing.MatLike:
    """The hull with as few corners as a close fit allows."""
    length = cv2.arcLength(hull, True)
    fits = [cv2.approxPolyDP(hull, share * length, True) for share in (0.01, 0.02, 0.03)]
    return next((fit for fit in fits if len(fit) == 4), fits[-1])


def _touched_edges(corners: Corners, shape: tuple[int, ...]) -> int:
    """Edges of the picture that the sheet reaches: a sheet lies on its ground, a dark margin does not."""
    height, width = shape[:2]
    near = 0.01 * max(shape[:2])
    reached = (
        corners[:, 0].min() < near,
        corners[:, 1].min() < near,
        corners[:, 0].max() > width - near,
        corners[:, 1].max() > height - near,
    )
    return sum(map(bool, reached))


def _ordered(corners: Corners) -> Corners:
    centre = corners.mean(axis=0)
    turn = np.arctan2(corners[:, 1] - centre[1], corners[:, 0] - centre[0])
    clockwise = corners[np.argsort(turn)]
    first = int(np.argmin(clockwise.sum(axis=1)))
    return np.roll(clockwise, -first, axis=0)


def _stands_out(closed: Grey, corners: Corners) -> bool:
    """Whether the sheet is clearly lighter than the ground on which it lies."""
    mask = np.zeros(closed.shape, np.uint8)
    cv2.fillConvexPoly(mask, corners.astype(np.int32), 1)
    # A gap is left round the sheet, where the fitted sides are not exact.
    outer, inner = np.ones((35, 35), np.uint8), np.ones((13, 13), np.uint8)
    ring = cv2.dilate(mask, outer) - cv2.dilate(mask, inner)
    if int(ring.sum()) < 200:
        return False
    # Nine tenths of the ground must be darker than the sheet, not its mean alone: a stain is no desk.
    ground = float(np.percentile(closed[ring > 0], 90))
    return float(np.median(closed[mask > 0])) - ground >= _CONTRAST
