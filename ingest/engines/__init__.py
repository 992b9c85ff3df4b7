"""Recognition of characters behind one port, so that the engine can be exchanged.

`create()` gives the engine that `DONTHU_OCR_ENGINE` names ("tesserocr" or "pytesseract").
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import cast

from ingest.engines.port import BLOCK, PAGE, Engine, RecognisedWord

__all__ = ["BLOCK", "ENGINES", "PAGE", "Engine", "RecognisedWord", "create"]

ENGINES = {
    "tesserocr": "ingest.engines.tesserocr_engine",
    "pytesseract": "ingest.engines.pytesseract_engine",
}


def create(name: str | None = None) -> Engine:
    """The engine called `name`, by default the one set in the environment, else tesserocr.

    Errors: `ReadError("engine_missing")` without Vietnamese data; KeyError for an unknown name.
    """
    module = import_module(ENGINES[name or os.environ.get("DONTHU_OCR_ENGINE") or "tesserocr"])
    return cast(Engine, module.create())
