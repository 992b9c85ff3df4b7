"""Search: exact tones first, then without tones. Sealed letters are not even counted for those without the right."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, contains_eager, joinedload

from nlp import fold
from service.accounts.rights import visible
from service.store.tables import Petition, Receipt, User

PHRASE = "phraseto_tsquery"
LONELY_MINUS = re.compile(r'-(?![\w"])')


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for; every field narrows, empty ones do not."""

    words: str = ""
    type: str | None = None
    field: str | None = None
    state: str | None = None
    unit: str | None = None
    received_from: date | None = None
    received_to: date | None = None
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A letter that was found; `exact` says that the words stand there with their tones."""

    petition: Petition
    exact: bool


def search(session: Session, user: User, query: Query) -> tuple[list[Hit], int]:
    """The letters that a user may see and that fit, and how many there are.

    First the letter of the receipt number that was asked for; then exact tones before others, words that stand
    together before words that stand apart, the newest first.
    """
    words = clean_words(query.words)
    conditions = [visible(user), *_filters(query)]
    exact: sa.ColumnElement[bool] = sa.true()
    order: list[sa.ColumnElement[Any]] = []
    if words:
        exact = _matches(Petition.search_exact, words.lower())
        conditions.append(sa.or_(exact, _matches(Petition.search_folded, fold(words)), _by_number(words)))
        together = sa.or_(
            _matches(Petition.search_exact, words.lower(), PHRASE),
            _matches(Petition.search_folded, fold(words), PHRASE),
        )
        order = [_by_number(words).desc(), exact.desc(), together.desc()]
    found = sa.select(Petition, exact.label("exact")).join(Petition.receipt).where(*conditions)
    total = session.scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0
    page = (
        found.options(contains_eager(Petition.receipt), joinedload(Petition.holder))
        .order_by(*order, Petition.id.desc())
        .limit(query.limit)
        .offset(query.offset)
    )
    return [Hit(petition, bool(is_exact)) for petition, is_exact in session.execute(page)], total


def clean_words(words: str) -> str:
    """The words as the database can take them.

    U+0000 fits no text there, and a row of signs for "without" that precede no word exhausts its parser.
    """
    return LONELY_MINUS.sub(" ", unicodedata.normalize("NFC", words).replace("\x00", " ")).strip()


def _matches(
    column: InstrumentedAttribute[Any], words: str, parser: str = "websearch_to_tsquery"
) -> sa.ColumnElement[bool]:
    asked: sa.ColumnElement[Any] = getattr(sa.func, parser)("simple", words)
    return column.op("@@", is_comparison=True)(asked)


def _by_number(words: str) -> sa.ColumnElement[bool]:
    return Receipt.number == words


def _filters(query: Query) -> list[sa.ColumnElement[bool]]:
    pairs = (
        (Petition.type, query.type),
        (Petition.field, query.field),
        (Petition.state, query.state),
        (Petition.unit_code, query.unit),
    )
    filters: list[sa.ColumnElement[bool]] = [column == value for column, value in pairs if value]
    if query.received_from:
        filters.append(Receipt.received_on >= query.received_from)
    if query.received_to:
        filters.append(Receipt.received_on <= query.received_to)
    return filters
