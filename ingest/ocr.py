"""Reads the picture of a page: prepares it, recognises it, and tries again where that looks worth it.

Every second attempt is kept only if it reads more characters that can be trusted.
"""

from __future__ import annotations

from dataclasses import dataclass

from ingest import strokes
from ingest.document import Box, Method, Page, Problem
from ingest.engines.port import BLOCK, PAGE, Engine, RecognisedWord
from ingest.imaging import chain, ink
from ingest.imaging.types import POINTS_PER_INCH, Picture
from ingest.problems import problem
from ingest.words import PlacedWord, compose, mean_confidence

LOW_QUALITY = 0.88
_DOUBTFUL = 0.70
_SURE_OF_SHEET = 0.90
_AT_THE_EDGE, _LINES_CUT = 0.008, 3
_TRUSTED_WORD = 0.60
_SEEN_ENOUGH = 0.85
_SURE_OF_TURN = 2.0
_LANDSCAPE = 1.15


@dataclass(frozen=True)
class Attempt:
    """One reading of a picture that was turned upright by `turn` degrees."""

    picture: Picture
    prepared: chain.Prepared
    words: list[RecognisedWord]
    turn: int

    @property
    def confidence(self) -> float:
        """Mean word confidence (0..1); 0 without words."""
        return sum(word.confidence for word in self.words) / len(self.words) if self.words else 0.0

    @property
    def trusted(self) -> float:
        """Characters that can be trusted, weighted by confidence: what attempts are compared by."""
        return sum(len(w.text) * w.confidence for w in self.words if w.confidence >= _TRUSTED_WORD)


def read_picture(
    picture: Picture, engine: Engine, number: int, part: str | None = None
) -> tuple[Page, list[Problem]]:
    """The page in `picture`, its boxes in the upright picture, and what people have to know of it."""
    best = _read(picture, engine)
    text, words = compose(_placed(best))
    page = Page(
        number=number,
        method=Method.OCR,
        text=text,
        words=words,
        size=best.picture.size,
        confidence=mean_confidence(words),
        rotation=best.turn,
        part=part,
    )
    return page, _judge(page, best)


def _read(picture: Picture, engine: Engine) -> Attempt:
    height, width = picture.pixels.shape[:2]
    turn = _turn(chain.prepare(picture), engine) if width > _LANDSCAPE * height else 0
    best = _upright(picture.turned(turn), engine, turn)
    if best.confidence >= _DOUBTFUL or ink.is_blank(best.prepared.grey):
        return best
    # Badly read: the page may lie on its side, or the turn just made was wrong.
    other = 0 if turn else _turn(best.prepared, engine)
    return best if other == turn else _better(best, _upright(picture.turned(other), engine, other))


def _turn(prepared: chain.Prepared, engine: Engine) -> int:
    """Clockwise turn of the page in degrees; 0 unless the engine is sure."""
    turn, confidence = engine.orientation(prepared.grey)
    return turn % 360 if confidence >= _SURE_OF_TURN else 0


def _upright(picture: Picture, engine: Engine, turn: int) -> Attempt:
    sheet = chain.find_sheet(picture)
    best = _attempt(picture, chain.prepare(picture, sheet), engine, turn)
    if sheet is not None and best.confidence < _SURE_OF_SHEET:
        best = _better(best, _attempt(picture, chain.prepare(picture), engine, turn))
    if ink.coverage(best.prepared.grey, (word.box for word in best.words)) < _SEEN_ENOUGH:
        best = _better(best, _attempt(picture, best.prepared, engine, turn, BLOCK))
    return best


def _attempt(
    picture: Picture, prepared: chain.Prepared, engine: Engine, turn: int, psm: int = PAGE
) -> Attempt:
    words = [] if ink.is_blank(prepared.grey) else engine.recognise(prepared.grey, psm)
    return Attempt(picture, prepared, strokes.without(words), turn)


def _better(first: Attempt, second: Attempt) -> Attempt:
    return second if second.trusted > first.trusted else first


def _placed(attempt: Attempt) -> list[PlacedWord]:
    scale = POINTS_PER_INCH / attempt.picture.dpi
    return [
        PlacedWord(word.text, _in_points(attempt, word, scale), word.confidence, word.line, word.block)
        for word in attempt.words
    ]


def _in_points(attempt: Attempt, word: RecognisedWord, scale: float) -> Box:
    x0, y0, x1, y1 = chain.map_back(attempt.prepared, word.box)
    return round(x0 * scale, 2), round(y0 * scale, 2), round(x1 * scale, 2), round(y1 * scale, 2)


def _judge(page: Page, attempt: Attempt) -> list[Problem]:
    if page.confidence is None:
        code = "blank_page" if ink.is_blank(attempt.prepared.grey) else "no_words"
        return [problem(code, page=page.number)]
    found = []
    if page.confidence < LOW_QUALITY:
        found.append(problem("low_quality", page=page.number))
    if _is_cut_off(attempt):
        found.append(problem("cut_off", page=page.number))
    return found


def _is_cut_off(attempt: Attempt) -> bool:
    """Whether several lines run into the left or right edge: what is missing there lowers no confidence.

    So it is where the edge of a hard shadow was taken for the edge of the sheet.
    """
    width = attempt.prepared.grey.shape[1]
    margin = _AT_THE_EDGE * width
    reaching = {
        word.line
        for word in attempt.words
        if any(map(str.isalnum, word.text)) and (word.box[0] <= margin or word.box[2] >= width - margin)
    }
    return len(reaching) >= _LINES_CUT
