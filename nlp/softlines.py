"""Line feeds that only end a printed line become blanks; those that end something stay.

OCR, text layers and e-mails end every printed line with a line feed. A line feed is soft where
the line was full: its block is this wide and the next word had no more room. What the two lines
say can overrule it either way (a list item, a cue, a name that is cut in two).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from nlp.fold import fold

# Narrower blocks are lists, verses or a telephone's display; wider ones were never set in lines.
_NARROWEST, _WIDEST = 32, 160
# About a page: an attachment may be set in other lines than the letter.
_BLOCK = 40
# Of a hundred lines the ten longest may stick out (headings in wide letters, OCR of a stamp).
_STICKING_OUT = 10
# Printed letters are not equally wide, and the first line of a paragraph is indented.
_FULL, _QUITE_FULL, _HALF_FULL = 0.84, 0.93, 0.5

_LINE = re.compile(r"(?:^|(?<=\n))[^\n]*")
_LIST_ITEM = re.compile(
    r"\s*(?:[-–—+*•·●▪>]\s?|\(?(?:\d{1,2}|[a-hđk])\)|(?:\d{1,2}|[a-hđ]|[ivx]{1,4})(?:\.\d)*[.)](?=\s)|\d/\s)"
)
_PAGE_NUMBER = re.compile(r"\W*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?\W*$")
_INDENT = re.compile(r" {3,}\S")
_TRAILING = " \"”»’')]"
_FINAL = ".!?…:;"
_LABEL = re.compile(r"[^\W\d_][^,.;:!?\d]{1,26}:(?:\s|$)")
_STATE_NAME = re.compile(r"\W*(?:c.ng h.a xa h.i|.{0,6}d.c ?l.p\W{0,5}t. ?do)")
_DATE_LINE = re.compile(r"[a-z' .-]{0,30}[,;]? ?ng.y .{1,6}th.ng .{1,6}n.m .{2,8}$")
_DAY = r"\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4}\b"
_DAY_FIRST, _DAY_LAST = re.compile(_DAY), re.compile(_DAY + r"$")
# The number of a person or a telephone ends what the writer says of himself.
_DATA_LAST = re.compile(r"(?:\d{9,12}|\d{4}[ .]\d{3}[ .]\d{3})\.?$")
_ADDRESSED = re.compile(r"\W*(?:d.ng )?(?:k.nh )?(?:g.i|th.a|tr.nh)\b")
# How lines begin that stand by themselves; only in capitals where capitals tell.
_OPENING = re.compile(
    r"\W*(?:d.ng (?:k.nh )?g.i|g.i\s?:|g.i (?=ubnd|uy ban)|(?:d.ng )?k.nh (?:g.i|th.a|trinh|m.ng|don)|(?:chung |bon )?(?:toi|em|con|chau|minh) (?:xin )?(?:ho )?(?:ten|la)\b"
    r"|ten toi|ho (?:va )?ten|sinh (?:nam|ngay)|(?:so )?(?:cccd|cmnd|can cuoc)|dia chi|(?:so )?dien thoai|(?:sdt|dt)\b"
    r"|thuong tru|(?:noi|cho) (?:o|cu tru)|hien (?:o|tru|cu tru)|nghe nghiep"
    r"|don (?:xin|khieu|to cao|kien|phan|de nghi|keu|cau|trinh|yeu)|v ?/ ?v\b|ve viec|trich yeu"
    r"|noi dung|ly do|su viec|cu the|yeu cau\b|(?:\w+ )?de nghi\b|(?:\w+ )?kien nghi\b"
    r"|(?:vi|do|boi) (?:vay|do|the)|nay (?:toi|em|chung)|(?:toi|em|con|chung \w+) (?:xin )?(?:cam doan|cam ket|chan thanh|tran trong)"
    r"|(?:xin )?(?:chan thanh |tran trong )?cam on|tran trong|(?:tai lieu|ho so|giay to)?\s?(?:gui )?kem theo|gui kem|dinh kem"
    r"|ng..i (?:lam|viet|gui|khieu|to|kien|phan|de|dai|bi)|dai dien|thay mat|tm\b|t/m|\(?ky\b|noi nhan|luu\b)"
)
_BODY = re.compile(
    r"\W*(?:(?:d.ng )?k.nh|.ng |ba |dong chi|ubnd|.y ban|ch. t.ch|pho |hdnd|hoi d|cong an|s. |bo |ban |thanh tra|toa |vien "
    r"|phong |chi cuc|cuc |van phong|truong |giam d.c|bi th|lanh dao|cac |co quan|dang uy|mat tran|trung tam|dai |bao )"
)
_SPEAKER = re.compile(r"\W*(?:(?:chung|bon) )?(?:toi|tui|em|con|chau|minh|e|nay|hom nay)\b")
# No line that stands by itself ends in one of these.
_JOINING = re.compile(
    r"\b(?:cua|va|hoac|hay|do|boi|tai|o|den|cho|ve|voi|la|theo|tu|trong|ngoai|tren|duoi|vao|ra|thi|ma|de|bi|duoc|khong|chua"
    r"|dang|se|cac|nhung|mot|so|ngay|thang|phuong|xa|quan|huyen|thanh pho|tinh|uy ban|nhan|nhan dan|chu tich|giam doc|to|lop|trang|tang|dieu|ong|ba|anh|chi)$"
)
_ORPHAN, _SHORT = 16, 40


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    folded: str

    @property
    def size(self) -> int:
        return len(self.text)


@dataclass(frozen=True, slots=True)
class _Setting:
    """Characters in a full line, and whether most full lines end amid a sentence."""

    width: int
    cuts_sentences: bool


def join_soft_lines(text: str, capitals_tell: bool = True) -> str:
    """`text` with a blank for every soft line feed; the same length, all else unchanged.

    Where capitals do not tell (a letter all in small ones) only the width and the cues decide.
    """
    if text.count("\n") < 1:
        return text
    folded = fold(text)
    lines = [_line(text, folded, *match.span()) for match in _LINE.finditer(text)]
    characters = list(text)
    for at in range(0, len(lines), _BLOCK):
        block = lines[at : at + _BLOCK + 1]
        for feed in _soft_feeds(block, _setting(block), capitals_tell):
            characters[feed] = " "
    return "".join(characters)


def _line(text: str, folded: str, start: int, end: int) -> _Line:
    return _Line(start, end, text[start:end].rstrip(), folded[start:end].rstrip())


def _setting(lines: list[_Line]) -> _Setting | None:
    """How the block was set; None where it was not set in lines of one width."""
    sizes = sorted((line.size for line in lines if line.size), reverse=True)
    width = sizes[len(sizes) // _STICKING_OUT] if len(sizes) > 1 else 0
    if not _NARROWEST <= width <= _WIDEST:
        return None
    full = [line for line in lines if line.size >= _FULL * width]
    finished = sum(line.text.rstrip(_TRAILING)[-1:] in _FINAL for line in full)
    return _Setting(width, 2 * finished < len(full))


def _soft_feeds(lines: list[_Line], setting: _Setting | None, capitals_tell: bool) -> list[int]:
    """Offsets of the soft line feeds between the lines of a block that is set like this."""
    feeds: list[int] = []
    if setting is None:
        return feeds
    addressed = False
    for line, following in pairwise(lines):
        addressed = _in_addressees(line, addressed)
        if not line.size or not following.size or _apart(line, following):
            continue
        judge = _is_soft_in_addressees if addressed else _is_soft
        if judge(line, following, setting, capitals_tell):
            feeds.append(line.end)
    return feeds


def _in_addressees(line: _Line, before: bool) -> bool:
    """Whether the line belongs to the addressees, `before` telling it of the one above."""
    if _ADDRESSED.match(line.folded):
        return True
    stays = not line.size or _BODY.match(line.folded) or _LIST_ITEM.match(line.folded) or line.size <= _ORPHAN
    return before and bool(stays)


def _apart(line: _Line, following: _Line) -> bool:
    """Whether one of two lines is such that they never make one, however full the first is."""
    if any(_STATE_NAME.match(one.folded) or _PAGE_NUMBER.match(one.text) for one in (line, following)):
        return True
    if _DATE_LINE.match(line.folded) or _DATE_LINE.match(following.folded) or _INDENT.match(following.text):
        return True
    if _LIST_ITEM.match(following.folded) and not (following.text[0].isdigit() and _joins(line)):
        return True
    if line.text.isupper() == following.text.isupper() or following.size <= _ORPHAN:
        return False
    # A heading in capitals stands apart from what is not one.
    return line.text.isupper() or not _joins(line)


def _joins(line: _Line) -> bool:
    """Whether the line cannot end there; a capital makes its last word a name ("Quảng Trang")."""
    word = _JOINING.search(line.folded)
    return line.text[-1] in ",-–/" or (word is not None and line.text[word.start()].islower())


def _is_soft(line: _Line, following: _Line, setting: _Setting, capitals_tell: bool) -> bool:
    """Whether the line feed between two lines of running text only ends a printed line."""
    fill = (line.size + 1 + len(following.text.split(maxsplit=1)[0])) / setting.width
    last = line.text.rstrip(_TRAILING)[-1:]
    # "(ký, ghi rõ họ tên)" begins in a small letter and yet goes on nothing.
    small = capitals_tell and _first_letter(following.text).islower() and following.text[0] != "("
    if fill < _HALF_FULL or (not small and _stands_alone(line, following)):
        return False
    if last in _FINAL:
        # What follows a full stop on a line of its own is rather the date, the name, a heading.
        full = fill >= (_FULL if small else _QUITE_FULL) and setting.cuts_sentences
        return full and following.size >= _HALF_FULL * setting.width
    return small or fill >= _FULL or _in_brackets(line, following)


def _is_soft_in_addressees(line: _Line, following: _Line, setting: _Setting, capitals_tell: bool) -> bool:
    """The same between addressees, which are often centred, so that no line of them is full."""
    if line.text[-1] in ".;:" or _stands_alone(line, following) or _SPEAKER.match(following.folded):
        return False
    if line.size < _HALF_FULL * setting.width:
        return False
    if _in_brackets(line, following) or (_joins(line) and line.text[-1] not in ",-–"):
        return True
    if _BODY.match(following.folded) and not (capitals_tell and following.text[0].islower()):
        return False
    return following.size <= _ORPHAN or _is_soft(line, following, setting, capitals_tell)


def _stands_alone(line: _Line, following: _Line) -> bool:
    """Whether the second line is a label, a date, a name under a date, or begins with a cue."""
    if _DATA_LAST.search(line.text):
        return True
    if _DAY_LAST.search(line.text) and following.size <= _SHORT:
        return True
    if _DAY_FIRST.match(following.text) and following.size <= _SHORT and not _joins(line):
        return True
    return bool(_OPENING.match(following.folded) or _LABEL.match(following.text))


def _in_brackets(line: _Line, following: _Line) -> bool:
    """Whether a bracket that the first line opens is closed in the second."""
    return line.text.rfind("(") > line.text.rfind(")") and ")" in following.text


def _first_letter(text: str) -> str:
    return next((character for character in text if character.isalnum()), "")
