"""Whom a letter is about: who took the decision complained of, and where the denounced person serves.

Every mention of a body, of a post and of a document's number is a candidate with points for where it
stands; the one with the most points wins, and nothing is said where none has enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from models.law.codes import Body, Level
from models.law.facts import Target
from models.law.letter import Letter
from models.law.phrases import Hit
from models.proposal import PetitionType, Stage
from nlp.fold import fold

_NEAR = 90
_BEFORE = 40
_SIGNING = 60
# "Hiệu trưởng Tạ Hữu Đăng", "Hiệu trưởng, bà Sương"
_TITLE = 6
_INTRODUCTION = 80
_ENOUGH = 2
_NOT_CONTENT = frozenset({"header", "addressees", "mail_marks", "attachments", "signature"})
_COMPLAINED_DOCUMENTS = frozenset({"decision", "notice", "conclusion", "official_letter", "record", "other"})
_DECIDING = frozenset(
    {
        Body.PEOPLE_COMMITTEE, Body.DIVISION, Body.SERVICE_CENTRE, Body.DEPARTMENT, Body.DEPARTMENT_UNIT, Body.MINISTRY,
        Body.POLICE, Body.COURT, Body.PROCURACY, Body.ENFORCEMENT, Body.TAX, Body.SOCIAL_INSURANCE, Body.PUBLIC_UNIT,
    }
)  # fmt: skip
_LEVELS = {
    "commune": Level.COMMUNE,
    "district": Level.DISTRICT,
    "province": Level.PROVINCE,
    "central": Level.CENTRAL,
}
_NUMBER_MARK = re.compile(r"[/-]([A-ZĐ]{2,8})\b")


@dataclass(frozen=True, slots=True)
class _Candidate:
    points: int
    target: Target
    start: int


def read_target(letter: Letter, type: PetitionType, stage: Stage | None) -> Target:  # noqa: A002 - the field's name
    """The body or person that a complaint or denunciation is about; an empty Target if not told."""
    if type is PetitionType.COMPLAINT:
        candidates = [*_issuers(letter, stage), *_respondents(letter)]
    elif type is PetitionType.DENUNCIATION:
        candidates = [*_respondents(letter), *_denounced_in_text(letter)]
    else:
        candidates = list(_respondents(letter))
    good = [candidate for candidate in candidates if candidate.points >= _ENOUGH]
    if not good:
        return Target()
    return max(good, key=lambda candidate: (candidate.points, -candidate.start)).target


def target_of_agency(letter: Letter, mention: Any) -> Target:
    """A mention of a body by the gazetteer as a target."""
    body = letter.cues.body_of_code(mention.code)
    level = _LEVELS.get(mention.level or "")
    place = mention.place
    if place is not None:
        word = _type_word(letter.text[mention.start : mention.end], place)
        place = f"{word} {place}".strip()
    head = (mention.post or "").lower() in letter.cues.heads if mention.post else None
    name = mention.name if mention.text.isascii() and place is None else mention.text
    return Target(
        body, level, name, place, mention.code, head, None, (letter.evidence(mention.start, mention.end),)
    )


def _type_word(written: str, place: str) -> str:
    """The word for the kind of unit before its name: "UBND P. Kim Liên" gives "phường"."""
    before = fold(written)[: max(fold(written).rfind(fold(place)), 0)].split()
    last = before[-1].strip(". ") if before else ""
    words = {"phuong": "phường", "p": "phường", "xa": "xã", "quan": "quận", "q": "quận", "huyen": "huyện", "tinh": "tỉnh",
             "pho": "thành phố", "tp": "thành phố", "tran": "thị trấn"}  # fmt: skip
    return words.get(last, "")


def _issuers(letter: Letter, stage: Stage | None) -> Iterator[_Candidate]:
    """Bodies that can have decided, with points for standing by a document or the word of complaint."""
    documents = [
        d for d in letter.doc._.decisions if d.kind in _COMPLAINED_DOCUMENTS and d.end <= len(letter.text)
    ]
    settled = letter.hits.get("settled", [])
    addressed = {
        m.code for m in letter.agencies if letter.section_at(m.start) == "addressees" and m.level != "commune"
    }
    for mention in letter.agencies:
        section = letter.section_at(mention.start)
        target = target_of_agency(letter, mention)
        if section in _NOT_CONTENT or target.body not in _DECIDING:
            continue
        points = 1 + 3 * any(0 <= mention.start - document.end <= _NEAR for document in documents)
        points += 3 * _signs(letter, mention.end, documents)
        points += 2 * (section == "respondent") + 2 * _follows(letter, "complains", mention.start, _NEAR)
        if stage is Stage.SECOND:
            points += 3 * any(abs(hit.start - mention.start) <= _NEAR for hit in settled)
        if stage is Stage.SECOND and mention.code in addressed:
            points -= 3
        points -= 3 * _asked(letter, mention.start)
        yield _Candidate(points, target, mention.start)
    for document in documents:
        body = _body_of_number(letter, document.number)
        if body is not None:
            span = letter.evidence(document.start, document.end)
            yield _Candidate(2, Target(body, name=None, evidence=(span,)), document.start)
    for hit in letter.posts:
        target = _target_of_post(letter, hit)
        points = 2 * _follows(letter, "complains", hit.start, _NEAR) + 3 * _signs(letter, hit.end, documents)
        points += 3 * any(0 <= hit.start - document.end <= _BEFORE for document in documents)
        points -= 3 * _asked(letter, hit.start)
        if _in_content(letter, hit.start) and target.body in _DECIDING:
            yield _Candidate(points, target, hit.start)


def _signs(letter: Letter, position: int, documents: list[Any]) -> bool:
    """Whether a document follows in the same sentence: "Chủ tịch phường ký Quyết định số …"."""
    return any(
        0 <= document.start - position <= _SIGNING
        and not re.search(r"[.;\n]\s", letter.text[position : document.start])
        for document in documents
    )


def _asked(letter: Letter, position: int) -> bool:
    """Whether the letter asks this body for something, so that it is hardly the one complained of."""
    return _follows(letter, "sent", position, _BEFORE // 2)


def _own(letter: Letter, position: int) -> bool:
    """Whether a post stands where the writers introduce themselves: "Tôi là …, giáo viên Trường …"."""
    return letter.section_at(position) == "sender" and any(
        0 <= position - person.start <= _INTRODUCTION for person in letter.doc._.petitioners
    )


def _follows(letter: Letter, cue: str, position: int, reach: int) -> bool:
    """Whether a cue word ends at most `reach` characters before the position, in the same sentence.

    The word in the title says nothing of what stands under it.
    """
    return any(
        0 <= position - hit.end <= reach
        and not re.search(r"[.;\n]\s", letter.text[hit.end : position])
        and (letter.section_at(hit.start) != "title" or letter.section_at(position) == "title")
        for hit in letter.hits.get(cue, ())
    )


def _body_of_number(letter: Letter, number: str) -> Body | None:
    for mark in _NUMBER_MARK.findall(number.upper()):
        if mark in letter.cues.numbers:
            return letter.cues.numbers[mark]
    return None


def _respondents(letter: Letter) -> Iterator[_Candidate]:
    """The people whom nlp calls respondents, by their posts and the bodies named beside them."""
    for rank, person in enumerate(letter.doc._.respondents):
        end = min(len(letter.text), max(person.end, person.start + len(person.name)) + _NEAR)
        titles = [hit for hit in letter.posts if 0 <= person.start - hit.end <= _TITLE]
        named = _target_of_post(letter, titles[-1]) if titles else None
        target = named or _target_in(letter, person.start, end) or Target()
        if target.body is None and person.position:
            target = _target_of_words(letter, person.position)
        if target.body is not None:
            yield _Candidate(5 - min(rank, 2), target, person.start)


def _denounced_in_text(letter: Letter) -> Iterator[_Candidate]:
    """Posts after the word of denunciation, for letters whose respondent has no name that nlp knows."""
    for start, end in [(hit.end, hit.end + _NEAR) for hit in letter.hits.get("denounces", ())]:
        target = _target_in(letter, start, min(end, len(letter.text)))
        if target is not None and _in_content(letter, start):
            yield _Candidate(3, target, start)
    for hit in letter.posts:
        if _in_content(letter, hit.start) and not _asked(letter, hit.start) and not _own(letter, hit.start):
            yield _Candidate(2, _target_of_post(letter, hit), hit.start)


def _target_in(letter: Letter, start: int, end: int) -> Target | None:
    """The first post or body in a stretch of text; a post and a body beside it become one."""
    posts = [
        hit
        for hit in letter.posts
        if start <= hit.start < end and _in_content(letter, hit.start) and not _asked(letter, hit.start)
    ]
    mentions = [m for m in letter.agencies if start <= m.start < end and _in_content(letter, m.start)]
    if mentions and (not posts or mentions[0].start < posts[0].start - _BEFORE):
        target = target_of_agency(letter, mentions[0])
        return target if target.body is not None else None
    if not posts:
        return None
    return _target_of_post(letter, min(posts, key=lambda hit: (int(hit.owner), hit.start)))


def _in_content(letter: Letter, position: int) -> bool:
    return letter.section_at(position) not in _NOT_CONTENT


def _target_of_post(letter: Letter, hit: Hit) -> Target:
    """A post or body in words; its place is that of the body named with it, or what follows."""
    post = letter.cues.posts[int(hit.owner)]
    spans = (letter.evidence(hit.start, hit.end),)
    for mention in letter.agencies:
        if hit.start <= mention.start <= hit.end + _BEFORE:
            named = target_of_agency(letter, mention)
            if named.body is post.body:
                level = post.level or named.level
                return Target(
                    post.body, level, named.name, named.place, named.code, post.head, post.state_owned, spans
                )
    place = _place_after(letter, hit.end, post.level)
    return Target(post.body, post.level, None, place, None, post.head, post.state_owned, spans)


def _place_after(letter: Letter, position: int, level: Level | None) -> str | None:
    for place in letter.doc._.places:
        if 0 <= place.start - position <= _BEFORE // 4 and (level is None or place.level == level):
            return str(place.text)
    return None


def _target_of_words(letter: Letter, words: str) -> Target:
    """A post that nlp gives apart from its place in the text."""
    hits = list(letter.cues.posts_index.find(words))
    if not hits:
        return Target()
    post = letter.cues.posts[min(int(hit.owner) for hit in hits)]
    return Target(post.body, post.level, None, None, None, post.head, post.state_owned)
