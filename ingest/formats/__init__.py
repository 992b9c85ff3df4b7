"""One module per kind of file; each offers `open_file(data, desk, part) -> Opened`."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import cast

from ingest import media
from ingest.problems import ReadError, problem
from ingest.sheets import Desk, Opened

_MODULES = {
    media.PDF: "pdf",
    media.JPEG: "images",
    media.PNG: "images",
    media.TIFF: "images",
    media.WEBP: "images",
    media.DOCX: "docx",
    media.TEXT: "text",
    media.HTML: "html",
    media.EML: "mail",
}


def supported(media_type: str) -> bool:
    """Whether files of this type can be read."""
    return media_type in _MODULES


def open_bytes(data: bytes, name: str, desk: Desk, part: str | None = None) -> Opened:
    """Open a file of any supported type; `part` names the attachment that it is.

    Errors: `ReadError`; also errors of the format's library, which mean a corrupt file.
    """
    if not data:
        raise ReadError("empty_file")
    media_type = media.sniff(data, name)
    if media_type == media.OLE:
        raise ReadError("encrypted" if _is_locked_office(data) else "old_word")
    if media_type not in _MODULES:
        raise ReadError("unsupported_type")
    # Loaded by name, because a text file must not pay for the libraries of scans.
    module = import_module(f"ingest.formats.{_MODULES[media_type]}")
    opened = cast(Opened, module.open_file(data, desk, part))
    if media.misnamed(media_type, name):
        opened.problems.append(problem("wrong_type", name=media.LABELS[media_type]))
    return _shortened(opened, desk)


def _is_locked_office(data: bytes) -> bool:
    return "EncryptedPackage".encode("utf-16-le") in data


def _shortened(opened: Opened, desk: Desk) -> Opened:
    count = len(opened.sheets)
    if count <= desk.limits.pages:
        return opened
    note = problem("too_many_pages", count=count)
    return replace(opened, sheets=opened.sheets[: desk.limits.pages], problems=[*opened.problems, note])
