"""Who a letter is about, where it does not say so: assumptions that are always spoken out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from models.law.codes import Body, Level
from models.law.facts import LetterFacts, Target
from models.law.places import holds
from models.law.rulebook import Rulebook
from models.office import Office, OfficeLevel
from models.proposal import PetitionType, Stage

# Bodies that can have taken a decision on somebody's rights, so that a complaint to them may be about them.
_DECIDERS = frozenset(
    {
        Body.PEOPLE_COMMITTEE,
        Body.DEPARTMENT,
        Body.TAX,
        Body.SOCIAL_INSURANCE,
        Body.POLICE,
        Body.ENFORCEMENT,
        Body.COURT,
    }
)


@dataclass(frozen=True, slots=True)
class Settled:
    """The target with its gaps filled, and a sentence for each thing that had to be assumed.

    `reasons` where nothing in the letter supports the assumption, so that a person has to settle it;
    `notes` where the letter makes it the likely one.
    """

    target: Target
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def settle_target(facts: LetterFacts, office: Office, book: Rulebook) -> Settled:
    """Who or what the letter is about, with what it leaves open filled in."""
    found = (
        _complained_of(facts, office, book) if facts.type is PetitionType.COMPLAINT else Settled(facts.target)
    )
    target, reasons, notes = found.target, found.reasons, found.notes
    if target.body in (Body.PEOPLE_COMMITTEE, Body.DIVISION) and target.level is None:
        target = replace(target, level=_level_of(office))
        notes += (
            f"Đơn không nói rõ cấp của {target.name or 'UBND'}; tạm hiểu là cùng cấp với {office.name}.",
        )
    if target.level is Level.COMMUNE and target.place is None:
        target = replace(target, place=_likely_commune(facts, office))
    if facts.type is PetitionType.DENUNCIATION:
        reasons += _place_unknown(target)
        notes += _rank_unknown(target)
    return Settled(target, reasons, notes)


def _complained_of(facts: LetterFacts, office: Office, book: Rulebook) -> Settled:
    if facts.target.body is not None:
        return Settled(facts.target)
    for body, names in book.bodies.items():
        if facts.field in names.assumed_for:
            why = f"Đơn không nói rõ ai ra quyết định, hành vi bị khiếu nại; tạm hiểu là {names.label} theo lĩnh vực."
            return Settled(Target(body), notes=(why,))
    deciders = [addressee for addressee in facts.addressees if addressee.body in _DECIDERS]
    if facts.stage is Stage.SECOND:
        # A second complaint goes above the one who decided, so only the lowest addressee can have done so.
        deciders = [
            lowest for lowest in deciders if lowest.level is not None and lowest.level is not Level.PROVINCE
        ]
        deciders.sort(key=lambda addressee: addressee.level is not Level.COMMUNE)
    for addressee in deciders[:1]:
        assumed = Target(addressee.body, addressee.level, addressee.name, addressee.place, addressee.code)
        why = f"Đơn không nói rõ ai ra quyết định, hành vi bị khiếu nại; tạm hiểu là {addressee.name} vì thư gửi nơi này."
        return Settled(assumed, notes=(why,))
    assumed = Target(
        *_body_of(office), name=office.name, place=office.place_name, code=office.department_code
    )
    why = f"Đơn không nói rõ ai ra quyết định, hành vi bị khiếu nại; tạm hiểu là {office.name}."
    return Settled(assumed, reasons=(why,))


def _likely_commune(facts: LetterFacts, office: Office) -> str | None:
    """The commune of "the ward" in a letter: where the matter is, else this office if addressed, else the one addressed."""
    named = [
        addressee.place
        for addressee in facts.addressees
        if addressee.body is Body.PEOPLE_COMMITTEE and addressee.level is Level.COMMUNE and addressee.place
    ]
    if facts.here is not None:
        return facts.here
    if office.is_commune and any(holds(office, name, "commune") is not False for name in named):
        return office.place_name
    return named[0] if named else None


def _place_unknown(target: Target) -> tuple[str, ...]:
    if target.body is not None:
        return ()
    return ("Đơn không nói rõ người bị tố cáo làm việc ở đâu; tạm xác định nơi xử lý theo lĩnh vực.",)


def _rank_unknown(target: Target) -> tuple[str, ...]:
    if target.head is None and target.body in (Body.PEOPLE_COMMITTEE, Body.DEPARTMENT, Body.PUBLIC_UNIT):
        return ("Chưa rõ người bị tố cáo có phải người đứng đầu, cấp phó hay không; tạm hiểu là không.",)
    return ()


def _body_of(office: Office) -> tuple[Body, Level]:
    if office.level is OfficeLevel.DEPARTMENT:
        return Body.DEPARTMENT, Level.PROVINCE
    return Body.PEOPLE_COMMITTEE, _level_of(office)


def _level_of(office: Office) -> Level:
    if office.is_commune:
        return Level.COMMUNE
    return Level.DISTRICT if office.level is OfficeLevel.DISTRICT else Level.PROVINCE
