"""Files that lie in folders of letters and are none: hidden ones, those of file managers, half-written ones."""

from __future__ import annotations

_JUNK_NAMES = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})
_JUNK_STARTS = (".", "~$", "._")
# Endings under which scanners, browsers and copy programs keep a file until it is whole.
_UNFINISHED = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".filepart", ".download")


def is_junk(name: str) -> bool:
    """Whether a file of this name is to be left alone."""
    folded = name.casefold()
    return folded in _JUNK_NAMES or folded.startswith(_JUNK_STARTS) or folded.endswith(_UNFINISHED)
