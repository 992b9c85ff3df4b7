"""Tra cứu: letters by words, exact tones first, then without tones."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import Response

from nlp import fold
from service.desk.search import Hit, Query, search
from service.web.highlights import Segment, Span, segments
from service.web.site import day_of
from service.web.visit import Looking

router = APIRouter()
ASKED = ("q", "loai", "linh_vuc", "trang_thai", "don_vi", "tu", "den")
PER_PAGE = 30
MAX_PAGE = 10_000
MAX_ASKED = 500
AROUND = 110
LENGTH = 320


@router.get("/tra-cuu")
def look_up(visit: Looking, trang: int = 1) -> Response:
    """The search form and what it finds; the address holds the whole question."""
    asked = {name: visit.request.query_params.get(name, "").strip()[:MAX_ASKED] for name in ASKED}
    number = min(max(trang, 1), MAX_PAGE)
    hits, total = search(visit.session, visit.user, _query(asked, number)) if any(asked.values()) else ([], 0)
    return visit.page(
        "search.html",
        asked=asked,
        hits=[(hit, snippet(hit, asked["q"])) for hit in hits],
        total=total,
        not_days=[asked[name] for name in ("tu", "den") if asked[name] and day_of(asked[name]) is None],
        number=number,
        last=max(-(-total // PER_PAGE), 1),
        link=urlencode({key: value for key, value in asked.items() if value}),
    )


def _query(asked: dict[str, str], number: int) -> Query:
    return Query(
        words=asked["q"],
        type=asked["loai"] or None,
        field=asked["linh_vuc"] or None,
        state=asked["trang_thai"] or None,
        unit=asked["don_vi"] or None,
        received_from=day_of(asked["tu"]),
        received_to=day_of(asked["den"]),
        limit=PER_PAGE,
        offset=(number - 1) * PER_PAGE,
    )


def snippet(hit: Hit, words: str) -> list[Segment]:
    """The passage of a letter around the first words that were found, these marked as "hit".

    With exact hits only words with the same tones are marked.
    """
    text = hit.petition.text
    spans = _found(
        text.lower() if hit.exact and len(text.lower()) == len(text) else fold(text), words, hit.exact
    )
    first = min((span.start for span in spans), default=0)
    start = max(first - AROUND, 0)
    start = text.find(" ", start) + 1 if start else 0
    return segments(text[start : start + LENGTH], spans, offset=start)


def _found(haystack: str, words: str, exact: bool) -> list[Span]:
    needle = words.lower() if exact else fold(words)
    terms = re.findall(r"[\w/.-]+", needle.replace('"', " "))
    whole = re.escape(" ".join(terms)).replace(r"\ ", r"\s+")
    for pattern in (whole, "|".join(re.escape(term) for term in terms)):
        found = list(re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", haystack)) if pattern else []
        if found:
            return [Span(match.start(), match.end(), "hit") for match in found]
    return []
