"""Opening a letter to read it. Whoever opens a sealed one leaves a row in the audit trail, one a day.

A list or a search shows a line of each letter to those with the right and leaves no row: opening is what counts.
"""

from __future__ import annotations

from datetime import datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service import audit
from service.accounts.rights import get_visible
from service.desk.receipt_list import original_of
from service.office import today
from service.settings import TIME_ZONE
from service.store.tables import Audit, Petition, Receipt, User

VERB = "open_sealed"


def open_letter(session: Session, user: User, petition_id: int) -> Petition:
    """The petition with this id, to be shown whole; raises NotFound where the user may not know of it."""
    petition = get_visible(session, user, petition_id)
    if petition.sealed:
        _note(session, user, "petition", petition.id)
    return petition


def open_original(session: Session, user: User, receipt_id: int) -> Receipt:
    """The receipt whose original is to be given out; raises NotFound where the user may not have it.

    A letter that nobody has read yet might be a denunciation, so opening its original leaves a row too.
    """
    receipt = original_of(session, user, receipt_id)
    letter = session.scalar(sa.select(Petition).where(Petition.receipt_id == receipt.id))
    if letter is None:
        _note(session, user, "receipt", receipt.id)
    elif letter.sealed:
        _note(session, user, "petition", letter.id)
    return receipt


def _note(session: Session, user: User, kind: str, object_id: int) -> None:
    """A page of a letter asks for many pictures: once a day and person is enough."""
    noted = sa.exists().where(
        Audit.kind == kind,
        Audit.object_id == str(object_id),
        Audit.verb == VERB,
        Audit.user_id == user.id,
        Audit.at >= datetime.combine(today(), time.min, TIME_ZONE),
    )
    if not session.scalar(sa.select(noted)):
        audit.record(session, user, VERB, kind, object_id)
