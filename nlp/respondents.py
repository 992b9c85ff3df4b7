"""Who is complained of or denounced, and who else is named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.mentions import PersonMention
from nlp.names import name_at, plausible_name
from nlp.reading import Reading

_CUE = re.compile(
    r"(?:nguoi|ben|doi tuong|co quan|don vi|ca nhan|to chuc)(?:, [a-z]+(?: [a-z]+)?)? bi"
    r" (?:khieu nai|to cao|kien nghi|phan anh|yeu cau|khoi kien|kien|to giac)(?: la)?(?: gom)?\s*:?\s*|doi tuong to cao(?: la)?\s*:?\s*"
)
_TOLD = re.compile(
    r"\b(?:to cao|khieu nai|to giac|phan anh|kien nghi|xu ly|ky luat|xac minh|lam ro|thanh tra)\b"
    r"(?: (?:va |ve |viec |hanh vi |vi pham |sai pham |trach nhiem |cua |doi voi |ky luat |nghiem |cac ong ba )*)?"
    r"\s*:?\s*(?=(?:cac )?(?:ong|ba|anh|chi|co|thay|dong chi|bac si|dai uy|thuong uy|trung uy|thieu ta|trung ta|thuong ta|dai ta)\b)"
)
_RANK = re.compile(
    r"(?:cac )?(?:bac si|dai uy|thuong uy|trung uy|thieu uy|thieu ta|trung ta|thuong ta|dai ta|thay giao|co giao|thay|dong chi)?\s*"
)
_HONORIFIC = re.compile(r"\b(?:ong|ba|anh|chi)\s+(?=[a-z])")
_POSITION = re.compile(
    r"\s*(?:\([^)]{0,30}\))?\s*[,–(-]?\s*(?:(?:sinh nam|sn) \d{4}\s*,?\s*)?(?:(?:hien |nguyen )?(?:la|giu chuc|chuc vu(?: la)?|cuong vi)\s*:?\s*)?"
    r"(?P<position>(?:nguyen )?(?:pho )?(?:chu tich|bi thu|giam doc|truong (?:phong|ban|thon|khu|khoa|doi|cong an|xom)|to truong|hieu truong|chanh|cuc truong"
    r"|chi cuc truong|chu dau tu|chu nhiem|cong chuc|can bo|nhan vien|chap hanh vien|tham phan|dieu tra vien|kiem sat vien|cong an|dia chinh|ke toan"
    r"|doi truong|to pho|truong|pho truong|pho phong|chuyen vien|giao vien|bac si|thanh tra vien|thu ky|nguoi cua|chu (?:quan|nha|co so|cong trinh|ho|cua hang))\b"
    r"[^,.;:\n()]{0,90})"
)
# What comes after a post and is no part of it; on the text with its tones, where "từ" is not "tự".
_POSITION_END = re.compile(
    r"\s+(?:về|ve|vì|vi|đã|da|do|có hành|co hanh|lại|lai|cùng|trong|khi|thu|ăn|lợi dụng|loi dung|cho|từ|ký|nhận tiền|bao che"
    r"|là người|không|khong|khi|mà|ma|đang|để|de)(?![^\W\d_])"
)
_POST_BEFORE = re.compile(
    r"((?:pho )?(?:chu tich|bi thu|giam doc|truong (?:phong|ban|thon)|to truong|hieu truong)[^,.;:\n]{0,60}?)\s+(?:la )?(?:ong|ba)?\s*$"
)
_BODY_END = re.compile(r"[.;\n]|,\s+(?=(?:chuc vu|dia chi|tru so|sinh))|\s\(")


def respondents(reading: Reading) -> Iterator[PersonMention]:
    """Those after a cue or as the object of "tố cáo", and holders of a post who are named with it."""
    addressed = [(s.start, s.end) for s in reading.in_section("addressees", "signature", "header")]
    for cue in _CUE.finditer(reading.folded):
        yield from _after_cue(reading, cue.end())
    for told in _TOLD.finditer(reading.folded):
        at = _RANK.match(reading.folded, told.end())
        bounds = name_at(reading.text, reading.folded, at.end() if at else told.end(), reading.capitals_tell)
        if bounds is not None and bounds[0] - told.end() < 30:
            yield _person(reading, bounds, "respondent")
    for person in mentioned(reading):
        outside = not any(start <= person.start < end for start, end in addressed)
        if person.position is not None and outside:
            yield PersonMention(person.name, "respondent", person.start, person.end, person.position)


def _after_cue(reading: Reading, position: int) -> Iterator[PersonMention]:
    """A person, or a body or post up to the end of the clause."""
    bounds = name_at(reading.text, reading.folded, position, reading.capitals_tell)
    if (
        bounds is not None
        and plausible_name(reading.folded[bounds[0] : bounds[1]])
        and bounds[0] - position < 25
    ):
        yield _person(reading, bounds, "respondent")
        return
    stop = _BODY_END.search(reading.folded, position)
    piece = reading.text[position : min(stop.start() if stop else position + 120, position + 120)].rstrip()
    if len(piece) >= 4:
        words = " ".join(piece.split())
        yield PersonMention(words, "respondent", position, position + len(piece), position=words)


def mentioned(reading: Reading) -> Iterator[PersonMention]:
    """Everyone with an honorific and a full name."""
    for title in _HONORIFIC.finditer(reading.folded):
        bounds = name_at(reading.text, reading.folded, title.end(), reading.capitals_tell)
        if bounds is not None and plausible_name(reading.folded[bounds[0] : bounds[1]]):
            yield _person(reading, bounds, "mentioned")


def _person(reading: Reading, bounds: tuple[int, int], role: str) -> PersonMention:
    start, end = bounds
    name = " ".join(reading.text[start:end].split())
    return PersonMention(name, role, start, end, position=_position(reading, start, end))


def _position(reading: Reading, start: int, end: int) -> str | None:
    after = _POSITION.match(reading.folded, end)
    if after:
        return _cut_position(reading, after.start("position"), after.end("position"))
    window = max(0, start - 90)
    before = _POST_BEFORE.search(reading.folded[window:start])
    return (
        " ".join(reading.text[window + before.start(1) : window + before.end(1)].split()) if before else None
    )


def _cut_position(reading: Reading, start: int, end: int) -> str:
    """The words of a post; a body's name inside them is not cut."""
    for stop in _POSITION_END.finditer(reading.text, start, end):
        if not any(agency.start < stop.end() and stop.start() < agency.end for agency in reading.agencies):
            end = stop.start()
            break
    return " ".join(reading.text[start:end].split())
