"""From a read letter to the facts that the law asks for, each with the words that show it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from models.law.codes import Body, Level
from models.law.facts import Addressee, LetterFacts, MatterHit, Target
from models.law.letter import Letter
from models.law.where import commune_of_matter, home_province
from models.law.whom import read_target, target_of_agency
from models.office import Office
from models.proposal import Evidence, PetitionType, Stage
from models.proposal import Field as Matter
from models.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc


_WORDS_OF_CONTENT = 6
_WORDS_OF_ACT = 20
# One bad word may be quoted from somebody else.
_INSULTS = 2
_NEAR = 90
_ENDING = 250
_CONTENT = ("body", "history", "request", "respondent", "title")
_DOCUMENTS_COMPLAINED_OF = ("decision", "notice", "conclusion", "official_letter")
_WORD = re.compile(r"\w+")
# What a mail program prints above a message.
_MAIL_HEAD = re.compile(
    r"^\s*(?:(?:từ|from|người gửi)\s*:.*@|(?:chủ đề|tiêu đề|subject)\s*:)", re.IGNORECASE | re.MULTILINE
)
_HEAD = 500
_HOUSE = re.compile(r"\b(?:nhà|số nhà|nhà số|ngõ|ngách|tổ|số) \d", re.IGNORECASE)


def facts_from_doc(doc: Doc, reading: Reading, office: Office, received_on: date) -> LetterFacts:
    """The facts of a letter; offsets of the evidence count characters of the original text."""
    letter = Letter(doc)
    kind = PetitionType(reading.type.label)
    target = read_target(letter, kind, reading.stage)
    form = _form(letter, kind, target)
    anonymous = _anonymous(letter)
    decided = _complained_document(letter, reading.stage)
    province = home_province(letter, office)
    return LetterFacts(
        type=kind,
        received_on=received_on,
        field=Matter(reading.field.label),
        stage=reading.stage,
        parts=tuple(part.type for part in reading.parts),
        mixed=reading.is_mixed,
        target=target,
        addressees=_addressees(letter),
        matters=_matters(letter),
        here=commune_of_matter(letter, office, elsewhere=province is not None),
        province=province,
        discipline="discipline" in letter.hits and kind is PetitionType.COMPLAINT,
        anonymous=anonymous,
        substantiated=_substantiated(letter, target) if anonymous else None,
        insulting=len({hit.start for hit in letter.hits.get("insulting", ())}) >= _INSULTS,
        resolved_finally=_true_if("resolved_finally", letter) if reading.stage is Stage.CONTINUED else None,
        concluded=_concluded_by_province(letter),
        new_evidence=_true_if("new_evidence", letter),
        overdue=_true_if("overdue", letter),
        n_signers=max(1, len({person.name for person in doc._.petitioners})),
        has_representative=_true_if("representative", letter),
        decided_on=decided.date if decided is not None else None,
        written_on=doc._.written_on,
        evidence=_evidence(letter, decided),
        **form,
    )


def _true_if(name: str, letter: Letter) -> bool | None:
    """True where the letter has words for it; it is not told where it has none."""
    return True if name in letter.hits else None


def _form(letter: Letter, kind: PetitionType, target: Target) -> dict[str, bool | None]:
    """The facts of form: what a letter has to carry."""
    doc = letter.doc
    people = doc._.petitioners
    words = len(_WORD.findall(" ".join(letter.text[start:end] for start, end in letter.spans_of(*_CONTENT))))
    words = words if letter.sections else len(_WORD.findall(letter.text))
    reachable = any(fact.kind in ("phone", "email") for fact in doc._.facts) or "contact" in letter.hits
    located = any(p.address for p in people) or "address" in letter.hits or bool(_HOUSE.search(letter.text))
    # Who can be called can be asked where he lives, so a number keeps the question open.
    address = True if located else (None if reachable else False)
    blamed = target.body is not None or bool(doc._.respondents)
    if kind is PetitionType.COMPLAINT:
        blamed = blamed or bool(doc._.decisions) or bool(letter.agencies)
    return {
        "vietnamese": None if not words else _is_vietnamese(letter),
        "has_name": bool(people),
        "has_address": address,
        "has_signature": True if letter.spans_of("signature") and people else None,
        "has_date": _has_date(letter),
        "has_contact": bool(address) or reachable,
        "has_respondent": blamed or None,
        "has_act": words >= _WORDS_OF_ACT or None,
        "has_request": bool(letter.spans_of("request")) or "request" in letter.hits or None,
        "has_content": words >= _WORDS_OF_CONTENT,
        "legible": None if words < _WORDS_OF_CONTENT else True,
        "on_paper": not _MAIL_HEAD.search(letter.text[:_HEAD]),
    }


# Syllables that any Vietnamese letter has, with or without tones, and hardly any other language.
_COMMON = frozenset(
    [
        "toi",
        "la",
        "cua",
        "va",
        "co",
        "khong",
        "duoc",
        "cho",
        "ngay",
        "nay",
        "don",
        "nguoi",
        "nha",
        "ong",
        "ba",
        "voi",
        "trong",
        "de",
        "da",
        "cac",
    ]
)
_COMMON_SHARE = 0.06


def _is_vietnamese(letter: Letter) -> bool:
    from nlp.fold import fold

    words = _WORD.findall(fold(letter.text[:4000]))
    return bool(words) and sum(word in _COMMON for word in words) / len(words) >= _COMMON_SHARE


def _anonymous(letter: Letter) -> bool:
    """Whether nobody stands for the letter: no name is found, and no number that leads to a person."""
    traces = any(fact.kind in ("id", "phone") for fact in letter.doc._.facts)
    return not letter.doc._.petitioners and ("anonymous" in letter.hits or not traces)


def _substantiated(letter: Letter, target: Target) -> bool:
    """Whether somebody could go and look: a violator is named, and proof comes with the letter."""
    named = target.body is not None or any(p.role in ("respondent", "mentioned") for p in letter.doc._.people)
    return named and "proof" in letter.hits


def _concluded_by_province(letter: Letter) -> bool | None:
    """True where a conclusion is named together with the People's Committee of the province."""
    for hit in letter.hits.get("concluded", ()):
        for mention in letter.agencies:
            near = (
                abs(mention.start - hit.start) <= _NEAR and letter.section_at(mention.start) != "addressees"
            )
            if (
                near
                and mention.level == Level.PROVINCE
                and letter.cues.body_of_code(mention.code) is Body.PEOPLE_COMMITTEE
            ):
                return True
    return None


def _complained_document(letter: Letter, stage: Stage | None) -> Any:
    """The document that a complaint is about: the first that is no law; of a second complaint the latest."""
    documents = [d for d in letter.doc._.decisions if d.kind in _DOCUMENTS_COMPLAINED_OF]
    dated = [d for d in documents if d.date is not None]
    if stage is Stage.SECOND and dated:
        return max(dated, key=lambda document: document.date)
    return documents[0] if documents else None


def _addressees(letter: Letter) -> tuple[Addressee, ...]:
    """Every body in the list of addressees; the gazetteer finds several in one line."""
    found = []
    spans = letter.spans_of("addressees") or [(m.start, m.end) for m in letter.doc._.addressees]
    for mention in letter.agencies:
        if any(start <= mention.start < end for start, end in spans):
            target = target_of_agency(letter, mention)
            found.append(Addressee(target.body, target.level, mention.text, target.place, mention.code))
    return tuple(found)


def _matters(letter: Letter) -> tuple[MatterHit, ...]:
    """Points of each matter; a phrase counts once, and words inside a longer one not at all."""
    found = []
    for name, hits in letter.matters.items():
        seen: dict[str, int] = {}
        spans: list[Evidence] = []
        reach = -1
        for hit in hits:
            if hit.start < reach:
                continue
            reach = hit.end
            phrase = letter.text[hit.start : hit.end].lower()
            if phrase not in seen and letter.section_at(hit.start) != "addressees":
                seen[phrase] = hit.points
                spans.append(letter.evidence(hit.start, hit.end, float(hit.points)))
        if seen:
            found.append(MatterHit(name, sum(seen.values()), tuple(spans)))
    return tuple(found)


def _has_date(letter: Letter) -> bool | None:
    """Whether the writer dated the letter; not told where only some date stands near its end."""
    if letter.doc._.written_on is not None or any(d.role == "written" for d in letter.doc._.dates):
        return True
    late = any(d.start >= len(letter.text) - _ENDING for d in letter.doc._.dates)
    return None if late else False


def _evidence(letter: Letter, decided: Any) -> dict[str, tuple[Evidence, ...]]:
    """The words that show the facts, by fact."""
    shown = {name: letter.evidence_of(name) for name in letter.hits}
    named = {
        "has_request": shown.get("request", ())[:1],
        "has_address": shown.get("address", ())[:1],
        "has_contact": shown.get("contact", ())[:1],
        "substantiated": shown.get("proof", ()),
        "guided": shown.get("guided", ()),
        "insulting": shown.get("insulting", ()),
        "has_name": tuple(letter.evidence(p.start, p.end) for p in letter.doc._.petitioners[:3]),
        "has_respondent": tuple(letter.evidence(p.start, p.end) for p in letter.doc._.respondents[:3]),
        "has_date": tuple(letter.evidence(d.start, d.end) for d in letter.doc._.dates if d.role == "written")[
            :1
        ],
        "discipline": shown.get("discipline", ()),
    }
    if decided is not None:
        named["decided_on"] = (letter.evidence(decided.start, decided.end),)
    return {name: spans for name, spans in named.items() if spans}
