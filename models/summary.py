"""One or two sentences of a letter for the queue, without who wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from models.classify.content import REQUEST, Content
from models.classify.explain import Phrase
from models.classify.passages import passages

LIMIT = 240
_SUBJECT = re.compile(r"\(?\s*(?:[Vv]/[Vv]|[Vv]ề việc)\s*:?\s*(.{8,200}?)\)?\s*$", re.MULTILINE)
_WRITER = "người viết đơn"
_NUMBERS = ("id", "phone", "email")


def summarise(doc: Doc, content: Content, phrases: Sequence[Phrase]) -> str:
    """The subject line if there is one, else the passages that speak most; at most 240 characters."""
    subject = _subject(doc)
    parts = [subject] if subject else _speaking(content, phrases)
    text = re.sub(r"\s+", " ", " … ".join(_without_writer(doc, part) for part in parts)).strip(" -–.;,")
    return text if len(text) <= LIMIT else text[: LIMIT - 1].rsplit(" ", 1)[0] + "…"


def _subject(doc: Doc) -> str | None:
    for span in doc.spans["sections"]:
        if span.label_ == "title" and (found := _SUBJECT.search(span.text)):
            return found.group(1)
    return None


def _speaking(content: Content, phrases: Sequence[Phrase]) -> list[str]:
    """The weightiest passage and, if it is another, the first request; in order of the letter."""
    pieces = [piece.zones[0] for piece in passages(content)]
    if not pieces:
        return []
    weights = [sum(p.weight for p in phrases if zone.start <= p.start < zone.end) for zone in pieces]
    chosen = {weights.index(max(weights))}
    chosen.update([i for i, zone in enumerate(pieces) if zone.kind == REQUEST][:1])
    return [content.text[pieces[i].start : pieces[i].end][:160] for i in sorted(chosen)]


def _without_writer(doc: Doc, text: str) -> str:
    for person in doc._.petitioners:
        if len(person.name) > 2:
            text = re.sub(rf"\b{re.escape(person.name)}\b", _WRITER, text, flags=re.IGNORECASE)
    for fact in doc._.facts:
        if fact.kind in _NUMBERS:
            text = text.replace(doc._.original[fact.start : fact.end], "…").replace(fact.value, "…")
    return text
