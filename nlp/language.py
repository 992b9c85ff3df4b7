"""Putting the components together."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from nlp import addressees, agencies, dates, decisions, facts, people, places, sections, tokenise, words
from nlp.reading import Reading, reading_of

# In order: each may rest on those before it.
COMPONENTS = ("sections", "facts", "dates", "places", "agencies", "addressees", "decisions", "people")
# Importing the modules registers the factories; this names them for whoever reads the imports.
MODULES = (sections, facts, dates, places, agencies, addressees, decisions, people, words)
# A bundle of 300 dense pages has a million characters; nothing here grows faster than its length.
_MAX_LENGTH = 30_000_000

_lock = threading.Lock()
_built: dict[bool, Language] = {}


def pipeline(words: bool = False) -> Language:
    """The pipeline, built once per argument; safe to call from several threads.

    With `words` a last component adds the span group `words` (underthesea). Raises RuntimeError
    with an instruction if that package is not installed.
    """
    with _lock:
        if words not in _built:
            _built[words] = _build(words)
        return _built[words]


def read_text(text: str) -> Doc:
    """The letter read: `doc._.dates`, `doc._.people`, … with offsets of `text`."""
    return pipeline()(text)


def _build(words: bool) -> Language:
    _extend_doc()
    tokenizer = {"@tokenizers": tokenise.TOKENIZER}
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": tokenizer}})
    nlp.max_length = _MAX_LENGTH
    for name in COMPONENTS:
        nlp.add_pipe(name)
    if words:
        nlp.add_pipe("words")
    return nlp


def _outward(name: str) -> Callable[[Doc], list[Any]]:
    def get(doc: Doc) -> list[Any]:
        reading = reading_of(doc)
        return reading.outward(getattr(reading, name))

    return get


def _people_of(*roles: str) -> Callable[[Doc], list[Any]]:
    def get(doc: Doc) -> list[Any]:
        reading = reading_of(doc)
        return reading.outward([person for person in reading.people if person.role in roles])

    return get


def _written_on(doc: Doc) -> Any:
    mention = reading_of(doc).written_on
    return mention.value if mention else None


def _to_original(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Span of the original text for the span `start:end` of `doc.text`."""
    return reading_of(doc).alignment.to_original(start, end)


def _original(doc: Doc) -> str:
    reading: Reading = reading_of(doc)
    return reading.original


def _unwrapped(doc: Doc) -> str:
    return reading_of(doc).unwrapped


def _extend_doc() -> None:
    """Declare what `doc._` offers; all computed from the workspace, nothing stored twice."""
    for name in ("facts", "dates", "places", "agencies", "addressees", "decisions", "people"):
        Doc.set_extension(name, getter=_outward(name), force=True)
    petitioners = ("petitioner", "representative", "signer", "organisation")
    Doc.set_extension("petitioners", getter=_people_of(*petitioners), force=True)
    Doc.set_extension("respondents", getter=_people_of("respondent"), force=True)
    Doc.set_extension("written_on", getter=_written_on, force=True)
    Doc.set_extension("original", getter=_original, force=True)
    Doc.set_extension("unwrapped", getter=_unwrapped, force=True)
    Doc.set_extension("to_original", method=_to_original, force=True)
