"""Tesseract inside this process (tesserocr): the default, 2.6 times cheaper than a call per page."""

from __future__ import annotations

import os
from functools import cached_property
from importlib.metadata import version

# Read when the library starts its threads: one page uses one core, pages run side by side.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

import tesserocr

from ingest.engines import tessdata, tsv
from ingest.engines.port import PAGE, RecognisedWord
from ingest.imaging.types import Grey

_RESOLUTION = 200


class TesserocrEngine:
    """One loaded model for one thread; `close` frees it."""

    def __init__(self) -> None:
        self._api = tesserocr.PyTessBaseAPI(
            path=str(tessdata.find()), lang=tessdata.LANGUAGE, oem=tesserocr.OEM.LSTM_ONLY
        )

    @cached_property
    def _orientation_api(self) -> tesserocr.PyTessBaseAPI | None:
        if not tessdata.available(tessdata.ORIENTATION):
            return None
        folder = str(tessdata.find(tessdata.ORIENTATION))
        return tesserocr.PyTessBaseAPI(path=folder, lang=tessdata.ORIENTATION, psm=tesserocr.PSM.OSD_ONLY)

    def version(self) -> str:
        """See `Engine.version`."""
        return f"tesserocr {version('tesserocr')} ({tesserocr.tesseract_version().splitlines()[0]})"

    def recognise(self, grey: Grey, psm: int = PAGE) -> list[RecognisedWord]:
        """See `Engine.recognise`."""
        self._api.SetPageSegMode(psm)
        _set_image(self._api, grey)
        words = tsv.parse(self._api.GetTSVText(0))  # one table gives text and boxes
        self._api.Clear()
        return words

    def orientation(self, grey: Grey) -> tuple[int, float]:
        """See `Engine.orientation`."""
        if self._orientation_api is None:
            return 0, 0.0
        _set_image(self._orientation_api, grey)
        found = self._orientation_api.DetectOrientationScript()
        self._orientation_api.Clear()
        return (int(found["orient_deg"]), float(found["orient_conf"])) if found else (0, 0.0)


def create() -> TesserocrEngine:
    """The engine, with its model loaded."""
    return TesserocrEngine()


def _set_image(api: tesserocr.PyTessBaseAPI, grey: Grey) -> None:
    height, width = grey.shape
    api.SetImageBytes(grey.tobytes(), width, height, 1, width)
    api.SetSourceResolution(_RESOLUTION)
