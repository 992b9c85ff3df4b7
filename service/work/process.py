"""From receipt to petition: read, understand, propose, store. Running it twice does no harm."""

from __future__ import annotations

import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ingest.document import Document, Method, Page, Problem, Source, Word
from models.proposal import PetitionType, Proposal
from nlp import fold
from service import audit
from service.intake.receipts import original
from service.logs import log
from service.office import office
from service.store.blobs import BlobError
from service.store.database import transaction
from service.store.tables import Petition, Receipt, ReceiptState, Suggestion, User
from service.work import readings

# A letter that may be a denunciation with at least this probability stays sealed until a person has looked;
# chosen on authors left out of training (docs/adr/0004).
SEAL_FROM = 0.05
GAVE_UP = Problem(
    "internal_error", "Máy đã thử đọc 3 lần nhưng chưa được. Bấm “Đọc lại”, hoặc xem bản gốc và nhập tay."
)
LOST_ORIGINAL = Problem(
    "original_lost", "Bản gốc trong kho không còn nguyên vẹn. Báo ngay cho người quản trị, không xoá gì thêm."
)


def process_receipt(receipt_id: int) -> None:
    """Make a petition of a waiting receipt, or put it into the tray of problems.

    Everything is stored in one transaction under a lock on the receipt, so a second run (a worker died after
    storing, two workers at once) finds the receipt no longer waiting and changes nothing.
    """
    started = time.monotonic()
    with transaction() as session:
        receipt = session.get_one(Receipt, receipt_id)
        if receipt.state != ReceiptState.WAITING:
            return
        known = readings.stored(session, receipt.sha256)
    try:
        # What could not be read the last time is tried anew: that is what "Đọc lại" promises.
        document = known if known and known.readable else _read(receipt)
    except BlobError:
        log.error("original_lost", receipt=receipt_id)
        _store_problem(receipt_id, [LOST_ORIGINAL])
        return
    if not document.readable:
        _store_problem(receipt_id, list(document.problems), document)
        return
    file_petition(receipt_id, document)
    log.info(
        "read", receipt=receipt_id, pages=len(document.pages), seconds=round(time.monotonic() - started, 2)
    )


def _read(receipt: Receipt) -> Document:
    def on_page(done: int, total: int) -> None:
        with transaction() as session:
            session.execute(
                sa.update(Receipt).where(Receipt.id == receipt.id).values(pages_done=done, pages_total=total)
            )

    return readings.read_original(receipt, original(receipt), on_page)


def file_petition(receipt_id: int, document: Document, user: User | None = None) -> int | None:
    """Store reading, petition, suggestion and links of a receipt; returns the petition's id.

    `user` is the person who typed the text by hand, None for the machine. Returns None where somebody else
    has filed or refused the receipt meanwhile.
    """
    # Imported here: the web process files nothing but typed letters, and should start without spaCy.
    from models import propose
    from nlp import read_text
    from service.work.linking import link_petition

    # Understanding takes longer than storing, so it is done before the receipt is locked.
    text = readings.text_of(document)
    doc = read_text(text)
    with transaction() as session:
        received_on = session.get_one(Receipt, receipt_id).received_on
    proposal = propose(doc, office(), received_on, ocr_confidence=readings.confidence(document))
    with transaction() as session:
        receipt = session.scalar(sa.select(Receipt).where(Receipt.id == receipt_id).with_for_update())
        if receipt is None or receipt.state not in (ReceiptState.WAITING, ReceiptState.PROBLEM):
            return None
        if receipt.state == ReceiptState.PROBLEM and user is None:
            return None
        if user is None:
            readings.store(session, receipt.sha256, document)
        receipt.state = ReceiptState.FILED
        receipt.problems = [_problem_json(problem) for problem in document.problems]
        receipt.pages_done = receipt.pages_total = len(document.pages)
        petition = _new_petition(session, receipt, text, proposal)
        link_petition(session, petition, doc)
        audit.record(
            session, user, "file", "petition", petition.id,
            model_version=proposal.model_version, sealed=petition.sealed,
        )  # fmt: skip
        return petition.id


def _new_petition(session: Session, receipt: Receipt, text: str, proposal: Proposal) -> Petition:
    petition = Petition(
        receipt_id=receipt.id, text=text, folded=fold(text), sealed=must_seal(proposal), **columns(proposal)
    )
    session.add(petition)
    session.flush()
    petition.suggestion_id = add_suggestion(session, petition, proposal)
    return petition


def add_suggestion(session: Session, petition: Petition, proposal: Proposal) -> int:
    """Keep what the models said; returns the suggestion's id."""
    suggestion = Suggestion(
        petition_id=petition.id, model_version=proposal.model_version, proposal=proposal.to_json()
    )
    session.add(suggestion)
    session.flush()
    return suggestion.id


def columns(proposal: Proposal) -> dict[str, Any]:
    """The petition's columns as a proposal would have them."""
    return {
        "petitioner": "; ".join(person.name for person in proposal.petitioners[:3]) or None,
        "summary": proposal.summary,
        "type": proposal.type.label,
        "field": proposal.field.label,
        "stage": proposal.stage,
        "competence_kind": proposal.competence.kind,
        "agency": proposal.competence.agency,
        "action": proposal.action.code,
        "unit_code": proposal.unit.code if proposal.unit else None,
        "due": proposal.deadline.due,
        "needs_review": proposal.needs_review,
    }


def must_seal(proposal: Proposal) -> bool:
    """Whether the letter is, holds or may be a denunciation, so that only those with the right may see it."""
    denunciation = PetitionType.DENUNCIATION
    if proposal.type.label == denunciation or any(part.type == denunciation for part in proposal.parts):
        return True
    return dict(proposal.type.alternatives).get(denunciation, 0.0) >= SEAL_FROM


def give_up(receipt_id: int) -> None:
    """Put a receipt whose reading failed again and again into the tray of problems."""
    _store_problem(receipt_id, [GAVE_UP])


def _store_problem(receipt_id: int, problems: list[Problem], document: Document | None = None) -> None:
    with transaction() as session:
        receipt = session.scalar(sa.select(Receipt).where(Receipt.id == receipt_id).with_for_update())
        if receipt is None or receipt.state != ReceiptState.WAITING:
            return
        if document is not None:
            readings.store(session, receipt.sha256, document)
        receipt.state = ReceiptState.PROBLEM
        receipt.problems = [_problem_json(problem) for problem in problems]
        audit.record(session, None, "problem", "receipt", receipt_id, count=len(problems))
    log.info("problem", receipt=receipt_id, count=len(problems))


def _problem_json(problem: Problem) -> dict[str, Any]:
    return {"code": problem.code, "message": problem.message, "page": problem.page, "fatal": problem.fatal}


def typed_document(receipt: Receipt, text: str) -> Document:
    """A document for text that a person has typed from an original that no machine could read."""
    words, offset = [], 0
    for token in text.split():
        start = text.index(token, offset)
        offset = start + len(token)
        words.append(Word(token, start, offset, None, 1.0))
    page = Page(1, Method.TYPED, text, tuple(words), confidence=1.0)
    return Document(Source(receipt.file_name, receipt.sha256, len(text.encode()), "text/plain"), (page,))
