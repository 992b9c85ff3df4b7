"""Two letters side by side, with the passages that they share."""

from __future__ import annotations

from difflib import SequenceMatcher
from re import finditer

from fastapi import APIRouter
from fastapi.responses import Response

from nlp import fold
from service.accounts.rights import Right, may
from service.desk import links
from service.desk.opening import open_letter
from service.store.tables import PetitionState
from service.web.highlights import Segment, Span, segments
from service.web.visit import Looking

router = APIRouter()
MAX_WORDS = 3000
# Fewer words in a row than this are shared by letters that have nothing to do with each other.
MIN_RUN = 4


@router.get("/doi-chieu/{petition_id}/{other_id}")
def side_by_side(visit: Looking, petition_id: int, other_id: int) -> Response:
    """Both letters; the reader has to be allowed to see both."""
    left = open_letter(visit.session, visit.user, petition_id)
    right = open_letter(visit.session, visit.user, other_id)
    marked = shared_passages(left.text, right.text)
    between = [
        entry.link
        for entry in links.earlier_letters(visit.session, visit.user, left)
        if entry.petition and entry.petition.id == other_id
    ]
    return visit.page(
        "compare.html",
        left=left,
        right=right,
        links=between,
        home="/soat-xet" if left.state == PetitionState.REVIEW and may(visit.user, Right.REVIEW) else "/don",
        marked_texts=marked,
        share=share_of(marked[0]),
    )


def shared_passages(left: str, right: str) -> tuple[list[Segment], list[Segment]]:
    """Both texts cut into segments; those of passages found in both carry the line "shared".

    Compares the first `MAX_WORDS` words without tones and punctuation, in the order of both letters.
    """
    ours, theirs = _words(left), _words(right)
    matcher = SequenceMatcher(None, [word for word, _, _ in ours], [word for word, _, _ in theirs], False)
    runs = [block for block in matcher.get_matching_blocks() if block.size >= MIN_RUN]
    left_spans = [Span(ours[run.a][1], ours[run.a + run.size - 1][2], "shared") for run in runs]
    right_spans = [Span(theirs[run.b][1], theirs[run.b + run.size - 1][2], "shared") for run in runs]
    return segments(left, left_spans), segments(right, right_spans)


def share_of(marked: list[Segment]) -> float:
    """How much of a text (0..1, by characters) lies in shared passages."""
    total = sum(len(segment.text) for segment in marked)
    return sum(len(segment.text) for segment in marked if segment.lines) / total if total else 0.0


def _words(text: str) -> list[tuple[str, int, int]]:
    folded = fold(text)
    found = [(match.group(), match.start(), match.end()) for match in finditer(r"\w+", folded)]
    return found[:MAX_WORDS]
