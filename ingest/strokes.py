"""Tells strokes of the pen, rules and rims of stamps from words: engines read those too."""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Sequence

from ingest.engines.port import RecognisedWord

_DOUBTFUL_MARK = 0.60
# On 42 drawn pages signatures were read as lines of 1.9 to 3.5 times the usual height with a confidence
# up to 0.41 ("4@Ä=", "q92"); the lowest of any short line that stood there was 1.3 times and 0.61.
_DOUBTFUL_LINE = 0.50
_TALL = 1.8
_SYLLABLE = re.compile(r"[^\W\d_]{3}")


def without(words: Sequence[RecognisedWord]) -> list[RecognisedWord]:
    """The words less those that are certainly strokes; in doubt a word stays."""
    written = [word for word in words if not _is_mark(word)]
    lines = defaultdict(list)
    for word in written:
        lines[word.line].append(word)
    usual = statistics.median(map(_height, written)) if written else 0.0
    scrawls = {line for line, members in lines.items() if all(_is_scrawl(w, usual) for w in members)}
    return [word for word in written if word.line not in scrawls]


def _is_mark(word: RecognisedWord) -> bool:
    """Whether the word is a stroke or a rule that was taken for punctuation."""
    return word.confidence < _DOUBTFUL_MARK and not any(map(str.isalnum, word.text))


def _is_scrawl(word: RecognisedWord, usual: float) -> bool:
    return (
        word.confidence < _DOUBTFUL_LINE
        and _height(word) >= _TALL * usual
        and _SYLLABLE.search(word.text) is None
    )


def _height(word: RecognisedWord) -> int:
    return word.box[3] - word.box[1]
