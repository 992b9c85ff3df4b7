"""What happens to a page between the writer's table and our mailroom: pure functions, seeded.

Each takes a `Scan` and a random generator and gives a `Scan`; `wear` calls one by its name.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
from PIL import Image

from service.demo.render import photo
from service.demo.render.drawing import Scan, as_grey
from service.demo.render.stamps import stamp_round

Wear = Callable[[Scan, np.random.Generator], Scan]


def clean(scan: Scan, rng: np.random.Generator) -> Scan:
    """A good flatbed scanner: a hint of grain, type a touch soft."""
    soft = cv2.GaussianBlur(scan.pixels, (0, 0), 0.6).astype(np.float32)
    return scan.with_pixels(soft + rng.normal(0, 2.0, soft.shape[:2] + (1,) * (soft.ndim - 2)))


def grey(scan: Scan, rng: np.random.Generator) -> Scan:
    """The same scanner set to grey, as most offices have it."""
    return clean(replace(scan, pixels=scan.grey), rng)


def skew(scan: Scan, rng: np.random.Generator) -> Scan:
    """Fed in askew by 1.5 to 5 degrees."""
    angle = rng.uniform(1.5, 5.0) * rng.choice((-1, 1))
    return grey(_turn(scan, angle), rng)


def stamp(scan: Scan, rng: np.random.Generator) -> Scan:
    """A round red stamp over the words, scanned in colour."""
    return clean(stamp_round(scan, rng), rng)


def low_dpi(scan: Scan, rng: np.random.Generator) -> Scan:
    """Scanned at 100 dpi to save space."""
    return resample(grey(scan, rng), 100)


def blur(scan: Scan, rng: np.random.Generator) -> Scan:
    """Out of focus, about 1.3 points of smear."""
    sigma = scan.dpi[0] / 72 * rng.uniform(0.42, 0.55)
    page = scan.with_pixels(cv2.GaussianBlur(scan.grey, (0, 0), sigma))
    return grey(page, rng)


def jpeg(scan: Scan, rng: np.random.Generator) -> Scan:
    """Sent on by a messenger that squeezes pictures: quality 12 to 22."""
    small = resample(clean(scan, rng), 150)
    return small.with_pixels(_squeezed(small, int(rng.integers(12, 23))))


def noise(scan: Scan, rng: np.random.Generator) -> Scan:
    """A worn copier: grain and specks of toner."""
    page = scan.grey.astype(np.float32) + rng.normal(0, 22, scan.grey.shape)
    specks = rng.random(page.shape)
    page[specks < 0.0025], page[specks > 0.9985] = 0, 255
    return scan.with_pixels(page)


def fold(scan: Scan, rng: np.random.Generator) -> Scan:
    """Folded in three for the envelope: two creases with a dark and a light side."""
    page = grey(scan, rng).pixels.astype(np.float32)
    height = page.shape[0]
    rows = np.arange(height, dtype=np.float32)
    for third in (1 / 3, 2 / 3):
        middle = height * (third + rng.uniform(-0.02, 0.02))
        away = (rows - middle) / (height * 0.004)
        page += (-70 * np.exp(-(away**2)) + 25 * np.exp(-((away - 2.5) ** 2)))[:, None]
    return scan.with_pixels(page)


def yellowed(scan: Scan, rng: np.random.Generator) -> Scan:
    """Old paper: yellow-brown, darker towards the edges, the type faded."""
    page = 255 - (255 - scan.rgb.astype(np.float32)) * 0.72
    height, width = page.shape[:2]
    y, x = np.mgrid[-1 : 1 : complex(height), -1 : 1 : complex(width)].astype(np.float32)
    edge = 1 - 0.16 * np.clip(np.maximum(np.abs(x), np.abs(y)) - 0.55, 0, 1) * 2
    blotch = cv2.resize(
        rng.normal(0, 1, (24, 17)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )
    paper = np.array([238, 222, 186], np.float32) / 255 * (edge + 0.02 * blotch)[..., None]
    return clean(scan.with_pixels(page * paper), rng)


def bleed(scan: Scan, rng: np.random.Generator) -> Scan:
    """Thin paper: the other side shows through, mirrored."""
    back = cv2.GaussianBlur(scan.grey[:, ::-1], (0, 0), scan.dpi[0] / 160).astype(np.float32)
    back = np.roll(back, (int(rng.integers(20, 60)), int(rng.integers(-40, 40))), (0, 1))
    return grey(scan.with_pixels(np.minimum(scan.grey, 255 - (255 - back) * 0.32)), rng)


def rotated90(scan: Scan, rng: np.random.Generator) -> Scan:
    """Fed in sideways."""
    page = grey(scan, rng)
    return page.with_pixels(np.rot90(page.pixels, int(rng.choice((1, 3)))))


def rotated180(scan: Scan, rng: np.random.Generator) -> Scan:
    """Fed in upside down."""
    page = grey(scan, rng)
    return page.with_pixels(np.rot90(page.pixels, 2))


def fax(scan: Scan, rng: np.random.Generator) -> Scan:
    """A fax in fine mode: 204 × 196 dpi, black or white, a few lost lines."""
    return _faxed(scan, rng, (204, 196))


def fax_coarse(scan: Scan, rng: np.random.Generator) -> Scan:
    """A fax in standard mode: 204 × 98 dpi, so pixels are twice as high as wide."""
    return _faxed(scan, rng, (204, 98))


WEAR: dict[str, Wear] = {
    "clean": clean,
    "grey": grey,
    "skew": skew,
    "stamp": stamp,
    "photo": photo.photo,
    "shadow": photo.shadow,
    "perspective": photo.perspective,
    "fax": fax,
    "fax-coarse": fax_coarse,
    "low-dpi": low_dpi,
    "blur": blur,
    "jpeg": jpeg,
    "noise": noise,
    "fold": fold,
    "yellowed": yellowed,
    "bleed": bleed,
    "rotated90": rotated90,
    "rotated180": rotated180,
}


def wear(name: str, scan: Scan, seed: int) -> Scan:
    """The page after the wear called `name`; the same seed gives the same pixels. KeyError if unknown."""
    return WEAR[name](scan, np.random.default_rng(seed))


def resample(scan: Scan, dpi: int, down: int | None = None) -> Scan:
    """The page at another resolution (`down` where rows are farther apart than columns)."""
    across, rows = dpi, down or dpi
    height, width = scan.pixels.shape[:2]
    size = (round(width * across / scan.dpi[0]), round(height * rows / scan.dpi[1]))
    return Scan(
        np.asarray(cv2.resize(scan.pixels, size, interpolation=cv2.INTER_AREA), np.uint8), (across, rows)
    )


def _turn(scan: Scan, degrees: float) -> Scan:
    height, width = scan.pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    white = (255, 255, 255)
    turned = cv2.warpAffine(scan.pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=white)
    return scan.with_pixels(turned)


def _squeezed(scan: Scan, quality: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    target = io.BytesIO()
    Image.fromarray(scan.pixels).save(target, "JPEG", quality=quality)
    return np.asarray(Image.open(target), np.uint8)


def _faxed(scan: Scan, rng: np.random.Generator, dpi: tuple[int, int]) -> Scan:
    page = resample(replace(scan, pixels=as_grey(scan.pixels)), *dpi)
    page = page.with_pixels(page.pixels + rng.normal(0, 12, page.pixels.shape))
    bits = np.where(page.pixels > rng.integers(140, 165), 255, 0).astype(np.uint8)
    for row in rng.integers(0, bits.shape[0], 3):
        bits[row] = 255
    return page.with_pixels(bits)
