"""How much print a page holds, and how much of it the engine has seen."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from ingest.imaging.types import Grey

_SMALLEST, _LARGEST = 5, 90
BLANK_SHARE = 0.0002
# Carbon copies and faded print keep little contrast: after the light is evened their ink may be this pale.
_FAINTEST = 215


def is_blank(grey: Grey) -> bool:
    """Whether the prepared page holds no more ink than specks of dust."""
    core = grey[grey.shape[0] // 50 : -grey.shape[0] // 50 or None, grey.shape[1] // 50 :]
    return bool(np.count_nonzero(core < _FAINTEST) < BLANK_SHARE * core.size)


def coverage(grey: Grey, boxes: Iterable[tuple[int, int, int, int]]) -> float:
    """Share (0..1) of the ink of letter-sized marks that lies inside `boxes`; 1.0 without such ink."""
    _, ink = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sides = stats[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1]
    letters = (sides.max(axis=1) >= _SMALLEST) & (sides.max(axis=1) <= _LARGEST)
    letters[0] = False
    wanted = letters[labels]
    total = int(np.count_nonzero(wanted))
    for x0, y0, x1, y1 in boxes:
        wanted[max(y0, 0) : y1, max(x0, 0) : x1] = False
    return 1.0 - int(np.count_nonzero(wanted)) / total if total else 1.0
