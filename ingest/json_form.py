"""The JSON object that `donthu read` prints for a file (design §4)."""

from __future__ import annotations

from typing import Any

from ingest.document import Document, Page, Problem


def to_json(document: Document) -> dict[str, Any]:
    """The document in its public form; box unit: points, origin top left."""
    return {
        "file": document.source.name,
        "sha256": document.source.sha256,
        "pages": [_page(page) for page in document.pages],
        "problems": [{"code": item.code, "message": _message(item)} for item in document.problems],
    }


def _page(page: Page) -> dict[str, Any]:
    return {
        "number": page.number,
        "method": page.method.value,
        "text": page.text,
        "confidence": page.confidence,
        "words": [
            {"text": word.text, "box": list(word.box) if word.box else None, "confidence": word.confidence}
            for word in page.words
        ],
    }


def _message(item: Problem) -> str:
    return item.message if item.page is None else f"Trang {item.page}: {item.message}"
