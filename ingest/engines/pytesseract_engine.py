"""Tesseract as a program of its own (pytesseract): slower, but survives a fault of the library."""

from __future__ import annotations

import os
from importlib.metadata import version

import pytesseract

from ingest.engines import tessdata, tsv
from ingest.engines.port import PAGE, RecognisedWord
from ingest.imaging.types import Grey
from ingest.problems import ReadError

_RESOLUTION = 200


class PytesseractEngine:
    """Starts one `tesseract` per call."""

    def __init__(self) -> None:
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        self._data = tessdata.find()

    def version(self) -> str:
        """See `Engine.version`."""
        return f"pytesseract {version('pytesseract')} (tesseract {pytesseract.get_tesseract_version()})"

    def recognise(self, grey: Grey, psm: int = PAGE) -> list[RecognisedWord]:
        """See `Engine.recognise`."""
        config = f'--tessdata-dir "{self._data}" --oem 1 --psm {psm} --dpi {_RESOLUTION}'
        try:
            table = pytesseract.image_to_data(grey, lang=tessdata.LANGUAGE, config=config)
        except pytesseract.TesseractNotFoundError:
            raise ReadError("engine_missing") from None
        return tsv.parse(table)

    def orientation(self, grey: Grey) -> tuple[int, float]:
        """See `Engine.orientation`."""
        config = f'--tessdata-dir "{self._data}" --psm 0 --dpi {_RESOLUTION}'
        try:
            found = pytesseract.image_to_osd(
                grey, lang=tessdata.ORIENTATION, config=config, output_type=pytesseract.Output.DICT
            )
        except pytesseract.TesseractError:
            return 0, 0.0
        return int(found["orientation"]), float(found["orientation_conf"])


def create() -> PytesseractEngine:
    """The engine; Errors: `ReadError("engine_missing")` without Vietnamese data."""
    return PytesseractEngine()
