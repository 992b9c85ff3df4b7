"""Letters set in lines of a width, as paper and e-mail programs set them."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, zip_longest

from models.corpus.letters import Letter, load_letters

WIDTHS = (45, 60, 75, 95)


def wrap(text: str, width: int) -> str:
    """`text` with soft line feeds for blanks, so that no line is longer than `width` where a blank allows it."""
    return "\n".join(chain.from_iterable(_lines(paragraph, width) for paragraph in text.split("\n")))


def tidy(text: str) -> str:
    """`text` with single blanks, so that `wrap` keeps every offset."""
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))


def some_letters(count: int) -> list[Letter]:
    """Training letters, every register in turn."""
    by_register: dict[str, list[Letter]] = defaultdict(list)
    for letter in load_letters("train"):
        by_register[letter.register].append(letter)
    turns = zip_longest(*(by_register[register] for register in sorted(by_register)))
    return [letter for turn in turns for letter in turn if letter is not None][:count]


def _lines(paragraph: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in paragraph.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines
