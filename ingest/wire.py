"""Documents and events as JSON values, without loss: between processes, and for whoever stores them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ingest.document import Document, Method, Page, Problem, Source, Word
from ingest.reader import Event, Found, Read

Json = dict[str, Any]


def pack(document: Document) -> Json:
    """The document as a JSON object that `unpack` turns back."""
    return {
        "source": asdict(document.source),
        "pages": [_pack_page(page) for page in document.pages],
        "problems": [asdict(problem) for problem in document.problems],
        "meta": document.meta,
    }


def unpack(value: Json) -> Document:
    """The document that was packed; KeyError or TypeError for anything else."""
    return Document(
        Source(**value["source"]),
        tuple(map(_unpack_page, value["pages"])),
        _unpack_problems(value["problems"]),
        dict(value["meta"]),
    )


def pack_event(event: Event) -> Json:
    """An event as a JSON object that `unpack_event` turns back."""
    problems = [asdict(problem) for problem in event.problems]
    if isinstance(event, Found):
        return {"found": event.total, "meta": event.meta, "problems": problems}
    return {"page": _pack_page(event.page), "problems": problems}


def unpack_event(value: Json) -> Event:
    """The event that was packed."""
    problems = _unpack_problems(value["problems"])
    if "found" in value:
        return Found(value["found"], value["meta"], problems)
    return Read(_unpack_page(value["page"]), problems)


def _pack_page(page: Page) -> Json:
    words = [[word.text, word.start, word.end, word.box, word.confidence] for word in page.words]
    return {**vars(page), "words": words}


def _unpack_page(value: Json) -> Page:
    words = tuple(
        Word(text, start, end, None if box is None else (box[0], box[1], box[2], box[3]), confidence)
        for text, start, end, box, confidence in value["words"]
    )
    size = value["size"]
    changed = {"method": Method(value["method"]), "words": words, "size": tuple(size) if size else None}
    return Page(**{**value, **changed})


def _unpack_problems(values: list[Json]) -> tuple[Problem, ...]:
    return tuple(Problem(**value) for value in values)
