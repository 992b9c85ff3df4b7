"""What the law says of a letter: conditions, competence, action, deadline. A pure function of facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.law.calendar import add_days, add_working_days
from models.law.codes import Event
from models.law.competence import Finding, find_competence, is_addressed
from models.law.conditions import check_conditions, missing
from models.law.explain import Fired, fired
from models.law.facts import LetterFacts
from models.law.rulebook import Rulebook, View, rulebook
from models.law.schema import DeadlineValue
from models.office import Office, unit_for
from models.proposal import (
    Action,
    ActionProposal,
    Competence,
    CompetenceKind,
    Condition,
    Deadline,
    Field,
    PetitionType,
    Stage,
    Unit,
)

_GROUP = 5
# To the competent body with one copy here is no mass mailing; from three addressees on it is.
_MANY_ADDRESSEES = 3
_NAMES = {
    "has_name": "họ tên người viết",
    "has_address": "địa chỉ người viết",
    "has_signature": "chữ ký hoặc điểm chỉ",
    "has_date": "ngày viết",
    "has_contact": "cách liên hệ với người viết",
    "has_respondent": "người, cơ quan bị khiếu nại, tố cáo",
    "has_act": "hành vi vi phạm",
    "has_request": "yêu cầu của người viết",
    "has_content": "nội dung",
    "vietnamese": "bản dịch tiếng Việt",
    "legible": "phần đọc được",
    "on_paper": "đơn có chữ ký gửi bằng giấy hoặc nộp trực tiếp",
}
_SUBORDINATE = {
    True: (CompetenceKind.COMMUNE_CHAIR, CompetenceKind.DEPARTMENT_HEAD, CompetenceKind.DISTRICT_CHAIR),
    False: (CompetenceKind.COMMUNE_CHAIR,),
}


@dataclass(frozen=True, slots=True)
class Assessment:
    """The law's answer for one letter, and in `trace` why.

    `reasons`: competence hangs on something that only a person can settle. `notes`: what the letter
    lacks and what was assumed for it; the conditions and the action already show what follows.
    """

    regime: str
    conditions: tuple[Condition, ...]
    competence: Competence
    action: ActionProposal
    deadline: Deadline
    unit: Unit
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    trace: tuple[Fired, ...]


def assess(facts: LetterFacts, office: Office, book: Rulebook | None = None) -> Assessment:
    """Conditions, competence, action and deadline of a letter for an office, with doubts spoken out.

    The rules are those in force on the day of receipt. Source: rulebook (TT 05/2021/TT-TTCP and the laws).
    """
    book = book or rulebook()
    finding = find_competence(facts, office, book)
    within = finding.competence.within_office
    many = len(facts.addressees) >= _MANY_ADDRESSEES
    cc_competent = not within and many and is_addressed(facts, finding)
    conditions, complete = check_conditions(facts, book, cc_competent)
    view = _view(facts, office, finding, complete, cc_competent)
    action, step = _action(book, view, facts.received_on)
    deadline, clock = clock_for(Event.RECEIPT, {**view, "action": action.code}, facts.received_on, book)
    return Assessment(
        regime=book.regime(facts.received_on).id,
        conditions=conditions,
        competence=finding.competence,
        action=action,
        deadline=deadline,
        unit=_unit(facts, office, within),
        reasons=finding.reasons,
        notes=_notes(facts, finding, action.code, view, book),
        trace=(*finding.trace, step, *clock),
    )


def _view(
    facts: LetterFacts, office: Office, finding: Finding, complete: bool | None, cc_competent: bool
) -> dict[str, str | bool | None]:
    kind = finding.competence.kind
    subordinate = (office.is_province or not office.is_commune) and kind in _SUBORDINATE[office.is_province]
    return {
        "type": facts.type,
        "stage": facts.stage,
        "field": facts.field,
        "discipline": facts.discipline,
        "kind": kind,
        "within": finding.competence.within_office,
        "matter": finding.matter,
        "mixed": facts.mixed,
        "anonymous": facts.anonymous,
        "substantiated": facts.substantiated,
        "processable": complete,
        "guided": facts.guided,
        "abusive": bool(facts.insulting or facts.hostile),
        "cc_competent": cc_competent,
        "resolved_finally": facts.resolved_finally,
        "new_evidence": facts.new_evidence,
        "overdue": facts.overdue,
        "subordinate": subordinate,
        "has_content": facts.has_content,
        "legible": facts.legible,
        "on_paper": facts.on_paper,
    }


def _action(book: Rulebook, view: View, day: date) -> tuple[ActionProposal, Fired]:
    row = book.first(book.actions, view, day)
    if row is None:
        raise LookupError("the rulebook has no action for this letter")
    return ActionProposal(row.value.code, row.value.allowed, book.basis(row)), fired(book, row)


def clock_for(
    event: Event, view: View, start: date, book: Rulebook | None = None
) -> tuple[Deadline, tuple[Fired, ...]]:
    """The clock that an event starts for a letter, and the rule for it; no rule, no clock.

    `view` needs the keys that rows of deadlines.yaml ask for (type, stage, action, within, …).
    """
    book = book or rulebook()
    row = book.first(book.deadlines, {**view, "event": event}, start)
    if row is None:
        return Deadline(None, None), ()
    return Deadline(due_day(row.value, start), row.id, row.label, book.basis(row)), (fired(book, row),)


def due_day(value: DeadlineValue, start: date) -> date:
    """The day on which a clock of that length runs out."""
    return (add_days if value.unit == "day" else add_working_days)(start, value.amount)


def _unit(facts: LetterFacts, office: Office, within: bool) -> Unit:
    # What goes elsewhere is written by the office's own desk, whatever it is about.
    return unit_for(office, facts.field, facts.type) if within else unit_for(office, Field.OTHER, facts.type)


def _notes(
    facts: LetterFacts, finding: Finding, action: Action, view: View, book: Rulebook
) -> tuple[str, ...]:
    notes = list(finding.notes)
    if facts.received_on < book.regimes[0].effective_from:
        notes.append("Thư nhận trước khi có quy định lưu trong máy; tạm áp dụng quy định cũ nhất đang có.")
    if action is Action.ASK:
        lacking = ", ".join(_NAMES[name] for name in missing(facts, book))
        if lacking:
            notes.append(f"Thư còn thiếu: {lacking}.")
    if view["cc_competent"]:
        notes.append(
            f"Thư đã gửi cả {finding.competence.agency} là nơi có thẩm quyền; nơi không có thẩm quyền lưu đơn."
        )
    notes.extend(_late(facts, book))
    if facts.type is PetitionType.COMPLAINT and facts.n_signers >= _GROUP and not facts.has_representative:
        notes.append(f"Đơn có {facts.n_signers} người ký: cần văn bản cử người đại diện.")
    return tuple(notes)


def _late(facts: LetterFacts, book: Rulebook) -> list[str]:
    """Whether a complaint seems to come after its time limit; the day of knowledge may be later."""
    if facts.type is not PetitionType.COMPLAINT or facts.decided_on is None:
        return []
    if facts.stage not in (None, Stage.FIRST, Stage.SECOND):
        return []
    view: View = {"type": facts.type, "discipline": facts.discipline, "stage": facts.stage}
    limit, _ = clock_for(Event.ACT, view, facts.decided_on, book)
    if limit.due is None or (facts.written_on or facts.received_on) <= limit.due:
        return []
    return [
        f"Có thể đã quá thời hạn khiếu nại ({limit.label}); cần kiểm tra ngày người viết nhận được quyết định."
    ]
