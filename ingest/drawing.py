"""Draws one page of a file as people are shown it."""

from __future__ import annotations

import io

from ingest.reader import open_safely
from ingest.sheets import Desk


def draw_here(data: bytes, name: str, page_number: int, dpi: float, rotation: int) -> bytes | None:
    """PNG of page `page_number` (from 1), turned upright by `rotation`; None for typed pages.

    Also None where the file has no such page or it cannot be drawn: the document's problems say why.
    """
    sheets = open_safely(data, name, Desk()).sheets
    if not 1 <= page_number <= len(sheets):
        return None
    picture = sheets[page_number - 1].picture(dpi)
    if picture is None:
        return None
    from PIL import Image

    target = io.BytesIO()
    Image.fromarray(picture.turned(rotation).pixels).save(target, "PNG", compress_level=3)
    return target.getvalue()
