"""Where evidence stands: spans of the text as marked segments, spans of a page as boxes over its image."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.document import Box

# Boxes on one line of writing are joined over gaps of up to this share of their height.
JOIN_GAP = 0.9


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a letter on which the line `line` of the proposal rests."""

    start: int
    end: int
    line: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text; `lines` are the proposal's lines that rest on it, `weak` says that reading it was hard."""

    text: str
    lines: tuple[str, ...] = ()
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle over a page image in PDF points, for one line of the proposal."""

    line: str
    box: Box


def segments(
    text: str, spans: Iterable[Span], weak: Iterable[tuple[int, int]] = (), offset: int = 0
) -> list[Segment]:
    """Cut `text` (which begins at `offset` of the letter) where marks begin and end.

    The segments joined give `text` again; spans outside of it are left out.
    """
    here = [
        replace(span, start=max(span.start - offset, 0), end=min(span.end - offset, len(text)))
        for span in spans
    ]
    here = [span for span in here if span.start < span.end]
    soft = sorted((start - offset, end - offset) for start, end in weak)
    starts = [start for start, _ in soft]
    cuts = {0, len(text)}
    cuts.update(place for span in here for place in (span.start, span.end))
    cuts.update(place for pair in soft for place in pair if 0 < place < len(text))
    places = sorted(cuts)
    return [
        Segment(
            text[start:end],
            tuple(dict.fromkeys(span.line for span in here if span.start <= start and end <= span.end)),
            # Words do not overlap, so only the last one that begins before can hold this piece.
            (last := bisect_right(starts, start)) > 0 and end <= soft[last - 1][1],
        )
        for start, end in pairwise(places)
    ]


def join_boxes(boxes: Iterable[Box]) -> list[Box]:
    """Boxes of words in reading order, those that follow each other on one line made one."""
    joined: list[Box] = []
    for box in boxes:
        if joined and _follows(joined[-1], box):
            last = joined[-1]
            joined[-1] = (last[0], min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
        else:
            joined.append(box)
    return joined


def _follows(left: Box, right: Box) -> bool:
    height = max(left[3] - left[1], right[3] - right[1])
    overlap = min(left[3], right[3]) - max(left[1], right[1])
    gap = right[0] - left[2]
    return overlap > 0.5 * min(left[3] - left[1], right[3] - right[1]) and -height < gap < JOIN_GAP * height
