import cv2
import numpy as np
import pytest

from ingest.imaging import chain, ink, outline, skew, tone
from ingest.imaging.types import Picture
from tests.ingest import paper

DRAWN = paper.page(dpi=120)


@pytest.mark.parametrize("degrees", [-6.0, -2.5, -0.4, 0.0, 1.0, 4.6])
def test_skew_is_measured_to_a_tenth(degrees: float) -> None:
    assert skew.angle(paper.skewed(DRAWN, degrees)) == pytest.approx(degrees, abs=0.11)


def test_empty_page_has_no_skew() -> None:
    assert skew.angle(np.full((900, 600), 255, np.uint8)) == 0.0


def test_red_ink_goes_and_black_stays() -> None:
    rgb = np.full((50, 90, 3), 255, np.uint8)
    rgb[:, 30:60] = (215, 45, 50)
    rgb[:, 60:] = (20, 18, 22)
    grey = tone.to_grey(rgb)
    assert grey[:, 35:55].min() > 200
    assert grey[:, 65:].max() < 40


def test_blue_ink_stays() -> None:
    blue = np.full((20, 20, 3), (30, 50, 160), np.uint8)
    assert tone.to_grey(blue).max() < 100


def test_shadow_is_divided_away() -> None:
    shaded = paper.shadowed(paper.page("", dpi=100))[:, :, 1]
    assert np.ptp(shaded) > 100
    assert tone.even_light(shaded)[20:-20, 20:-20].min() > 225


def test_grain_is_found_and_thin_print_is_not_grain() -> None:
    noise = np.random.default_rng(3).normal(0, 30, DRAWN.pixels.shape)
    grainy = np.clip(DRAWN.pixels + noise, 0, 255).astype(np.uint8)
    assert tone.without_grain(DRAWN.pixels) is DRAWN.pixels
    assert (
        tone.without_grain(paper.page(dpi=80, points=9).pixels).std()
        == paper.page(dpi=80, points=9).pixels.std()
    )
    assert tone.grain(tone.without_grain(grainy)) < tone.grain(grainy) / 1.5


def test_bilevel_pages_are_left_as_they_are() -> None:
    fax = np.where(DRAWN.pixels > 128, 255, 0).astype(np.uint8)
    assert tone.is_bilevel(fax)
    assert not tone.is_bilevel(DRAWN.pixels)
    assert np.array_equal(chain.prepare(Picture(fax, 120)).grey, fax)


def test_sheet_on_a_desk_is_found() -> None:
    picture = Picture(paper.photographed(DRAWN), 120)
    corners = chain.find_sheet(picture)
    assert corners is not None
    height, width = DRAWN.pixels.shape
    page = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    wanted = page * 0.82 + np.array([[0.12, 0.08], [0.06, 0.11], [0.09, 0.10], [0.05, 0.06]]) * (
        width,
        height,
    )
    assert np.abs(corners - wanted).max() < 0.015 * height


@pytest.mark.parametrize("softness", [0.001, 0.02, 0.08])
@pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
def test_shadow_across_a_sheet_does_not_move_its_edge(share: float, softness: float) -> None:
    seen = paper.photographed(DRAWN)
    plain = chain.find_sheet(Picture(seen, 120))
    shaded = chain.find_sheet(Picture(paper.shaded(seen, share, softness), 120))
    assert plain is not None
    assert shaded is not None
    assert np.abs(shaded - plain).max() < 0.015 * seen.shape[0]


def test_lost_rows_of_a_fax_are_filled_and_others_left() -> None:
    whole, lost = paper.faxed(DRAWN, []), [112, 141, 400]
    holed = paper.faxed(DRAWN, lost)
    assert tone.without_lost_rows(whole) is whole
    mended = tone.without_lost_rows(holed)
    assert np.array_equal(np.delete(mended, lost, axis=0), np.delete(holed, lost, axis=0))
    assert np.count_nonzero(mended != whole) < 0.5 * np.count_nonzero(holed != whole)


@pytest.mark.parametrize(
    "pixels", [DRAWN.pixels, paper.shadowed(DRAWN), paper.stamped(DRAWN), paper.skewed(DRAWN, 4)]
)
def test_scan_without_an_edge_is_not_cropped(pixels: np.ndarray) -> None:
    assert chain.find_sheet(Picture(pixels, 120)) is None


def test_dirty_page_is_not_cropped() -> None:
    dirty = DRAWN.pixels.copy()
    cv2.circle(dirty, (200, 300), 180, 90, -1)
    dirty[:, :40] = 60
    assert outline.find(dirty) is None


@pytest.mark.parametrize("dpi", [100, 200, 300, 600])
@pytest.mark.parametrize("degrees", [0.0, 3.0])
def test_prepared_dots_are_led_back_to_the_picture(dpi: int, degrees: float) -> None:
    """A black mark is found on the prepared page, and its box mapped back must be the mark's place."""
    marked = paper.page(dpi=dpi)
    pixels = paper.skewed(marked, degrees)
    prepared = chain.prepare(Picture(pixels, dpi))
    box = (300, 400, 340, 420)
    x0, y0, x1, y1 = chain.map_back(prepared, box)
    there = np.linalg.inv(prepared.to_picture) @ [(x0 + x1) / 2, (y0 + y1) / 2, 1]
    assert there[:2] / there[2] == pytest.approx((320, 410), abs=0.5)
    assert prepared.grey.shape[0] == pytest.approx(11.69 * min(max(dpi, 150), 200), rel=0.01)


def test_coverage_counts_print_outside_the_boxes() -> None:
    boxes = [tuple(map(round, box)) for _, box in DRAWN.words]
    assert ink.coverage(DRAWN.pixels, boxes) > 0.97
    assert 0.35 < ink.coverage(DRAWN.pixels, boxes[: len(boxes) // 2]) < 0.65
    assert ink.coverage(np.full((300, 200), 255, np.uint8), []) == 1.0


def test_dust_is_not_print() -> None:
    page = np.full((1000, 700), 255, np.uint8)
    page[::211, ::173] = 0
    assert ink.is_blank(page)
    assert not ink.is_blank(paper.page("Kính gửi", dpi=100).pixels)


def test_faded_print_is_print() -> None:
    faded = (paper.page(dpi=150).pixels * 0.3 + 170).astype(np.uint8)
    assert not ink.is_blank(chain.prepare(Picture(faded, 150)).grey)
