"""How much one file may cost before its reading is stopped."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file; the defaults let a 200-page scan through on a small machine.

    `silence_seconds` bounds the time without a finished page, `wall_seconds` the whole reading.
    `pixels` is the most that is ever decoded or rendered for one page; `source_pixels` the most
    that a header may announce where a format can be decoded at reduced size.
    """

    file_bytes: int = 300 * 2**20
    pages: int = 200
    pixels: int = 40_000_000
    source_pixels: int = 200_000_000
    unpacked_bytes: int = 300 * 2**20
    mail_depth: int = 3
    mail_parts: int = 100
    memory_bytes: int = 3 * 2**30
    written_bytes: int = 256 * 2**20
    silence_seconds: float = 90.0
    wall_seconds: float = 1800.0
    restarts: int = 3


DEFAULT = Limits()
