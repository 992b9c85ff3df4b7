"""Folding of Vietnamese letters to plain lower-case ones, character by character."""

from __future__ import annotations

import re
import unicodedata

# Latin-1 to Latin Extended-B, and the block that holds the toned Vietnamese vowels.
_RANGES = (range(0x41, 0x250), range(0x1E00, 0x1F00))
_NO_DECOMPOSITION = {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l"}


def _folded(character: str) -> str:
    special = _NO_DECOMPOSITION.get(character)
    if special is not None:
        return special
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


_TABLE = {point: _folded(chr(point)) for block in _RANGES for point in block}
_TABLE = {point: folded for point, folded in _TABLE.items() if chr(point) != folded}


# Capital letters for use inside a character class.
CAPITALS = "".join(chr(point) for block in _RANGES for point in block if chr(point).isupper())


_SMALL = "".join(c for c in map(str.lower, CAPITALS) if len(c) == 1)
_NAME_CAPITAL = re.compile(
    rf"(?<=[{_SMALL}] )(?:[{CAPITALS}][{_SMALL}]|[{CAPITALS}]{{2,}} [{CAPITALS}]{{1,}}(?![{_SMALL}])(?=[ ,.;]))"
)


def capitals_tell(text: str) -> bool:
    """Whether capital letters mark names here: not in all-capital nor in all-small texts.

    They do where one stands inside a line after a small letter; capitals at the beginning of
    lines, in the motto or in abbreviations tell nothing.
    """
    return _NAME_CAPITAL.search(text) is not None


def fold(text: str) -> str:
    """`text` without diacritics and in lower case, of the same length.

    Offsets in the result are offsets in `text`. Only Latin letters change; text has to be in NFC,
    since a combining mark that stands alone is left where it is.
    """
    return text.lower() if text.isascii() else text.translate(_TABLE)
