"""Sets a letter on A4 pages: where each word stands, in points from the top left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from service.demo.render.blocks import Block, Role, blocks
from service.demo.render.fonts import text_width
from service.demo.render.styles import A4, Style

# Room for a hand-written name between the closing and the typed one.
SIGNATURE_GAP = 54.0
NUMBER_SIZE = 10.0


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word with the left end of its base line."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """Words on one base line in one font."""

    words: tuple[PlacedWord, ...]
    family: str
    weight: str
    size: float
    underlined: bool = False

    @property
    def text(self) -> str:
        """The words, joined by blanks."""
        return " ".join(word.text for word in self.words)

    @property
    def right(self) -> float:
        """Where the last word ends."""
        last = self.words[-1]
        return last.x + text_width(last.text, self.family, self.weight, self.size)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page before it is drawn. `signature` is the middle of the hand-written name, if there is one."""

    number: int
    lines: tuple[PlacedLine, ...]
    size: tuple[float, float] = A4
    signature: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class _Look:
    weight: str = "regular"
    align: str = "body"
    larger: float = 0.0
    before: float = 0.0
    underlined: bool = False


LOOKS = {
    Role.STATE: _Look("bold", "centre"),
    Role.MOTTO: _Look("bold", "centre", underlined=True),
    Role.DATE: _Look("italic", "right", before=6),
    Role.TITLE: _Look("bold", "centre", larger=2, before=14),
    Role.SUBJECT: _Look("italic", "centre"),
    Role.ADDRESSEE: _Look("bold", "inset", before=8),
    Role.BODY: _Look(before=4),
    Role.SIGNATURE: _Look("bold", "signature", before=2),
}


@dataclass
class _Setter:
    """Fills pages from top to bottom."""

    style: Style
    y: float = 0.0
    lines: list[PlacedLine] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    signature: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        self.y = self.style.top

    def turn(self) -> None:
        """Finish the page and begin the next."""
        number = len(self.sheets) + 1
        if number > 1 and self.style.page_numbers:
            self.lines.append(_page_number(number, self.style))
        self.sheets.append(Sheet(number, tuple(self.lines), A4, self.signature))
        self.lines, self.signature, self.y = [], None, self.style.top

    def room(self, height: float) -> None:
        """Make sure that `height` points are free on the page."""
        if self.y + height > A4[1] - self.style.bottom and self.lines:
            self.turn()

    def put(self, block: Block) -> None:
        """Set one block, breaking it into lines."""
        look = LOOKS[block.role]
        size = self.style.size + look.larger
        self.y += look.before
        left, right, indent = _measure(look, self.style)
        broken = list(_break(block.text, self.style.family, look.weight, size, right - left, indent))
        for index, words in enumerate(broken):
            self.room(size * self.style.leading)
            self.y += size * self.style.leading
            first, last = index == 0, index == len(broken) - 1
            start = left + (indent if first else 0.0)
            xs = _spread(words, look, self.style, size, (start, right), stretch=not last)
            placed = tuple(PlacedWord(word, x, self.y) for word, x in zip(words, xs, strict=True))
            self.lines.append(PlacedLine(placed, self.style.family, look.weight, size, look.underlined))


def typeset(text: str, style: Style) -> list[Sheet]:
    """The pages of a letter; the same text and style give the same pages."""
    setter = _Setter(style)
    found = blocks(text)
    closing = [block for block in found if block.role is Role.SIGNATURE]
    for block in found[: len(found) - len(closing)]:
        setter.put(block)
    if closing:
        _put_signature(setter, closing)
    setter.turn()
    return setter.sheets


def truth(sheets: Iterable[Sheet]) -> str:
    """What a perfect reader would give back: one line per line, pages joined by a form feed."""
    return "\n\f\n".join("\n".join(line.text for line in sheet.lines) for sheet in sheets)


def _put_signature(setter: _Setter, closing: list[Block]) -> None:
    style = setter.style
    setter.room(SIGNATURE_GAP + len(closing) * style.size * style.leading * 1.3)
    setter.y += 10
    setter.put(closing[0])
    if style.signed:
        middle = (_signature_left(style) + A4[0] - style.right) / 2
        setter.signature = (middle, setter.y + SIGNATURE_GAP / 2)
        setter.y += SIGNATURE_GAP
    for block in closing[1:]:
        setter.put(block)


def _signature_left(style: Style) -> float:
    return style.left + (A4[0] - style.left - style.right) * 0.48


def _measure(look: _Look, style: Style) -> tuple[float, float, float]:
    """(left, right, indent of the first line) of the column that a block is set in."""
    left, right = style.left, A4[0] - style.right
    if look.align == "inset":
        return left + 2 * style.indent, right, 0.0
    if look.align == "signature":
        return _signature_left(style), right, 0.0
    return left, right, style.indent if look.align == "body" else 0.0


def _break(
    text: str, family: str, weight: str, size: float, width: float, indent: float
) -> Iterable[list[str]]:
    line: list[str] = []
    free = width - indent
    for word in text.split():
        if line and text_width(" ".join([*line, word]), family, weight, size) > free:
            yield line
            line, free = [], width
        line.append(word)
    if line:
        yield line


def _spread(
    words: list[str], look: _Look, style: Style, size: float, span: tuple[float, float], *, stretch: bool
) -> list[float]:
    """Left ends of the words of one line."""
    family, weight = style.family, look.weight
    blank = text_width(" ", family, weight, size)
    widths = [text_width(word, family, weight, size) for word in words]
    start, end = span
    slack = end - start - sum(widths) - blank * (len(words) - 1)
    if look.align == "body" and style.justified and stretch and len(words) > 1:
        blank += slack / (len(words) - 1)
    elif look.align in ("centre", "signature"):
        start += slack / 2
    elif look.align == "right":
        start += slack
    xs = []
    for width in widths:
        xs.append(start)
        start += width + blank
    return xs


def _page_number(number: int, style: Style) -> PlacedLine:
    word = PlacedWord(str(number), A4[0] / 2, A4[1] - style.bottom / 2)
    return PlacedLine((word,), style.family, "regular", NUMBER_SIZE)
