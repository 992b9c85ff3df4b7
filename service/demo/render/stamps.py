"""Stamps: the round red one of an organisation, and the one that says when an office received a letter."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageDraw

from service.demo.render.drawing import POINTS_PER_INCH, Scan
from service.demo.render.fonts import font

RED = (205, 32, 44)
ROUND_TEXT = "TỔ DÂN PHỐ · PHƯỜNG ĐỐNG ĐA · MẪU THỬ ·"
# Stamping ink is thin: what lies below shows through.
THICKNESS = 0.86


def stamp_round(scan: Scan, rng: np.random.Generator, at: tuple[float, float] | None = None) -> Scan:
    """A round red stamp over the page; `at` is its middle in shares of width and height."""
    x, y = at or (rng.uniform(0.35, 0.7), rng.uniform(0.35, 0.6))
    scale = scan.dpi[0] / POINTS_PER_INCH
    return _press(scan, _round(scale), (x, y), rng)


def stamp_received(scan: Scan, rng: np.random.Generator, number: int, day: str) -> Scan:
    """The box "CÔNG VĂN ĐẾN" at the top left, as a mailroom presses it."""
    scale = scan.dpi[0] / POINTS_PER_INCH
    return _press(scan, _received(scale, number, day), (0.2, 0.115), rng)


def _press(scan: Scan, ink: Image.Image, at: tuple[float, float], rng: np.random.Generator) -> Scan:
    """Multiply a stamp into the page, turned a little and with uneven ink."""
    turned = ink.rotate(
        rng.uniform(-14, 14), Image.Resampling.BICUBIC, expand=True, fillcolor=(255, 255, 255)
    )
    height, width = scan.pixels.shape[:2]
    left = min(max(int(at[0] * width - turned.width / 2), 0), max(width - turned.width, 0))
    top = min(max(int(at[1] * height - turned.height / 2), 0), max(height - turned.height, 0))
    page = scan.rgb.copy()
    below = page[top : top + turned.height, left : left + turned.width]
    grain = rng.uniform(THICKNESS - 0.25, THICKNESS, below.shape[:2])[..., None]
    layer = 255 - (255 - np.asarray(turned, np.float32)[: below.shape[0], : below.shape[1]]) * grain
    page[top : top + below.shape[0], left : left + below.shape[1]] = (below * (layer / 255)).astype(np.uint8)
    return scan.with_pixels(page)


def _round(scale: float) -> Image.Image:
    radius = 52 * scale
    side = round(2 * radius + 6 * scale)
    middle = side / 2
    image = Image.new("RGB", (side, side), (255, 255, 255))
    pen = ImageDraw.Draw(image)
    for share, width in ((1.0, 2.2), (0.66, 1.2)):
        r = radius * share
        pen.ellipse((middle - r, middle - r, middle + r, middle + r), outline=RED, width=round(width * scale))
    face = font("arimo", "bold", 8.5 * scale)
    for index, char in enumerate(ROUND_TEXT):
        angle = 2 * math.pi * index / len(ROUND_TEXT) - math.pi / 2
        _turned_letter(image, char, face, angle, (middle, middle), radius * 0.83)
    pen.polygon(_star(middle, radius * 0.34), fill=RED)
    return image


def _turned_letter(
    image: Image.Image, char: str, face: object, angle: float, middle: tuple[float, float], radius: float
) -> None:
    box = round(face.size * 1.9)  # type: ignore[attr-defined]
    letter = Image.new("L", (box, box), 0)
    ImageDraw.Draw(letter).text((box / 2, box / 2), char, font=face, fill=255, anchor="mm")  # type: ignore[arg-type]
    letter = letter.rotate(-math.degrees(angle) - 90, Image.Resampling.BICUBIC)
    place = (
        round(middle[0] + radius * math.cos(angle) - box / 2),
        round(middle[1] + radius * math.sin(angle) - box / 2),
    )
    image.paste(RED, place, letter)


def _star(middle: float, radius: float) -> list[tuple[float, float]]:
    points = []
    for corner in range(10):
        r = radius if corner % 2 == 0 else radius * 0.42
        angle = math.pi * corner / 5 - math.pi / 2
        points.append((middle + r * math.cos(angle), middle + r * math.sin(angle)))
    return points


def _received(scale: float, number: int, day: str) -> Image.Image:
    image = Image.new("RGB", (round(132 * scale), round(58 * scale)), (255, 255, 255))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, image.width - 1, image.height - 1), outline=RED, width=round(1.5 * scale))
    bold, plain = font("arimo", "bold", 11 * scale), font("arimo", "regular", 10 * scale)
    pen.text((image.width / 2, 13 * scale), "CÔNG VĂN ĐẾN", font=bold, fill=RED, anchor="mm")
    pen.text((9 * scale, 31 * scale), f"Số: {number}", font=plain, fill=RED, anchor="lm")
    pen.text((9 * scale, 47 * scale), f"Ngày: {day}", font=plain, fill=RED, anchor="lm")
    return image
