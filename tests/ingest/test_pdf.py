import io
import subprocess
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from ingest import Document, Method, read_here
from ingest.drawing import draw_here
from ingest.formats.pdf import trustworthy
from tests.faults import files
from tests.ingest import paper
from tests.ingest.test_syllables import TCVN3

WORDS = (
    "Kinh gui Uy ban nhan dan phuong Dong Da, toi lam don nay de nghi xem xet lai viec cap dat cho gia dinh"
)


def typed_page(text: str = WORDS, extra: bytes = b"") -> bytes:
    return extra + b" BT /F1 12 Tf 72 700 Td (" + text.encode("latin-1") + b") Tj ET"


def ink_under_boxes(data: bytes, document: Document) -> float:
    page = document.pages[0]
    png = draw_here(data, "", 1, 144, page.rotation)
    assert png is not None
    dark = np.asarray(Image.open(io.BytesIO(png)).convert("L")) < 128
    inside = np.zeros(dark.shape, bool)
    for word in page.words:
        assert word.box is not None
        x0, y0, x1, y1 = (round(2 * value) for value in word.box)
        inside[max(y0 - 1, 0) : y1 + 2, max(x0 - 1, 0) : x1 + 2] = True
    return float((dark & inside).sum() / dark.sum())


def test_text_layer_is_taken_with_its_boxes() -> None:
    data = files.pdf_pages(1, typed_page())
    document = read_here(data, "a.pdf")
    assert document.pages[0].method is Method.TEXT_LAYER
    assert document.text == WORDS
    assert document.pages[0].size == (595, 842)
    assert ink_under_boxes(data, document) > 0.98


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_boxes_follow_the_page_s_own_rotation(turn: int) -> None:
    file = pdfium.PdfDocument(files.pdf_pages(1, typed_page()))
    file[0].set_rotation(turn)
    file[0].set_cropbox(20, 30, 590, 800)
    target = io.BytesIO()
    file.save(target)
    document = read_here(target.getvalue(), "a.pdf")
    assert document.pages[0].size == pytest.approx((770, 570) if turn % 180 else (570, 770))
    assert ink_under_boxes(target.getvalue(), document) > 0.98


def test_vietnamese_text_layer_of_a_browser(tmp_path: Path) -> None:
    page = tmp_path / "letter.html"
    lines = "".join(f"<p>{line}</p>" for line in paper.LETTER.split("\n"))
    page.write_text(f'<meta charset="utf-8"><body style="font-family:Tinos;font-size:12px">{lines}', "utf-8")
    out = tmp_path / "letter.pdf"
    command = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--no-pdf-header-footer",
        f"--print-to-pdf={out}",
        str(page),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    document = read_here(out.read_bytes(), "letter.pdf")
    assert {found.method for found in document.pages} == {Method.TEXT_LAYER}
    assert document.text.split() == paper.LETTER.split()
    assert document.problems == ()


def joined(*parts: bytes) -> bytes:
    """One PDF of all pages of these."""
    whole = pdfium.PdfDocument.new()
    for part in parts:
        whole.import_pages(pdfium.PdfDocument(part))
    target = io.BytesIO()
    whole.save(target)
    return target.getvalue()


def test_each_page_of_a_mixed_pdf_is_decided_for_itself() -> None:
    scan = paper.file(paper.page("Kính gửi Ủy ban nhân dân phường Đống Đa").pixels, "PDF")
    document = read_here(joined(files.pdf_pages(1, typed_page()), scan), "mixed.pdf")
    assert [page.method for page in document.pages] == [Method.TEXT_LAYER, Method.OCR]
    assert document.pages[1].text == "Kính gửi Ủy ban nhân dân phường Đống Đa"
    assert [page.number for page in document.pages] == [1, 2]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_scan_with_rotation_is_read_as_shown(turn: int) -> None:
    file = pdfium.PdfDocument(paper.file(np.rot90(paper.page(dpi=150).pixels, turn // 90), "PDF", dpi=150))
    file[0].set_rotation(turn)
    target = io.BytesIO()
    file.save(target)
    document = read_here(target.getvalue(), "scan.pdf")
    assert document.pages[0].rotation == 0
    assert paper.character_errors(document.text, paper.LETTER) < 0.01
    assert ink_under_boxes(target.getvalue(), document) > 0.97


def test_scan_in_a_part_of_the_page_has_its_boxes_there() -> None:
    """The picture fills the middle only, so it may not be taken for the page."""
    drawn = paper.page("Kính gửi Ủy ban nhân dân phường Đống Đa\nĐơn khiếu nại quyết định")
    file = pdfium.PdfDocument(paper.file(drawn.pixels, "PDF"))
    file[0].set_mediabox(-60, -80, 655, 922)
    file[0].set_cropbox(-60, -80, 655, 922)
    target = io.BytesIO()
    file.save(target)
    document = read_here(target.getvalue(), "scan.pdf")
    assert document.text.split() == drawn.text.split()
    assert ink_under_boxes(target.getvalue(), document) > 0.97


def test_garbled_layer_is_not_believed_and_the_page_is_recognised() -> None:
    document = read_here(files.pdf_pages(1, typed_page(TCVN3[:90])), "old.pdf")
    assert document.pages[0].method is Method.OCR


def test_empty_page_is_blank() -> None:
    document = read_here(files.pdf_pages(1), "blank.pdf")
    assert [item.code for item in document.problems] == ["blank_page", "no_text"]


@pytest.mark.parametrize(
    ("text", "cover", "drawn", "expected"),
    [
        (paper.LETTER, 0.0, False, True),
        (paper.LETTER, 1.0, True, True),  # a searchable scan, well recognised
        ("Kinh gui Uy ban nhan dan phuong " * 9, 1.0, True, False),  # a searchable scan without diacritics
        ("Scanned by CamScanner", 1.0, True, False),
        ("", 0.0, True, False),  # outlines instead of letters
        ("", 0.0, False, True),
        ("Trang 2", 0.0, False, True),
        (
            "Dear Sir, this is what we have to say in the matter of the noise in our street " * 2,
            0.0,
            False,
            True,
        ),
    ],
)
def test_when_the_layer_is_trusted(text: str, cover: float, drawn: bool, expected: bool) -> None:
    assert trustworthy(text, cover, drawn=drawn) is expected
