"""Links to earlier letters, found in PostgreSQL and judged by the models' scorer."""

from __future__ import annotations

import sqlalchemy as sa
from spacy.tokens import Doc
from sqlalchemy.orm import Session

from models.cases import LinkFeatures, features, score
from models.proposal import LinkLevel
from service.store.tables import Link, LinkEvent, LinkFeature, Petition, Receipt

BUDGET = 300
MAX_LINKS = 20
# One number for the advisory lock that lets letters be filed one after the other.
LINK_LOCK = 7_401_866


def link_petition(session: Session, petition: Petition, doc: Doc) -> None:
    """Store what the petition is found again by, and propose its links to earlier ones.

    Runs in the transaction that files the petition, so no letter is ever without its links.
    """
    found = features(doc)
    # Two letters filed at the same moment would not see each other, and their link would be missed for ever.
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(LINK_LOCK)))
    session.add(
        LinkFeature(
            petition_id=petition.id,
            exact_hash=found.exact_hash,
            fp=list(found.fp),
            keys=list(found.keys),
            features=found.to_json(),
        )
    )
    session.flush()
    twins = _same_file(session, petition)
    for earlier in twins:
        evidence = [{"feature": "Cùng một tệp", "value": "giống từng byte", "weight": 1.0}]
        _propose(session, petition, earlier, LinkLevel.SAME_FILE, 1.0, evidence)
    judged = [
        (score(LinkFeatures.from_json(row.features), found), row.petition_id)
        for row in _candidates(session, petition, found)
        if row.petition_id not in twins
    ]
    linked = sorted((pair for pair in judged if pair[0].level), key=lambda pair: -pair[0].probability)
    for verdict, earlier in linked[:MAX_LINKS]:
        assert verdict.level is not None  # those without are filtered out above
        evidence = [
            {"feature": name, "value": value, "weight": weight} for name, value, weight in verdict.evidence
        ]
        _propose(session, petition, earlier, verdict.level, verdict.probability, evidence)


def _same_file(session: Session, petition: Petition) -> set[int]:
    sha256 = sa.select(Receipt.sha256).where(Receipt.id == petition.receipt_id).scalar_subquery()
    query = (
        sa.select(Petition.id)
        .join(Receipt, Receipt.id == Petition.receipt_id)
        .where(Receipt.sha256 == sha256, Petition.id != petition.id)
        .order_by(Petition.id)
        .limit(MAX_LINKS)
    )
    return set(session.scalars(query))


def _candidates(session: Session, petition: Petition, found: LinkFeatures) -> list[LinkFeature]:
    """At most `BUDGET` earlier petitions that share a key, the text or a feature, the closest first."""
    shared = sa.func.cardinality(
        sa.func.array(
            sa.select(sa.func.unnest(LinkFeature.fp))
            .intersect(sa.select(sa.func.unnest(sa.cast(list(found.fp), LinkFeature.fp.type))))
            .scalar_subquery()
        )
    )
    by_key = LinkFeature.keys.overlap(list(found.keys)) if found.keys else sa.false()
    by_text = LinkFeature.exact_hash == found.exact_hash
    by_feature = LinkFeature.fp.overlap(list(found.fp)) if found.fp else sa.false()
    query = (
        sa.select(LinkFeature)
        .where(LinkFeature.petition_id != petition.id, sa.or_(by_text, by_key, by_feature))
        .order_by(by_text.desc(), sa.case((by_key, 1), else_=0).desc(), shared.desc())
        .limit(BUDGET)
    )
    return list(session.scalars(query))


def _propose(
    session: Session,
    petition: Petition,
    earlier: int,
    level: LinkLevel,
    probability: float,
    evidence: list[dict[str, object]],
) -> None:
    # Workers finish in any order; "earlier" is who has the earlier receipt.
    first, second = sorted((petition, session.get_one(Petition, earlier)), key=lambda found: found.receipt_id)
    link = Link(
        petition_id=second.id, earlier_id=first.id, level=level, probability=probability, evidence=evidence
    )
    session.add(link)
    session.flush()
    session.add(LinkEvent(link_id=link.id, verb="proposed"))
