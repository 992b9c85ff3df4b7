"""Arrays that pass between the steps, and the picture of one page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]  # (height, width)
Pixels = NDArray[np.uint8]  # (height, width) or (height, width, 3), RGB
Matrix = NDArray[np.float64]  # (3, 3), maps homogeneous pixel coordinates

POINTS_PER_INCH = 72.0


@dataclass(frozen=True)
class Picture:
    """Pixels of a page as people are shown it, with square dots of `dpi` to the inch."""

    pixels: Pixels
    dpi: float

    @property
    def size(self) -> tuple[float, float]:
        """(width, height) in points."""
        height, width = self.pixels.shape[:2]
        return width * POINTS_PER_INCH / self.dpi, height * POINTS_PER_INCH / self.dpi

    def turned(self, degrees: int) -> Picture:
        """The picture with a clockwise turn of `degrees` (0, 90, 180, 270) undone."""
        return Picture(np.ascontiguousarray(np.rot90(self.pixels, degrees // 90)), self.dpi)
