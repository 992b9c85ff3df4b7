"""Word documents (.docx): typed text in reading order, and scans that were pasted in.

The parts are read straight from the archive: text boxes, headers and tables are wanted in their place,
and nothing is unpacked before its size is known.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from ingest.formats import images
from ingest.problems import ReadError
from ingest.sheets import Desk, Opened, Sheet, TypedSheet

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TABLE, _ROW, _CELL = f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc"
# The same text box is stored twice (Choice and Fallback); deleted text and field codes are not text.
_SKIPPED = frozenset(
    {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}pPr", f"{_W}rPr"}
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_SPACES = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_HEADER = re.compile(r"word/header\d*\.xml")
_FOOTER = re.compile(r"word/footer\d*\.xml")
_MEDIA = re.compile(r"word/media/[^/]+\.(jpe?g|png|tiff?)", re.IGNORECASE)
_LARGEST_RATIO = 200
_SMALL_PART = 2**20
_SMALLEST_SCAN = 600


def open_file(data: bytes, desk: Desk, part: str | None) -> Opened:
    """One typed sheet with the whole text, then one sheet per pasted scan.

    Errors: `ReadError` "corrupt", "encrypted", "zip_bomb".
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _guard(archive, desk)
        text = _text(archive)
        scans = _scans(archive, desk, part)
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, EOFError, OSError, ValueError) as error:
        raise ReadError("corrupt") from error
    except (NotImplementedError, RuntimeError) as error:  # an unknown method, a password on a member
        raise ReadError("encrypted") from error
    typed: list[Sheet] = [TypedSheet(text, part)] if text.strip() or not scans else []
    return Opened(typed + scans)


def _guard(archive: zipfile.ZipFile, desk: Desk) -> None:
    members = archive.infolist()
    swollen = any(
        member.file_size > _SMALL_PART and member.file_size > _LARGEST_RATIO * max(member.compress_size, 1)
        for member in members
    )
    if swollen or sum(member.file_size for member in members) > desk.limits.unpacked_bytes:
        raise ReadError("zip_bomb")


def _text(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    headers = _distinct(archive, [name for name in names if _HEADER.fullmatch(name)])
    footers = _distinct(archive, [name for name in names if _FOOTER.fullmatch(name)])
    body = _part_text(archive, "word/document.xml")
    return "\n".join(piece for piece in (*headers, body, *footers) if piece.strip())


def _distinct(archive: zipfile.ZipFile, names: list[str]) -> list[str]:
    """Texts of these parts, each once: first, even and odd pages often repeat one header."""
    return list(dict.fromkeys(_part_text(archive, name) for name in sorted(names)))


def _part_text(archive: zipfile.ZipFile, name: str) -> str:
    source = archive.read(name)
    if b"<!DOCTYPE" in source or b"<!ENTITY" in source:
        # Word writes none; entities are how XML is made to swell.
        raise ReadError("zip_bomb")
    return "\n".join(_blocks(ElementTree.fromstring(source)))  # noqa: S314  # entities refused above


def _blocks(node: ElementTree.Element) -> Iterator[str]:
    """Lines of text below `node`: one per paragraph, one per table row."""
    for child in node:
        if child.tag == _PARAGRAPH:
            yield from _paragraph(child)
        elif child.tag == _TABLE:
            for row in child.iter(_ROW):
                yield "\t".join(" ".join(_blocks(cell)).strip() for cell in row.findall(_CELL))
        elif child.tag not in _SKIPPED:
            yield from _blocks(child)


def _paragraph(node: ElementTree.Element) -> Iterator[str]:
    """The paragraph's own text, then the text boxes anchored in it."""
    pieces: list[str] = []
    boxes: list[str] = []
    _collect(node, pieces, boxes)
    yield "".join(pieces)
    yield from boxes


def _collect(node: ElementTree.Element, pieces: list[str], boxes: list[str]) -> None:
    for child in node:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}txbxContent":
            boxes.extend(_blocks(child))
        elif child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag in _SPACES:
            pieces.append(_SPACES[child.tag])
        else:
            _collect(child, pieces, boxes)


def _scans(archive: zipfile.ZipFile, desk: Desk, part: str | None) -> list[Sheet]:
    """Sheets of pictures large enough to be pages; logos and small pictures are left out."""
    sheets: list[Sheet] = []
    for name in sorted(filter(_MEDIA.fullmatch, archive.namelist()), key=_natural):
        data = archive.read(name)
        try:
            if min(images.size(data)) >= _SMALLEST_SCAN:
                sheets += images.open_file(data, desk, part).sheets
        except ReadError:
            continue  # a broken or huge illustration does not make the letter unreadable
    return sheets


def _natural(name: str) -> tuple[int, str]:
    digits = re.findall(r"\d+", name)
    return (int(digits[-1]) if digits else 0), name
