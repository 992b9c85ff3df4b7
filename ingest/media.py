"""What a file is, judged by its bytes; its name is only a claim."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EML = "message/rfc822"
TEXT = "text/plain"
HTML = "text/html"
JPEG, PNG, TIFF, WEBP = "image/jpeg", "image/png", "image/tiff", "image/webp"
OLE = "application/x-ole-storage"
ZIP = "application/zip"
RTF = "application/rtf"
UNKNOWN = "application/octet-stream"

# Endings under which a type may honestly travel, and its name in plain words.
ENDINGS: dict[str, frozenset[str]] = {
    PDF: frozenset({"pdf"}),
    DOCX: frozenset({"docx", "docm", "dotx"}),
    EML: frozenset({"eml", "txt", "mht"}),
    TEXT: frozenset({"txt", "text", "md", "csv", "log"}),
    HTML: frozenset({"html", "htm", "txt"}),
    JPEG: frozenset({"jpg", "jpeg", "jpe", "jfif"}),
    PNG: frozenset({"png"}),
    TIFF: frozenset({"tif", "tiff"}),
    WEBP: frozenset({"webp"}),
}
LABELS: dict[str, str] = {
    PDF: "PDF", DOCX: "Word", EML: "thư điện tử", TEXT: "tệp chữ", HTML: "trang web",
    JPEG: "ảnh JPEG", PNG: "ảnh PNG", TIFF: "ảnh TIFF", WEBP: "ảnh WebP",
}  # fmt: skip
_KNOWN_ENDINGS = frozenset().union(*ENDINGS.values()) | {"doc", "xls", "xlsx", "zip", "rtf", "heic"}

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"{\\rtf", RTF),
)
_HEADER = re.compile(
    rb"^(received|return-path|from|to|cc|subject|date|message-id|mime-version|content-type|delivered-to"
    rb"|reply-to|x-[\w-]+)[ \t]*:",
    re.IGNORECASE,
)
_FEWEST_PAIRS = 8
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1b")


def sniff(data: bytes, name: str | None = None) -> str:
    """Media type of `data` by its content; UNKNOWN where nothing fits.

    `name` only settles what bytes leave open: a text file whose first lines look like mail headers.
    """
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(b"PK"):
        return _zip_type(data, name)
    return _text_type(data, name) if looks_like_text(data) else UNKNOWN


def ending(name: str | None) -> str:
    """The ending of a file name, lower case, without its dot."""
    return PurePath(name or "").suffix.lower().lstrip(".")


def misnamed(media_type: str, name: str | None) -> bool:
    """Whether the name claims a known type that the content is not."""
    claimed = ending(name)
    return claimed in _KNOWN_ENDINGS and media_type in ENDINGS and claimed not in ENDINGS[media_type]


def looks_like_text(data: bytes) -> bool:
    """Whether the first 64 KiB are characters rather than binary data."""
    head = data[:65536]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if order := wide_order(head):
        wide = head[: len(head) // 2 * 2].decode(order, errors="replace")
        return not any(char < " " and char not in "\t\n\r\f" for char in wide)
    if not head or b"\x00" in head:
        return False
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in head)
    return controls <= len(head) // 200


def wide_order(head: bytes) -> str | None:
    """Byte order ("utf-16-le" or "utf-16-be") of UTF-16 without a mark, or None.

    Vietnamese text has ASCII blanks and letters everywhere, so one half of the bytes is often zero.
    """
    even, odd = head[0:2000:2].count(0), head[1:2000:2].count(0)
    pairs = len(head[:2000]) // 2
    if pairs < _FEWEST_PAIRS:
        return None
    if odd > 0.4 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.4 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def _zip_type(data: bytes, name: str | None) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        # A broken archive keeps the type that it claims, so that the clerk hears "corrupt".
        return DOCX if ending(name) in ENDINGS[DOCX] else ZIP
    return DOCX if "word/document.xml" in names else ZIP


def _text_type(data: bytes, name: str | None) -> str:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:15].lower().startswith((b"<!doctype html", b"<html")):
        return HTML
    lines = head.splitlines()
    while lines and lines[0].startswith((b"From ", b">From ")):
        del lines[0]
    headers = 0
    for line in lines:
        if line.startswith((b" ", b"\t")) and headers:
            continue
        if not _HEADER.match(line):
            break
        headers += 1
    return EML if headers >= (1 if ending(name) == "eml" else 2) else TEXT
