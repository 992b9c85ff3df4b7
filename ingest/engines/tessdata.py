"""Where Tesseract's language data lies on this machine."""

from __future__ import annotations

import os
from pathlib import Path

from ingest.problems import ReadError

LANGUAGE = "vie"
ORIENTATION = "osd"
_PLACES = (
    *sorted(Path("/usr/share/tesseract-ocr").glob("*/tessdata"), reverse=True),
    Path("/usr/share/tessdata"),
    Path("/usr/local/share/tessdata"),
)


def find(language: str = LANGUAGE) -> Path:
    """Folder that holds `language`.traineddata: TESSDATA_PREFIX first, then the system's newest.

    Errors: `ReadError("engine_missing")`.
    """
    folders = [Path(os.environ["TESSDATA_PREFIX"])] if os.environ.get("TESSDATA_PREFIX") else []
    for folder in (*folders, *_PLACES):
        if (folder / f"{language}.traineddata").is_file():
            return folder
    raise ReadError("engine_missing")


def available(language: str) -> bool:
    """Whether the data of `language` is installed."""
    try:
        find(language)
    except ReadError:
        return False
    return True
