"""Which authority has to settle a letter, and whether that is this office."""

from __future__ import annotations

from dataclasses import dataclass

from models.law.codes import Body, Level
from models.law.explain import Fired, fired
from models.law.facts import LetterFacts, Target
from models.law.places import holds, same_name
from models.law.rulebook import Rulebook, View
from models.law.schema import CompetenceValue
from models.law.target import Settled, settle_target
from models.law.wording import Case, CompetenceRow, is_older, words_of
from models.office import Office, OfficeLevel
from models.proposal import Competence, CompetenceKind, Evidence, PetitionType, Stage

_FIELD_POINTS = 2
# Letters that belong to a case which somebody already has on the desk.
_OF_A_CASE = frozenset({Stage.SUPPLEMENT, Stage.WITHDRAWAL, Stage.REMINDER})
# Bodies whose business is never a people's committee's, whoever passes a letter on.
_OF_THEIR_OWN = frozenset(
    {
        Body.POLICE, Body.COURT, Body.PROCURACY, Body.ENFORCEMENT, Body.TAX, Body.SOCIAL_INSURANCE, Body.PARTY, Body.MILITARY,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """The competent authority with the matter that led to it, and the rules that fired.

    `reasons` are doubts that a person has to settle, `notes` likely assumptions.
    """

    competence: Competence
    matter: str | None
    place: str | None
    target: Target
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    trace: tuple[Fired, ...]


def find_competence(facts: LetterFacts, office: Office, book: Rulebook) -> Finding:
    """The authority that settles the letter under the law of the day of receipt."""
    settled = settle_target(facts, office, book)
    target = settled.target
    case = Case(facts, office, book, facts.received_on, target, _view(facts, target, office))
    follows = _follows_case(case)
    matter, evidence = (None, ()) if follows else _matter(case)
    row, steps = (matter, [matter]) if matter is not None else _by_law(case)
    if matter is not None or follows:
        settled = Settled(target)
    if matter is None and facts.type is not PetitionType.OTHER:
        evidence = target.evidence
    competence, place, place_doubts = _competence(case, row, evidence)
    notes = settled.notes
    if is_older(case) and competence.within_office:
        notes += (
            f"Thư nhận trước ngày thành lập {office.name} ({office.since:%d/%m/%Y}); thẩm quyền ghi theo tên nơi nhận khi đó.",
        )
    if row.value.successor:
        name = target.name or "cơ quan cũ"
        place_doubts += (
            f"{name} đã kết thúc hoạt động; cần xác định nơi nhận lại nhiệm vụ theo nơi phát sinh vụ việc.",
        )
    return Finding(
        competence=competence,
        matter=matter.id if matter is not None else None,
        place=place,
        target=target,
        reasons=settled.reasons + place_doubts,
        notes=notes,
        trace=tuple(fired(book, step) for step in steps),
    )


def _view(facts: LetterFacts, target: Target, office: Office) -> View:
    return {
        "type": facts.type,
        "stage": facts.stage,
        "field": facts.field,
        "body": target.body,
        "level": target.level,
        "head": target.head,
        "state_owned": target.state_owned,
        "discipline": facts.discipline,
        "concluded": facts.concluded,
        "office": office.level,
    }


def _matter(case: Case) -> tuple[CompetenceRow | None, tuple[Evidence, ...]]:
    """The matter with the most points that is allowed to decide, with its words in the letter."""
    hits = {hit.id: hit for hit in case.facts.matters}
    named = case.facts.target.body not in (None, Body.PRIVATE, Body.ENTERPRISE)
    legal = case.facts.type in (PetitionType.COMPLAINT, PetitionType.DENUNCIATION)
    best: tuple[int, CompetenceRow] | None = None
    for row in case.book.in_force(case.book.matters, case.day):
        cues = case.book.matter_cues[row.id]
        points = hits[row.id].score if row.id in hits else 0
        points += _FIELD_POINTS * (case.facts.field in cues.fields)
        barred = named and legal and not cues.over_target
        fits = points >= cues.threshold and not barred and case.facts.type in row.when["type"]
        if fits and (best is None or points > best[0]):
            best = points, row
    if best is None:
        return None, ()
    hit = hits.get(best[1].id)
    return best[1], hit.evidence if hit is not None else ()


def _by_law(case: Case) -> tuple[CompetenceRow, list[CompetenceRow]]:
    """The row of the tables for the type of the letter, and the rows on the way to it."""
    book = case.book
    if _follows_case(case):
        row = case.first(book.recommendation["attached"])
        if row is not None:
            return row, [row]
    if case.facts.type is PetitionType.COMPLAINT:
        first = case.first(book.complaint["first"])
        again = book.complaint["second"]
        escalates = case.facts.stage is Stage.SECOND or (
            case.facts.stage is Stage.CONTINUED and case.facts.decided_on is not None
        )
    elif case.facts.type is PetitionType.DENUNCIATION:
        first = case.first(book.denunciation["first"]) or case.first(book.denunciation["management"])
        again, escalates = book.denunciation["continued"], case.facts.stage is Stage.CONTINUED
    else:
        first, again, escalates = case.first(book.recommendation["target"]), (), False
        if case.facts.type is PetitionType.OTHER:
            first = case.first(book.recommendation["remainder"])
    first = first or case.first(book.recommendation["rows"])
    if first is None:
        raise LookupError(f"the rulebook has no row for field {case.facts.field}")
    higher = case.first(again, first_kind=first.value.kind) if escalates else None
    return (higher, [first, higher]) if higher is not None else (first, [first])


def _follows_case(case: Case) -> bool:
    """Whether a later letter of a case belongs to the office that it was sent to, which holds the case."""
    facts, told = case.facts, case.facts.target
    if facts.stage not in _OF_A_CASE or not _sent_here(facts, case.office):
        return False
    own_chair = (
        case.office.is_commune
        and facts.type is PetitionType.DENUNCIATION
        and told.body is Body.PEOPLE_COMMITTEE
        and told.head is True
    )
    return told.body not in _OF_THEIR_OWN and not own_chair


def _sent_here(facts: LetterFacts, office: Office) -> bool:
    """Whether the letter is addressed to this office, or to nobody that is known."""
    levels = {Level.COMMUNE: office.is_commune, Level.PROVINCE: office.is_province}
    bodies = [addressee for addressee in facts.addressees if addressee.body is not None]
    return not bodies or any(
        levels.get(addressee.level or Level.OTHER, False)
        and holds(office, addressee.place, addressee.level or "") is not False
        for addressee in bodies
    )


def _competence(
    case: Case, row: CompetenceRow, evidence: tuple[Evidence, ...]
) -> tuple[Competence, str | None, tuple[str, ...]]:
    value = row.value
    words = words_of(case)
    place = words[value.level] if f"{{{value.level}}}" in value.agency else None
    for key in ("own", "here"):
        if f"{{{key}}}" in value.agency:
            place = words[key]
    within, doubts = _within(case, value, place)
    competence = Competence(
        agency=" ".join(value.agency.format_map(words).split()),
        agency_code=value.code.format_map(words),
        kind=value.kind,
        level=value.level,
        within_office=within,
        basis=case.book.basis(row),
        evidence=evidence,
    )
    return competence, place, doubts


def _within(case: Case, value: CompetenceValue, place: str | None) -> tuple[bool, tuple[str, ...]]:
    """Whether the authority is this office, and what is doubtful about it."""
    office, kind = case.office, value.kind
    if office.level is OfficeLevel.DEPARTMENT:
        code = words_of(case)["department_code"]
        return (
            kind is CompetenceKind.DEPARTMENT_HEAD
            and value.code != "DV_SO"
            and code == office.department_code,
            (),
        )
    if office.is_commune:
        mine, level = kind in (CompetenceKind.COMMUNE_CHAIR, CompetenceKind.COMMUNE_MEDIATION), "commune"
    elif office.level is OfficeLevel.DISTRICT:
        mine, level = kind is CompetenceKind.DISTRICT_CHAIR, "district"
    else:
        mine, level = kind is CompetenceKind.PROVINCE_CHAIR, "province"
    if not mine:
        return False, ()
    here = holds(office, place, level)
    if here is None and place is not None:
        return True, (
            f"Chỉ một phần của {place} thuộc {office.place_name}; cần xem địa chỉ nơi phát sinh vụ việc.",
        )
    return here is not False, ()


def is_addressed(facts: LetterFacts, finding: Finding) -> bool:
    """Whether the letter went to the competent authority too, as far as its addressees tell."""
    wanted = _BODY_OF_KIND.get(finding.competence.kind)
    if wanted is None:
        return False
    body, level = wanted
    for addressee in facts.addressees:
        if addressee.body is body and (level is None or addressee.level is level):
            if level is not Level.COMMUNE:
                return True
            if addressee.place and finding.place and same_name(addressee.place, finding.place):
                return True
    return False


_BODY_OF_KIND: dict[CompetenceKind, tuple[Body, Level | None]] = {
    CompetenceKind.COMMUNE_CHAIR: (Body.PEOPLE_COMMITTEE, Level.COMMUNE),
    CompetenceKind.DISTRICT_CHAIR: (Body.PEOPLE_COMMITTEE, Level.DISTRICT),
    CompetenceKind.PROVINCE_CHAIR: (Body.PEOPLE_COMMITTEE, Level.PROVINCE),
    CompetenceKind.DEPARTMENT_HEAD: (Body.DEPARTMENT, None),
    CompetenceKind.MINISTER: (Body.MINISTRY, None),
    CompetenceKind.PRIME_MINISTER: (Body.GOVERNMENT, None),
    CompetenceKind.POLICE: (Body.POLICE, None),
    CompetenceKind.COURT: (Body.COURT, None),
    CompetenceKind.PROCURACY: (Body.PROCURACY, None),
    CompetenceKind.ENFORCEMENT: (Body.ENFORCEMENT, None),
    CompetenceKind.TAX: (Body.TAX, None),
    CompetenceKind.SOCIAL_INSURANCE: (Body.SOCIAL_INSURANCE, None),
    CompetenceKind.PARTY: (Body.PARTY, None),
}
