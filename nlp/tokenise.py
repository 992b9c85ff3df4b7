"""Lossless tokens: syllables, numbers, single punctuation marks, runs of white space."""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from nlp.fold import capitals_tell
from nlp.normalise import normalise
from nlp.reading import READING, Reading
from nlp.softlines import join_soft_lines

TOKENIZER = "donthu.SyllableTokenizer.v1"
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_|\s+", re.UNICODE)


def split(text: str) -> tuple[list[str], list[bool]]:
    """(words, spaces) such that the words, each with a blank where `spaces` says so, make `text`."""
    words: list[str] = []
    spaces: list[bool] = []
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token[0] == " " and words and not spaces[-1] and not words[-1].isspace():
            spaces[-1] = True
            token = token[1:]
            if not token:
                continue
        words.append(token)
        spaces.append(False)
    return words, spaces


class SyllableTokenizer:
    """Turns any text into a Doc of its normalised form, which remembers the original."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Doc whose text is the normalised `text` without soft line feeds."""
        normalised, alignment = normalise(text)
        whole = join_soft_lines(normalised, capitals_tell(normalised))
        words, spaces = split(whole)
        reading = Reading(text, whole, alignment)
        return Doc(self.vocab, words=words, spaces=spaces, user_data={READING: reading})

    # The tokenizer has no state of its own; spaCy asks for these when a pipeline is stored.
    def to_bytes(self, **_: object) -> bytes:
        """Nothing: there is nothing to store."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> SyllableTokenizer:
        """The tokenizer itself."""
        return self

    def to_disk(self, _path: object, **_: object) -> None:
        """Store nothing."""

    def from_disk(self, _path: object, **_: object) -> SyllableTokenizer:
        """The tokenizer itself."""
        return self


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]  # catalogue has no types
def create_tokenizer() -> Callable[[Language], SyllableTokenizer]:
    """Factory for spaCy's config."""
    return lambda nlp: SyllableTokenizer(nlp.vocab)
