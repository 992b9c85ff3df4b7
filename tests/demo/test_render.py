"""The renderer: what is set is what was written, wear is repeatable, files hold their pages."""

import io

import numpy as np
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from service.demo.render import (
    STYLES,
    WEAR,
    Scan,
    docx,
    draw,
    group4_tiff,
    image,
    scanned_pdf,
    truth,
    typed_pdf,
    typeset,
    wear,
)
from service.demo.render.blocks import Role, blocks
from service.demo.render.styles import A4

LETTER = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
ĐƠN KIẾN NGHỊ
Về việc thử máy
Kính gửi: Ủy ban nhân dân phường Đống Đa
Tôi là Nguyễn Văn Thử, viết thư này chỉ để thử máy, không có việc gì thật cả và cũng không ai phải xem.
Hà Nội, ngày 02 tháng 11 năm 2026
Người làm đơn
Nguyễn Văn Thử"""
SMALL = 72


@pytest.fixture(scope="module")
def page() -> Scan:
    return draw(typeset(LETTER, STYLES["times"])[0], SMALL, seed=1)


def test_each_line_has_its_role() -> None:
    assert [block.role for block in blocks(LETTER)] == [
        Role.STATE, Role.MOTTO, Role.TITLE, Role.SUBJECT, Role.ADDRESSEE, Role.BODY, Role.DATE,
        Role.SIGNATURE, Role.SIGNATURE,
    ]  # fmt: skip


def test_a_sentence_that_begins_like_a_closing_is_none() -> None:
    text = "Người làm đơn này xin phép được trình bày với các ông các bà ở phường\nHết"
    assert [block.role for block in blocks("Mở đầu\n" + text)] == [Role.BODY] * 3


words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)
lines = st.lists(words, min_size=1, max_size=40).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(st.lists(lines, min_size=1, max_size=60), st.sampled_from(sorted(STYLES)))
def test_no_word_is_lost_or_doubled(letter: list[str], style: str) -> None:
    text = "\n".join(letter)
    sheets = typeset(text, STYLES[style])
    # Page numbers are the last line of every page but the first.
    drop = 1 if STYLES[style].page_numbers else 0
    kept = [line.text for s in sheets for line in s.lines[: len(s.lines) - (drop if s.number > 1 else 0)]]
    assert " ".join(kept).split() == text.split()


@settings(max_examples=30, deadline=None)
@given(st.lists(lines, min_size=1, max_size=60))
def test_lines_stay_on_the_page_and_apart(letter: list[str]) -> None:
    style = STYLES["times"]
    for sheet in typeset("\n".join(letter), style):
        bases = [line.words[0].y for line in sheet.lines]
        assert bases == sorted(set(bases))
        assert all(style.top < base < A4[1] for base in bases)
        assert all(line.words[0].x >= style.left - 1 for line in sheet.lines)


def test_truth_breaks_pages_and_numbers_them() -> None:
    sheets = typeset(LETTER + "\n" + "một dòng\n" * 40, STYLES["times"])
    assert len(sheets) == 2
    assert truth(sheets).endswith("\n2")
    assert truth(sheets).count("\f") == 1


@pytest.mark.parametrize("name", sorted(WEAR))
def test_wear_is_repeatable_and_does_something(name: str, page: Scan) -> None:
    first, again = wear(name, page, 5), wear(name, page, 5)
    assert np.array_equal(first.pixels, again.pixels)
    assert first.pixels.dtype == np.uint8
    assert first.pixels.shape[:2] != page.pixels.shape[:2] or not np.array_equal(first.rgb, page.rgb)
    assert np.ptp(first.grey) > 100


def test_another_seed_wears_otherwise(page: Scan) -> None:
    assert not np.array_equal(wear("noise", page, 5).pixels, wear("noise", page, 6).pixels)


def test_wear_leaves_its_input_alone(page: Scan) -> None:
    before = page.pixels.copy()
    for name in WEAR:
        wear(name, page, 1)
    assert np.array_equal(page.pixels, before)


def test_a_stamp_is_red_and_a_fax_black_and_white(page: Scan) -> None:
    stamped = wear("stamp", page, 3).pixels.astype(int)
    assert ((stamped[..., 0] - stamped[..., 1]) > 60).sum() > 500
    fax = wear("fax-coarse", page, 3)
    assert set(np.unique(fax.pixels)) == {0, 255}
    assert fax.dpi == (204, 98)


def test_a_typed_pdf_holds_the_words() -> None:
    document = pypdfium2.PdfDocument(typed_pdf(typeset(LETTER, STYLES["times"])))
    text = document[0].get_textpage().get_text_range().replace("\u00ad", "-")
    assert text.split() == LETTER.split()


def test_files_hold_all_pages(page: Scan) -> None:
    assert len(pypdfium2.PdfDocument(scanned_pdf([page, page, page]))) == 3
    tiff = Image.open(io.BytesIO(group4_tiff([page, page])))
    assert (tiff.n_frames, tiff.info["compression"], tiff.mode) == (2, "group4", "1")
    assert Image.open(io.BytesIO(image(page, "PNG"))).size == page.pixels.shape[1::-1]


def test_a_docx_holds_the_lines() -> None:
    from docx import Document

    paragraphs = [p.text for p in Document(io.BytesIO(docx(LETTER))).paragraphs]
    assert paragraphs == LETTER.splitlines()
