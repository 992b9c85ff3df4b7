"""Optional component `words`: Vietnamese words of several syllables, by underthesea.

Needed for display and terms only; nothing in the hot path uses it (134 letters/s against several
hundred). Tokens are aligned with the text character by character, so offsets stay exact whatever
the word segmenter does to blanks and spelling.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

_lock = threading.Lock()
_segmenter: list[Callable[[str], list[str]]] = []


@Language.factory("words", assigns=["doc.spans"])
def create_words(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001 - spaCy calls it so
    """Load the segmenter; raises RuntimeError where underthesea is not installed."""
    segment = _load()

    def words(doc: Doc) -> Doc:
        doc.spans["words"] = list(_word_spans(doc, segment))
        return doc

    return words


def _load() -> Callable[[str], list[str]]:
    """The segmenter, warm: its first call loads a model into a global without a lock of its own."""
    with _lock:
        if not _segmenter:
            try:
                from underthesea import word_tokenize
            except ImportError as error:
                raise RuntimeError(
                    "Chưa cài gói tách từ underthesea. Hãy cài: pip install 'donthu[words]'."
                ) from error
            word_tokenize("Khởi động bộ tách từ.")
            _segmenter.append(word_tokenize)
        return _segmenter[0]


def _word_spans(doc: Doc, segment: Callable[[str], list[str]]) -> Iterator[Span]:
    """Spans of words, line by line; a word that cannot be found again is left out."""
    offset = 0
    for line in doc.text.split("\n"):
        for start, end in _aligned(line, segment(line) if line.strip() else []):
            span = doc.char_span(offset + start, offset + end, label="word", alignment_mode="expand")
            if span is not None:
                yield span
        offset += len(line) + 1


def _aligned(line: str, words: list[str]) -> Iterator[tuple[int, int]]:
    """Bounds of the words in the line, blanks ignored on both sides.

    The segmenter may rewrite a spelling (hoà → hòa), never the number of letters: so the letters
    are counted, not compared.
    """
    places = [index for index, character in enumerate(line) if not character.isspace()]
    at = 0
    for word in words:
        length = sum(not character.isspace() for character in word)
        if not length or at + length > len(places):
            continue
        yield places[at], places[at + length - 1] + 1
        at += length
