"""What the components find: frozen records with offsets.

`start` and `end` count characters. In what `doc._` gives, they are offsets of the *original*
input text; while the pipeline runs they are offsets of the normalised text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MentionSpan:
    """A name as written; `code` is None where it could not be resolved to exactly one thing."""

    text: str
    start: int
    end: int
    code: str | None = None
    name: str | None = None
    level: str | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonMention:
    """Somebody named in the letter.

    `role` is petitioner, representative (one of a group), signer, organisation, deputy (lawyer, director),
    respondent or mentioned.
    """

    name: str
    role: str
    start: int
    end: int
    position: str | None = None
    address: str | None = None
    id_number: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written; `value` is None for an impossible or unfinished one.

    `role` is written, birth, issued, received, decision or event.
    """

    value: date | None
    start: int
    end: int
    text: str
    role: str


@dataclass(frozen=True, slots=True)
class DecisionMention:
    """A document that the letter cites.

    `kind` is decision, notice, conclusion, judgment, law, official_letter, report, record,
    plan, party or other. `complete` is False where the letter gives only the number.
    """

    number: str
    date: date | None
    issuer: str | None
    start: int
    end: int
    kind: str
    text: str = ""
    complete: bool = True


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """A public body; `place` is the local name as written, `post` the office held there."""

    text: str
    start: int
    end: int
    code: str
    name: str
    level: str | None
    kind: str
    place: str | None = None
    place_code: str | None = None
    post: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A number with a meaning: `kind` is id, phone, email, parcel, sheet, amount, area, certificate."""

    kind: str
    value: str
    start: int
    end: int
