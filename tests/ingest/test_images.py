import io

import numpy as np
import pytest
from PIL import Image

from ingest import Limits, read_here
from ingest.drawing import draw_here
from ingest.formats.images import decode, open_file
from ingest.problems import ReadError
from ingest.sheets import Desk
from tests.ingest import paper

LINES = ["Kính gửi Ủy ban nhân dân phường", "Đơn đề nghị giải quyết tranh chấp", "Quyết định số 145/QĐ-UBND"]
FRAMES = [Image.fromarray(paper.page(line, dpi=150).pixels) for line in LINES]


def tiff(frames: list[Image.Image], **options: object) -> bytes:
    target = io.BytesIO()
    frames[0].save(target, "TIFF", save_all=True, append_images=frames[1:], **options)
    return target.getvalue()


@pytest.mark.parametrize("options", [{}, {"compression": "tiff_lzw"}, {"compression": "jpeg"}], ids=str)
def test_all_frames_of_a_tiff_are_pages(options: dict[str, str]) -> None:
    document = read_here(tiff(FRAMES, dpi=(150, 150), **options), "a.tif")
    assert [page.text for page in document.pages] == LINES


def test_fax_with_unequal_dots_is_stretched() -> None:
    fax = [
        Image.fromarray(paper.page(line, dpi=204).pixels).resize((1686, 1146)).convert("1") for line in LINES
    ]
    data = tiff(fax, compression="group4", dpi=(204, 98))
    document = read_here(data, "fax.tif")
    assert [page.size for page in document.pages] == [pytest.approx((595, 842), rel=0.01)] * 3
    assert document.pages[0].text == LINES[0]
    png = draw_here(data, "fax.tif", 2, 100, 0)
    assert png is not None
    width, height = Image.open(io.BytesIO(png)).size
    assert height / width == pytest.approx(842 / 595, rel=0.01)


@pytest.mark.parametrize(("tag", "turn"), [(1, 0), (3, 180), (6, 90), (8, 270)])
def test_telephone_that_was_held_sideways(tag: int, turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = tag
    upright = FRAMES[0]
    target = io.BytesIO()
    upright.rotate(turn, expand=True).save(target, "JPEG", exif=exif, dpi=(150, 150))
    document = read_here(target.getvalue(), "a.jpg")
    assert document.text == LINES[0]
    assert document.pages[0].rotation == 0
    assert document.pages[0].size == pytest.approx((595, 842), abs=1)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16", "RGB"])
def test_every_kind_of_dots(mode: str) -> None:
    image = Image.new("L", (30, 20), 255)
    image.paste(0, (0, 0, 10, 20))
    turned = (
        Image.fromarray(np.asarray(image).astype(np.uint16) * 257) if mode == "I;16" else image.convert(mode)
    )
    pixels = decode(turned, Limits()).pixels
    assert pixels.dtype == np.uint8
    assert pixels[:, :9].max() <= 60
    assert pixels[:, 12:].min() >= 200


def test_clear_paper_is_white() -> None:
    clear = Image.new("RGBA", (30, 20), (0, 0, 0, 0))
    assert decode(clear, Limits()).pixels.min() == 255


def test_large_photograph_is_decoded_small_and_keeps_its_size() -> None:
    target = io.BytesIO()
    Image.new("RGB", (4000, 3000), "white").save(target, "JPEG", dpi=(300, 300))
    limits = Limits(pixels=4_000_000)
    (sheet,) = open_file(target.getvalue(), Desk(limits), None).sheets
    picture = sheet.picture(300)
    assert picture is not None
    assert picture.pixels.shape[0] * picture.pixels.shape[1] <= 4_000_000
    assert picture.size == pytest.approx((960, 720), rel=0.01)


def test_large_bitmap_is_refused_before_it_is_decoded() -> None:
    target = io.BytesIO()
    Image.new("L", (4000, 3000)).save(target, "PNG")
    with pytest.raises(ReadError) as error:
        open_file(target.getvalue(), Desk(Limits(pixels=4_000_000)), None)
    assert error.value.code == "too_large_image"


@pytest.mark.parametrize("dpi", [None, (1, 1), (72, 72), (96, 96)], ids=str)
def test_size_is_that_of_a_sheet_where_the_file_does_not_know(dpi: tuple[int, int] | None) -> None:
    picture = FRAMES[0].resize((2480, 3508))
    if dpi:
        picture.info["dpi"] = dpi
    assert decode(picture, Limits()).size == pytest.approx((595, 842), abs=1)
