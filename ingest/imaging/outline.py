"""The edge of a sheet that was photographed on a darker ground."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.imaging.types import Grey, Matrix

Light = NDArray[np.float32]  # (height, width), natural logarithms of grey levels
Corners = NDArray[np.float32]  # (4, 2): top left, top right, bottom right, bottom left

_WIDTH = 600
_SMALLEST_SHARE = 0.3
_LARGEST_SHARE = 0.97
_PART_SHARE = 0.05
# Natural logarithms of brightness: a shadow darkens paper and ground alike, so their ratio stays.
_SHARP = 0.25
_LIGHTER = 0.3
# Half the kernel that finds sharp edges: so far the region of paper stops before its true edge.
_STEP = 2
_PROBE = 9
_SURE_SHARE = 0.8
# Opposite sides of a sheet differ by the angle of view only; the edge of a shadow across it slants more.
_SIDES_ALIKE = 0.8


def find(grey: Grey) -> Corners | None:
    """Corners of the sheet in pixels of `grey`, or None unless the edge is certain.

    Certain means: a large convex four-sided region of even parts, along each of its sides lighter than what
    lies next to it. Shadows across it, soft or hard, do no harm.
    A wrong crop loses text, a missing one costs little, so doubt means None.
    """
    scale = _WIDTH / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    smooth = cv2.medianBlur(small.astype(np.uint8, copy=False), 9)
    # Closing removes the print, so that a dense page is one region.
    closed = cv2.morphologyEx(smooth, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    light = np.log(np.maximum(closed, 8).astype(np.float32))
    corners = _four_corners(_paper(light))
    if corners is None or not _stands_out(light, corners):
        return None
    unscaled: Corners = (corners / scale).astype(np.float32)
    return unscaled


def straightening(corners: Corners) -> tuple[Matrix, tuple[int, int]]:
    """Matrix that lays the sheet flat, and the (width, height) in pixels that it then has."""
    edges = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    width, height = int(max(edges[0], edges[2])), int(max(edges[1], edges[3]))
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    return cv2.getPerspectiveTransform(corners, flat).astype(np.float64), (width, height)


def _paper(light: Light) -> Grey:
    """Mask (0 or 1) of the large regions in which brightness changes slowly only.

    A hard shadow cuts the paper into parts. Parts of it do not reach the edge of the picture, ground does.
    """
    side = 2 * _STEP + 1
    steep = cv2.morphologyEx(light, cv2.MORPH_GRADIENT, np.ones((side, side), np.uint8)) > _SHARP
    # Opening cuts the bridges where a gap in the edge lets the region run out into the ground.
    even = cv2.morphologyEx((~steep).astype(np.uint8), cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(even, connectivity=4)
    stats[0, cv2.CC_STAT_AREA] = 0  # the steep places
    wanted = (stats[:, cv2.CC_STAT_AREA] >= _PART_SHARE * light.size) & _inside(stats, light.shape)
    wanted[int(np.argmax(stats[:, cv2.CC_STAT_AREA]))] = len(stats) > 1
    paper = wanted[labels].astype(np.uint8)
    return cv2.dilate(paper, np.ones((side, side), np.uint8)).astype(np.uint8, copy=False)


def _inside(stats: cv2.typing.MatLike, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which regions keep clear of the edges of the picture."""
    left, top = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
    right, bottom = left + stats[:, cv2.CC_STAT_WIDTH], top + stats[:, cv2.CC_STAT_HEIGHT]
    clear = (left > 0) & (top > 0) & (right < shape[1]) & (bottom < shape[0])
    return np.asarray(clear, np.bool_)


def _four_corners(paper: Grey) -> Corners | None:
    contours, _ = cv2.findContours(paper, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return None
    hull = cv2.convexHull(np.concatenate(contours))
    shape = _simplest(hull)
    share = cv2.contourArea(hull) / paper.size
    if len(shape) != 4 or not _SMALLEST_SHARE <= share <= _LARGEST_SHARE:
        return None
    corners = shape.reshape(4, 2).astype(np.float32)
    if _touched_edges(corners, paper.shape) > 1:
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


def _stands_out(light: Light, corners: Corners) -> bool:
    """Whether each side parts the sheet from ground that is clearly darker beside it."""
    return all(
        _is_edge(light, start, end) for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True)
    )


def _is_edge(light: Light, start: Corners, end: Corners) -> bool:
    along = end - start
    inwards = np.array([-along[1], along[0]]) / max(float(np.linalg.norm(along)), 1.0)
    places = start + np.linspace(0.05, 0.95, 60)[:, None] * along
    height, width = light.shape
    outside = np.rint(places - _PROBE * inwards).astype(int)
    inside = np.rint(places + _PROBE * inwards).astype(int)
    seen = ((outside >= 0) & (outside < (width, height))).all(axis=1)
    if not seen.any():
        return True  # the sheet runs out of the picture here; `_touched_edges` allows that once
    inside = np.clip(inside[seen], 0, (width - 1, height - 1))
    outside = outside[seen]
    lighter = light[inside[:, 1], inside[:, 0]] - light[outside[:, 1], outside[:, 0]] >= _LIGHTER
    return bool(np.mean(lighter) >= _SURE_SHARE)
