import io
import zipfile

import pytest

from ingest import media, sniff
from tests.ingest import paper

PAGE = paper.page("Kính gửi", dpi=72).pixels
MAIL = b"Return-Path: <a@b.example>\nFrom: A <a@b.example>\nSubject: Don\n\nKinh gui"


def zipped(name: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(name, "x")
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (paper.file(PAGE), "a.pdf", media.PNG),
        (paper.file(PAGE, "JPEG"), "", media.JPEG),
        (paper.file(PAGE, "TIFF"), "", media.TIFF),
        (paper.file(PAGE, "WEBP"), "", media.WEBP),
        (paper.file(PAGE, "PDF"), "a.png", media.PDF),
        (b"junk before\n" + paper.file(PAGE, "PDF"), "", media.PDF),
        (zipped("word/document.xml"), "a.zip", media.DOCX),
        (zipped("a.txt"), "a.docx", media.ZIP),
        (MAIL, "a.txt", media.EML),
        (b"From a@b.example Mon Sep 1\n" + MAIL, "", media.EML),
        (b"Subject: mot dong\n\nKinh gui", "a.eml", media.EML),
        ("Kính gửi: Ủy ban\nFrom: đâu đó".encode(), "a.txt", media.TEXT),
        ("Kính gửi".encode("utf-16"), "", media.TEXT),
        ("Kính gửi Ủy ban nhân dân".encode("utf-16-le"), "", media.TEXT),
        ("<!DOCTYPE html><p>Kính gửi".encode(), "", media.HTML),
        (b"{\\rtf1 abc}", "a.doc", media.RTF),
        (bytes(100), "a.txt", media.UNKNOWN),
        (b"MZ\x00", "a.exe", media.UNKNOWN),
        (b"M\x00\x01\x00\x02\x00" * 50, "a.bin", media.UNKNOWN),
        (b"", "a.txt", media.UNKNOWN),
    ],
)
def test_content_decides(data: bytes, name: str, expected: str) -> None:
    assert sniff(data, name) == expected


@pytest.mark.parametrize(
    ("media_type", "name", "expected"),
    [
        (media.PNG, "a.pdf", True),
        (media.PNG, "a.PNG", False),
        (media.JPEG, "a.jpeg", False),
        (media.PDF, "don", False),
        (media.PDF, "so.145.2025", False),
        (media.EML, "a.txt", False),
    ],
)
def test_name_that_claims_something_else(media_type: str, name: str, expected: bool) -> None:
    assert media.misnamed(media_type, name) is expected
