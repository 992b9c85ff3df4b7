"""Earlier letters: what people say of proposed links. A link is never deleted, and a rejection is remembered."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service import audit
from service.accounts.rights import NotFound, Right, require, visible
from service.desk.errors import NotPossible
from service.store.tables import Link, LinkEvent, LinkState, Petition, User

NO_LINK = "Không có liên kết này, hoặc bạn không có quyền xem."
VERBS = {"confirm": LinkState.CONFIRMED, "reject": LinkState.REJECTED, "undo": LinkState.PROPOSED}


@dataclass(frozen=True, slots=True)
class Earlier:
    """A link as a user may see it: `petition` is None where the other letter is in a unit out of sight."""

    link: Link
    petition: Petition | None


def earlier_letters(session: Session, user: User, petition: Petition) -> list[Earlier]:
    """Links of a petition to others, in both directions, the strongest first.

    A link to a letter that is sealed for this user is left out altogether: that its petitioner has
    denounced somebody is the very thing that must not be told.
    """
    mine = sa.or_(Link.petition_id == petition.id, Link.earlier_id == petition.id)
    links = session.scalars(sa.select(Link).where(mine).order_by(Link.probability.desc(), Link.id)).all()
    others = {_other(link, petition.id) for link in links}
    known = {
        found.id: found
        for found in session.scalars(sa.select(Petition).where(Petition.id.in_(others), visible(user)))
    }
    hidden = set(session.scalars(sa.select(Petition.id).where(Petition.id.in_(others), Petition.sealed)))
    hidden -= set(known)
    found = [(link, _other(link, petition.id)) for link in links]
    return [Earlier(link, known.get(other)) for link, other in found if other not in hidden]


def judge(session: Session, user: User, link_id: int, verb: str, reason: str = "") -> Link:
    """Confirm, reject or undo a link; every step is kept.

    Raises NotPossible for another verb, NotFound where the user may not know of both letters.
    """
    require(user, Right.REVIEW)
    if verb not in VERBS:
        raise NotPossible("Chỉ có thể xác nhận, bác bỏ hoặc hoàn tác.")
    link = session.scalar(sa.select(Link).where(Link.id == link_id).with_for_update())
    if link is None:
        raise NotFound(NO_LINK)
    # In the same words as where there is none: that a link leads to a sealed letter must not be told.
    both = sa.select(sa.func.count()).where(
        Petition.id.in_((link.petition_id, link.earlier_id)), visible(user)
    )
    if session.scalar(both) != 2:
        raise NotFound(NO_LINK)
    link.state = VERBS[verb]
    session.add(LinkEvent(link_id=link.id, verb=verb, reason=reason.strip(), user_id=user.id))
    audit.record(session, user, f"link_{verb}", "link", link.id, level=link.level)
    return link


def _other(link: Link, petition_id: int) -> int:
    return link.earlier_id if link.petition_id == petition_id else link.petition_id
