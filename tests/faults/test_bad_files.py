"""Every kind of bad file ends in its own problem, never in an exception, and through the child too."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from ingest import Limits, read, read_here
from tests.faults import files
from tests.ingest import paper

PAGE = paper.page("Kính gửi Ủy ban nhân dân phường Đống Đa", dpi=100)
PNG = paper.file(PAGE.pixels)
JPEG = paper.file(PAGE.pixels, "JPEG")
TIFF = paper.file(PAGE.pixels, "TIFF")
PDF = paper.file(PAGE.pixels, "PDF")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

FATAL = [
    ("nothing.pdf", b"", "empty_file"),
    ("cut.jpg", JPEG[: len(JPEG) // 2], "truncated"),
    ("cut.png", PNG[: len(PNG) // 2], "truncated"),
    ("cut.tif", TIFF[: len(TIFF) // 2], "truncated"),
    ("head.tif", TIFF[:6], "corrupt"),
    ("head.pdf", PDF[:40], "corrupt"),
    ("garbage.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20, "corrupt"),
    ("locked.pdf", files.locked_pdf(), "encrypted"),
    ("locked.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ("old.doc", OLE, "old_word"),
    ("none.pdf", files.pdf_pages(0), "no_pages"),
    ("bomb.png", files.png_header(60_000, 60_000), "too_large_image"),
    ("large.png", files.png_header(9_000, 9_000), "too_large_image"),
    ("broken.docx", b"PK\x03\x04" + bytes(200), "corrupt"),
    ("table.xlsx", b"PK\x05\x06" + bytes(18), "unsupported_type"),
    ("noise.bin", bytes(range(256)) * 8, "unsupported_type"),
    ("empty.eml", b"From: a@b.example\nSubject: \nDate: Mon, 1 Sep 2025 08:00:00 +0700\n\n", "empty_email"),
    ("blanks.txt", b"  \n\n ", "no_text"),
]


@pytest.mark.parametrize(("name", "data", "code"), FATAL, ids=[case[0] for case in FATAL])
def test_fatal_problem(name: str, data: bytes, code: str) -> None:
    document = read_here(data, name)
    assert not document.text.strip()
    assert code in {item.code for item in document.problems if item.fatal}


@pytest.mark.parametrize("case", [FATAL[0], FATAL[1], FATAL[7], FATAL[11]], ids=lambda case: case[0])
def test_the_child_says_the_same(case: tuple[str, bytes, str]) -> None:
    name, data, code = case
    assert read(data, name) == read_here(data, name)
    assert code in {item.code for item in read(data, name).problems}


def test_truncated_pdf_is_read_as_far_as_it_goes_and_says_so() -> None:
    document = read_here(PDF[: PDF.rindex(b"xref")], "cut.pdf")
    assert "Đống Đa" in document.text
    assert [item.code for item in document.problems] == ["maybe_truncated"]


def test_second_frame_of_a_cut_tiff_keeps_the_first() -> None:
    target = io.BytesIO()
    first = Image.fromarray(PAGE.pixels)
    first.save(target, "TIFF", save_all=True, append_images=[first.rotate(180)], dpi=(100, 100))
    document = read_here(target.getvalue()[:-20_000], "two.tif")
    assert "Đống Đa" in document.text
    assert {item.code for item in document.problems} & {"truncated", "maybe_truncated", "page_failed"}


def test_png_called_pdf_is_read_and_reported() -> None:
    document = read_here(PNG, "letter.pdf")
    assert "Đống Đa" in document.text
    assert [(item.code, item.fatal) for item in document.problems] == [("wrong_type", False)]
    assert "ảnh PNG" in document.problems[0].message


def test_three_hundred_pages_are_read_up_to_the_limit() -> None:
    text = b"BT /F1 12 Tf 70 700 Td (Kinh gui Uy ban nhan dan phuong Dong Da, toi lam don nay de nghi xem xet lai viec cap dat) Tj ET"
    document = read(files.pdf_pages(300, text), "long.pdf", Limits(pages=30))
    assert len(document.pages) == 30
    notes = {item.code: item for item in document.problems}
    assert not notes["too_many_pages"].fatal
    assert "300" in notes["too_many_pages"].message


def test_huge_pdf_page_is_drawn_within_bounds() -> None:
    document = read_here(files.pdf_pages(1, b"0 0 100 100 re f", (14_400, 14_400)), "wall.pdf")
    assert document.pages[0].size == pytest.approx((14_400, 14_400), rel=1e-3)
    assert {item.code for item in document.problems} <= {"no_words", "blank_page", "no_text"}


def test_swelling_docx_is_not_unpacked() -> None:
    document = read_here(files.swelling_docx(), "bomb.docx")
    assert [item.code for item in document.problems] == ["zip_bomb"]


def test_docx_with_entities_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>')
    assert [item.code for item in read_here(target.getvalue(), "a.docx").problems] == ["zip_bomb"]


def test_foreign_letter_is_read_and_reported() -> None:
    text = (
        "Dear Sir, I am writing to you about the noise that comes from the bar in our street every night. "
        * 3
    )
    document = read_here(text.encode(), "letter.txt")
    assert document.text == text
    assert [(item.code, item.fatal) for item in document.problems] == [("not_vietnamese", False)]


def test_file_beyond_the_size_limit_is_not_opened(tmp_path) -> None:
    path = tmp_path / "large.pdf"
    path.write_bytes(PDF)
    limits = Limits(file_bytes=1000)
    assert [item.code for item in read(path, limits=limits).problems] == ["too_large_file"]
    assert [item.code for item in read(PDF, "large.pdf", limits).problems] == ["too_large_file"]
