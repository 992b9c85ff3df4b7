"""From a read letter to a proposal: classifiers, stage, then the law. Never raises on any text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice

import numpy as np
from spacy.tokens import Doc

from models.classify import reasons
from models.classify.content import Content, content_of
from models.classify.explain import Phrase, explain
from models.classify.linear import Matrix
from models.classify.passages import Split
from models.classify.reader import LetterClassifier, Verdict
from models.law import assess, facts_from_doc
from models.live import live
from models.office import Office
from models.proposal import (
    Choice,
    CitedDecision,
    Evidence,
    Field,
    Mention,
    Part,
    Person,
    PetitionType,
    Proposal,
)
from models.reading import Reading
from models.stage import stage_of
from models.summary import summarise
from nlp import read_text

# About eight dense pages: what comes after changes no label, and work stays bounded.
MAX_CONTENT = 24_000
_FIELD_ALTERNATIVES = 5


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter on its way: read, cut to a bearable length, classified."""

    doc: Doc
    content: Content
    cut: bool
    verdict: Verdict
    ocr_confidence: float | None = None


def propose(doc: Doc, office: Office, received_on: date, ocr_confidence: float | None = None) -> Proposal:
    """Propose everything for one letter, as read by `nlp.read_text`.

    `ocr_confidence` is the mean confidence (0..1) of the scan, None for typed text. Raises
    ModelFileError where no model is trained; no text makes it fail.
    """
    classifier = live().classifier
    content, cut = reasons.capped(content_of(doc), MAX_CONTENT)
    letter = _Letter(doc, content, cut, classifier.read([content])[0], ocr_confidence)
    return _propose(letter, classifier, office, received_on)


def propose_many(letters: Iterable[tuple[str, Office, date]], batch_size: int = 64) -> Iterator[Proposal]:
    """Proposals for a stream of (text, office, day of receipt), in order, classified in batches."""
    classifier = live().classifier
    stream = iter(letters)
    while batch := list(islice(stream, batch_size)):
        docs = [read_text(text) for text, _, _ in batch]
        contents = [reasons.capped(content_of(doc), MAX_CONTENT) for doc in docs]
        verdicts = classifier.read([content for content, _ in contents])
        for (_, office, day), doc, (content, cut), verdict in zip(
            batch, docs, contents, verdicts, strict=True
        ):
            yield _propose(_Letter(doc, content, cut, verdict), classifier, office, day)


def _propose(letter: _Letter, classifier: LetterClassifier, office: Office, received_on: date) -> Proposal:
    doc, content, verdict = letter.doc, letter.content, letter.verdict
    size = len({token.folded for token in content.row})
    phrases: list[Phrase] = []
    notes: list[str] = []
    if reasons.is_unreadable(classifier.known_share(content), size):
        reading, doubts = _no_reading(), [reasons.unreadable(size)]
    else:
        reading, phrases = _reading(doc, classifier, verdict)
        doubts = reasons.doubts(classifier, verdict, reading.is_mixed, letter.ocr_confidence)
        notes = reasons.remarks(verdict, reading.is_mixed)
    if letter.cut:
        doubts.append(reasons.LONG)
    law = assess(facts_from_doc(doc, reading, office, received_on), office)
    return Proposal(
        type=reading.type,
        is_mixed=reading.is_mixed,
        parts=reading.parts,
        field=reading.field,
        stage=reading.stage,
        petitioners=_people(doc._.petitioners),
        respondents=_people(doc._.respondents),
        addressees=_mentions(doc._.addressees),
        places=_mentions(doc._.places),
        decisions=_decisions(doc),
        written_on=doc._.written_on,
        conditions=law.conditions,
        competence=law.competence,
        action=law.action,
        deadline=law.deadline,
        unit=law.unit,
        review_reasons=tuple(dict.fromkeys((*doubts, *law.reasons))),
        model_version=classifier.version,
        regime=law.regime,
        notes=tuple(dict.fromkeys((*notes, *law.notes))),
        summary=summarise(doc, content, phrases),
        extra={
            "rules": [asdict(step) for step in law.trace],
            "stage_evidence": [asdict(one) for one in reading.stage_evidence],
        },
    )


def _reading(doc: Doc, classifier: LetterClassifier, verdict: Verdict) -> tuple[Reading, list[Phrase]]:
    """What the classifiers say of a readable letter, and the phrases that they rest on."""
    kind = classifier.labels("type")[int(verdict.type.argmax())]
    topic = classifier.labels("field")[int(verdict.field.argmax())]
    type_phrases = explain(verdict.trace, classifier.models["type"], kind)
    field_phrases = explain(verdict.trace, classifier.models["field"], topic)
    parts = _parts(doc, verdict.split) if classifier.says_mixed(verdict) else ()
    stage, stage_evidence = stage_of(doc, PetitionType(kind))
    reading = Reading(
        type=_choice(doc, classifier.labels("type"), verdict.type, type_phrases),
        field=_choice(doc, classifier.labels("field"), verdict.field, field_phrases, _FIELD_ALTERNATIVES),
        is_mixed=bool(parts),
        parts=parts,
        stage=stage,
        stage_evidence=stage_evidence,
    )
    return reading, [*type_phrases, *field_phrases]


def _no_reading() -> Reading:
    """For a text that says nothing: other, with the chance of a guess."""
    kinds = [kind for kind in PetitionType if kind is not PetitionType.OTHER]
    return Reading(
        type=Choice(PetitionType.OTHER, 0.25, tuple((str(kind), 0.25) for kind in kinds)),
        field=Choice(Field.OTHER, 1 / len(Field)),
        is_mixed=False,
        parts=(),
        stage=None,
    )


def _choice(
    doc: Doc, labels: Sequence[str], chances: Matrix, phrases: Sequence[Phrase], limit: int | None = None
) -> Choice:
    order = np.argsort(-chances)
    ranked = [(labels[column], float(chances[column])) for column in order]
    return Choice(
        label=ranked[0][0],
        probability=ranked[0][1],
        alternatives=tuple(ranked[1 : None if limit is None else limit + 1]),
        evidence=tuple(_evidence(doc, phrase) for phrase in phrases),
    )


def _evidence(doc: Doc, phrase: Phrase) -> Evidence:
    start, end = doc._.to_original(phrase.start, phrase.end)
    return Evidence(start, end, doc._.original[start:end], phrase.weight)


def _parts(doc: Doc, split: Split | None) -> tuple[Part, ...]:
    """The two contents of a mixed letter, each a stretch of whole sentences."""
    found = []
    for zone, kind, chance in zip(split.zones, split.types, split.chances, strict=True) if split else ():
        start, end = doc._.to_original(zone.start, zone.end)
        found.append(Part(PetitionType(kind), start, end, doc._.original[start:end], chance))
    return tuple(found)


def _people(people: Iterable[object]) -> tuple[Person, ...]:
    return tuple(Person(**asdict(person)) for person in people)  # type: ignore[call-overload]


def _mentions(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(Mention(one.text, one.start, one.end, one.code, one.name) for one in mentions)


def _decisions(doc: Doc) -> tuple[CitedDecision, ...]:
    """Documents that the letter cites; laws are no decisions."""
    return tuple(
        CitedDecision(one.number, one.date, one.issuer, one.start, one.end)
        for one in doc._.decisions
        if one.kind != "law"
    )
