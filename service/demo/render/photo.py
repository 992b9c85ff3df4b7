"""A page photographed with a telephone: seen at an angle, curled, badly lit."""

from __future__ import annotations

import io

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from service.demo.render.drawing import Scan

Plane = npt.NDArray[np.float32]
# Pixels of the long side of the picture: a cheap telephone that sends by messenger.
LONG_SIDE = 2600
QUALITY = 68


def photo(scan: Scan, rng: np.random.Generator) -> Scan:
    """On a desk: perspective, a curled edge, a shadow and the camera's own noise and squeezing."""
    page = _curled(scan.rgb.astype(np.float32), rng)
    picture = _on_desk(page, rng)
    picture *= _light(picture.shape[0], picture.shape[1], rng)[..., None]
    return _camera(picture, rng)


def perspective(scan: Scan, rng: np.random.Generator) -> Scan:
    """On a desk, flat and evenly lit, seen at an angle."""
    return _camera(_on_desk(scan.rgb.astype(np.float32), rng), rng)


def shadow(scan: Scan, rng: np.random.Generator) -> Scan:
    """Filling the picture, with the shadow of the hand that holds the telephone."""
    page = scan.rgb.astype(np.float32)
    return _camera(page * _light(page.shape[0], page.shape[1], rng)[..., None], rng)


def _curled(page: Plane, rng: np.random.Generator) -> Plane:
    """The lower part of the sheet bends: lines wave up and down by a few points."""
    height, width = page.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    bend = (
        np.sin(x / width * np.pi * rng.uniform(0.9, 1.4) + rng.uniform(0, 1))
        * height
        * rng.uniform(0.004, 0.009)
    )
    rows = y + bend * (y / height) ** 1.5
    curled = cv2.remap(page, x, rows, cv2.INTER_LINEAR, borderValue=(235, 235, 235))
    return np.asarray(curled, np.float32)


def _on_desk(page: Plane, rng: np.random.Generator) -> Plane:
    height, width = page.shape[:2]
    tall, wide = round(height * 1.12), round(width * 1.14)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    slip = rng.uniform(0.0, 0.05, (4, 2)) * (width, height)
    slip[:, 0] *= (1, -1, -1, 1)
    slip[:, 1] *= (1, 1, -1, -1)
    seen = corners + np.array([(wide - width) / 2, (tall - height) / 2]) + slip
    matrix = cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
    sheet = cv2.warpPerspective(page * 0.96, matrix, (wide, tall), flags=cv2.INTER_LINEAR)
    cover = cv2.warpPerspective(np.ones((height, width), np.float32), matrix, (wide, tall))[..., None]
    return np.asarray(sheet * cover + _desk(tall, wide, rng) * (1 - cover), np.float32)


def _desk(height: int, width: int, rng: np.random.Generator) -> Plane:
    """Wood: brown with long dark grain."""
    grain = cv2.resize(rng.normal(0, 1, (height // 6, 24)).astype(np.float32), (width, height))
    colour = np.array(((92, 66, 45), (70, 72, 76), (120, 92, 62))[int(rng.integers(3))], np.float32)
    return np.asarray(colour + 9 * grain[..., None], np.float32)


def _light(height: int, width: int, rng: np.random.Generator) -> Plane:
    """Share of light at each point: a lamp to one side and the soft edge of a shadow across the page."""
    y, x = np.mgrid[0 : 1 : complex(height), 0 : 1 : complex(width)].astype(np.float32)
    angle, place = rng.uniform(-0.9, 0.9), rng.uniform(0.35, 0.65)
    edge = (x - place) * np.cos(angle) + (y - 0.5) * np.sin(angle)
    dark = rng.uniform(0.38, 0.55)
    shade = dark + (1 - dark) / (1 + np.exp(-edge * rng.uniform(9, 18)))
    return np.asarray(shade * (0.86 + 0.14 * (1 - y)), np.float32)


def _camera(picture: Plane, rng: np.random.Generator) -> Scan:
    height, width = picture.shape[:2]
    factor = min(LONG_SIDE / max(height, width), 1.0)
    small = cv2.resize(picture, (round(width * factor), round(height * factor)), interpolation=cv2.INTER_AREA)
    small = small + rng.normal(0, 3.5, small.shape)
    target = io.BytesIO()
    Image.fromarray(np.clip(small, 0, 255).astype(np.uint8)).save(target, "JPEG", quality=QUALITY)
    # A telephone writes no true resolution; 72 is what such files say.
    return Scan(np.asarray(Image.open(target), np.uint8), (72, 72))
