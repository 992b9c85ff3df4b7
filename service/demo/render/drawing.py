"""Draws a set page as ink on paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from service.demo.render.fonts import font
from service.demo.render.typesetting import PlacedLine, Sheet

Pixels = npt.NDArray[np.uint8]
BLUE_INK = (38, 52, 140)
BLACK_INK = (24, 22, 26)
POINTS_PER_INCH = 72.0


@dataclass(frozen=True)
class Scan:
    """A page as pixels, (height, width, 3) RGB or (height, width) grey; `dpi` is (across, down)."""

    pixels: Pixels
    dpi: tuple[int, int]

    def with_pixels(self, pixels: npt.NDArray[Any]) -> Scan:
        """The same page with other pixels, cut to 0..255."""
        return replace(self, pixels=np.clip(pixels, 0, 255).astype(np.uint8))

    @property
    def grey(self) -> Pixels:
        """The page in grey, (height, width)."""
        return as_grey(self.pixels)

    @property
    def rgb(self) -> Pixels:
        """The page in colour, (height, width, 3)."""
        if self.pixels.ndim == 3:
            return self.pixels
        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_GRAY2RGB), np.uint8)


def as_grey(pixels: Pixels) -> Pixels:
    """RGB or grey pixels as grey."""
    if pixels.ndim == 2:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def draw(sheet: Sheet, dpi: int = 300, seed: int = 0) -> Scan:
    """A page in colour: black type on white, the name signed in blue by a hand of its own (`seed`)."""
    scale = dpi / POINTS_PER_INCH
    size = (round(sheet.size[0] * scale), round(sheet.size[1] * scale))
    image = Image.new("RGB", size, (255, 255, 255))
    pen = ImageDraw.Draw(image)
    for line in sheet.lines:
        _type_line(pen, line, scale)
    if sheet.signature is not None:
        _sign(pen, sheet.signature, scale, np.random.default_rng(seed))
    return Scan(np.asarray(image, np.uint8), (dpi, dpi))


def _type_line(pen: ImageDraw.ImageDraw, line: PlacedLine, scale: float) -> None:
    face = font(line.family, line.weight, line.size * scale)
    for word in line.words:
        pen.text((word.x * scale, word.y * scale), word.text, font=face, fill=BLACK_INK, anchor="ls")
    if line.underlined:
        y = (line.words[0].y + line.size * 0.35) * scale
        pen.line(
            (line.words[0].x * scale, y, line.right * scale, y), fill=BLACK_INK, width=round(0.8 * scale)
        )


def _sign(
    pen: ImageDraw.ImageDraw, middle: tuple[float, float], scale: float, rng: np.random.Generator
) -> None:
    """A name written by hand: loops that run to the right, and a stroke below them."""
    time = np.linspace(0, 1, 240)
    loops, height = rng.uniform(4, 8), rng.uniform(9, 15)
    fade = np.sin(np.pi * np.clip(time * 1.15, 0, 1)) ** 0.6
    x = (time - 0.5) * rng.uniform(75, 115) + 7 * np.sin(2 * np.pi * loops * time + rng.uniform(0, 6))
    y = height * fade * np.cos(2 * np.pi * loops * time * rng.uniform(0.8, 1.1)) + (0.5 - time) * 12
    colour = BLUE_INK if rng.random() < 0.8 else BLACK_INK
    points = [((middle[0] + a) * scale, (middle[1] + b) * scale) for a, b in zip(x, y, strict=True)]
    pen.line(points, fill=colour, width=max(1, round(1.1 * scale)), joint="curve")
    left, right = points[20][0], points[-1][0] + 14 * scale
    base = (middle[1] + height * 0.9) * scale
    pen.line((left, base, right, base - 7 * scale), fill=colour, width=max(1, round(0.9 * scale)))
