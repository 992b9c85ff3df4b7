"""Unicode normalisation that remembers where every character came from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# One character for one: these keep the offsets.
_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_BREAKS = "\x0b\x0c\x85\u2028\u2029"
_SAME_LENGTH = {
    **{ord(c): " " for c in _SPACES},
    **{ord(c): "\n" for c in _BREAKS},
    # Eth and African D look like Đ and are what old fonts and keyboards leave behind.
    **{ord(c): "Đ" for c in "\u00d0\u0189"},
    **{ord(c): "đ" for c in "\u00f0\u0256"},
    # What the OCR makes of the stroke and the hyphen in "12/3/2026" and "874/QĐ-UBND".
    **{ord(c): "/" for c in "\u2044\u2215\uff0f"},
    **{ord(c): "-" for c in "\u2010\u2011\u2012\u2212"},
}
# The OCR reads the small two of square metres as a question mark.
_SQUARE_METRES = re.compile(r"(?:(?<=\dm)|(?<=\d m))\?(?=[ ,;)]+([^\W\d_]))")
# Zero-width characters, soft hyphens, direction marks and control characters carry nothing.
_DELETED = (
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
    # Of CR LF the LF stays; of a page break between two pages the first line feed.
    r"|\r(?=\n)|(?<=\n)\f\n"
)
_DELETE = re.compile(_DELETED)
_SURROGATE = re.compile("[\ud800-\udfff]")
_ODD = re.compile(_DELETED + "|\r|[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where the characters of a normalised text stand in the original one.

    `starts[i]`/`ends[i]` bound the original of character `i`; both are None where the two
    texts have the same offsets throughout.
    """

    length: int
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """The original span of the normalised span `start:end`; an empty span stays empty."""
        if self.starts is None or self.ends is None:
            return start, end
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else self.length
            return at, at
        return self.starts[start], self.ends[end - 1]


def normalise(text: str) -> tuple[str, Alignment]:
    """`text` in NFC with plain spaces and line feeds, and the way back to its offsets.

    A page break (form feed between line feeds) becomes a single line feed, so that a sentence
    which runs over two pages stays one. Lone surrogates become U+FFFD: nothing downstream can
    encode them.
    """
    if not _ODD.search(text):
        same = _same_length(text)
        if unicodedata.is_normalized("NFC", same):
            return same, Alignment(len(text))
    return _normalise_slowly(text)


def _normalise_slowly(text: str) -> tuple[str, Alignment]:
    kept, sources = _clean(text)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position, size = 0, len(kept)
    while position < size:
        stop = position + 1
        while stop < size and _continues(kept[stop]):
            stop += 1
        composed = unicodedata.normalize("NFC", kept[position:stop])
        out.append(composed)
        starts.extend([sources[position]] * len(composed))
        ends.extend([sources[stop - 1] + 1] * len(composed))
        position = stop
    return "".join(out), Alignment(len(text), tuple(starts), tuple(ends))


def _clean(text: str) -> tuple[str, list[int]]:
    """The text without deleted characters, odd ones replaced, and the source of each character."""
    deleted: set[int] = set()
    for match in _DELETE.finditer(text):
        deleted.update(range(match.start(), match.end()))
    sources = [i for i in range(len(text)) if i not in deleted]
    kept = "".join([text[i] for i in sources])
    return _same_length(_SURROGATE.sub("\ufffd", kept).replace("\r", "\n")), sources


def _same_length(text: str) -> str:
    # A capital after it begins a sentence, so it was a question.
    return _SQUARE_METRES.sub(lambda found: "²" if found[1].islower() else "?", text.translate(_SAME_LENGTH))


def _continues(character: str) -> bool:
    """Whether NFC may join the character to the one before it: a mark or a Hangul vowel or final."""
    if character.isascii():
        return False
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"
