"""Damaged pages are read, and the boxes lie on the words of the page as it is shown."""

import io
from functools import cache

import numpy as np
import pytest
from PIL import Image

from ingest import Document, read_here
from ingest.drawing import draw_here
from ingest.engines import Engine, create
from ingest.sheets import Desk
from tests.ingest import paper

DRAWN = paper.page()
FINE = paper.page(dpi=300)
_NOISE = np.random.default_rng(7)


@cache
def engine() -> Engine:
    return create()


def speckled(pixels: np.ndarray) -> np.ndarray:
    chance = _NOISE.random(pixels.shape)
    return np.where(chance < 0.02, 0, np.where(chance > 0.98, 255, pixels)).astype(np.uint8)


def faded(pixels: np.ndarray) -> np.ndarray:
    return (pixels * 0.25 + 150).astype(np.uint8)


def carbon(pixels: np.ndarray) -> np.ndarray:
    ink, paper_level = _NOISE.normal(150, 35, pixels.shape), _NOISE.normal(225, 8, pixels.shape)
    return np.clip(np.where(pixels < 128, ink, paper_level), 0, 255).astype(np.uint8)


def middle_of(line: int) -> int:
    """The row of dots through the small letters of a line of `DRAWN`."""
    return round((60 + line * 13 * 1.75 + 8.5) * DRAWN.dpi / 72)


LOST_ROWS = [middle_of(line) for line in (4, 9, 14)]

PAGES = {
    "clean": (paper.file(DRAWN.pixels), 0),
    "clean at 300 dpi": (paper.file(FINE.pixels, dpi=300), 0),
    "coarse": (paper.file(paper.page(dpi=100).pixels, dpi=100), 0),
    "skewed 3°": (paper.file(paper.skewed(DRAWN, 3)), 0),
    "skewed -5°": (paper.file(paper.skewed(DRAWN, -5)), 0),
    "red stamp": (paper.file(paper.stamped(DRAWN)), 0),
    "shadow": (paper.file(paper.shadowed(DRAWN), "JPEG"), 0),
    "faded": (paper.file(faded(DRAWN.pixels)), 0),
    "carbon copy": (paper.file(carbon(DRAWN.pixels)), 0),
    "speckles": (paper.file(speckled(DRAWN.pixels)), 0),
    "photographed": (paper.file(paper.photographed(FINE), "JPEG", dpi=72), 0),
    "photographed in shadow": (
        paper.file(paper.shaded(paper.photographed(FINE), 0.4, 0.03), "JPEG", dpi=72),
        0,
    ),
    "fax with lost rows": (paper.file(paper.faxed(DRAWN, LOST_ROWS)), 0),
    "turned 90°": (paper.file(np.rot90(DRAWN.pixels, -1)), 90),
    "turned 180°": (paper.file(np.rot90(DRAWN.pixels, 2)), 180),
    "turned 270°": (paper.file(np.rot90(DRAWN.pixels, 1)), 270),
}


def read(data: bytes) -> Document:
    return read_here(data, "", Desk(make_engine=engine))


def ink_share(data: bytes, document: Document) -> float:
    """Share of the dark dots of the page as shown that lie inside the word boxes."""
    page = document.pages[0]
    png = draw_here(data, "", 1, 110, page.rotation)
    assert png is not None
    assert page.size is not None
    shown = np.asarray(Image.open(io.BytesIO(png)).convert("L"))
    scale = shown.shape[1] / page.size[0]
    inside = np.zeros(shown.shape, bool)
    for word in page.words:
        assert word.box is not None
        x0, y0, x1, y1 = (round(value * scale) for value in word.box)
        inside[max(y0 - 1, 0) : y1 + 1, max(x0 - 1, 0) : x1 + 1] = True
    dark = shown < 100
    return float((dark & inside).sum() / dark.sum())


@pytest.mark.parametrize("name", PAGES)
def test_damaged_page_is_read(name: str) -> None:
    data, turn = PAGES[name]
    document = read(data)
    assert paper.character_errors(document.text, paper.LETTER) < 0.01
    assert document.pages[0].rotation == turn
    assert document.problems == ()


@pytest.mark.parametrize("name", ["clean", "skewed 3°", "skewed -5°", "turned 90°", "turned 180°"])
def test_boxes_lie_on_the_ink_of_the_page_as_shown(name: str) -> None:
    data, _ = PAGES[name]
    assert ink_share(data, read(data)) > 0.97


def test_boxes_of_a_photograph_lie_on_its_words() -> None:
    """The desk is dark too, so single words are looked at: paper and ink, not paper alone or desk."""
    data, _ = PAGES["photographed"]
    document = read(data)
    page = document.pages[0]
    png = draw_here(data, "", 1, 110, page.rotation)
    assert png is not None
    assert page.size is not None
    shown = np.asarray(Image.open(io.BytesIO(png)).convert("L")).astype(float)
    scale = shown.shape[1] / page.size[0]
    for word in (word for word in page.words if len(word.text) > 1):
        assert word.box is not None
        x0, y0, x1, y1 = (round(value * scale) for value in word.box)
        patch = shown[y0:y1, x0:x1]
        assert patch.max() > 190
        assert patch.min() < 150


def test_offsets_lead_to_the_boxes_of_their_words() -> None:
    drawn = paper.page("Kính gửi Ủy ban nhân dân phường Đống Đa\nquyết định số 145/QĐ-UBND ngày 20/08/2025")
    document = read(paper.file(drawn.pixels))
    start = document.text.index("145/QĐ-UBND")
    ((number, box),) = document.boxes(start, start + len("145/QĐ-UBND"))
    (wanted,) = [place for word, place in drawn.words if word == "145/QĐ-UBND"]
    assert number == 1
    assert np.abs(np.subtract(np.multiply(box, 200 / 72), wanted)).max() < 6


def test_blank_page_is_told_from_one_that_cannot_be_read() -> None:
    blank = np.full((1169, 827), 250, np.uint8)
    scribble = blank.copy()
    scribble[300:600, 200:600] = 0
    assert [item.code for item in read(paper.file(blank)).problems] == ["blank_page", "no_text"]
    assert "no_words" in [item.code for item in read(paper.file(scribble)).problems]


def test_words_that_run_into_the_edge_ask_for_a_person() -> None:
    cut = paper.file(np.ascontiguousarray(DRAWN.pixels[:, round(1.2 * DRAWN.dpi) :]))
    assert [item.code for item in read(cut).problems] == ["cut_off"]


def test_blurred_page_asks_for_a_person() -> None:
    small = Image.fromarray(DRAWN.pixels).resize((300, 424)).resize((1653, 2339))
    document = read(paper.file(np.asarray(small)))
    assert {item.code for item in document.problems} & {"low_quality", "no_words"}
