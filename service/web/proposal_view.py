"""A suggestion as lines for people: what, how sure, which words, which article; and what counts now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.office import unit_names
from service.store.tables import Petition
from service.web.highlights import Span
from service.web.words import day, labelled

MAX_QUOTES = 4
# Key of people and things in the proposal's JSON → (colour of the line, title).
NAMED = {
    "petitioners": ("people", "Người viết đơn"),
    "respondents": ("people", "Người, cơ quan bị nêu"),
    "addressees": ("people", "Nơi nhận ghi trong đơn"),
    "places": ("places", "Địa danh"),
    "decisions": ("papers", "Văn bản được nhắc tới"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the proposal.

    `now` is what counts now where a person has decided otherwise than `value`; `quotes` are words of the
    letter; `basis` holds (article in words, verified).
    """

    id: str
    title: str
    value: str
    probability: float | None
    alternatives: tuple[tuple[str, float], ...]
    quotes: tuple[str, ...]
    basis: tuple[tuple[str, bool], ...]
    now: str | None = None


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """A condition for processing; `met` None where the letter does not tell."""

    id: str
    label: str
    met: bool | None
    quotes: tuple[str, ...]
    basis: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class ProposalView:
    """All lines of a suggestion, and the spans that they rest on."""

    lines: tuple[Line, ...]
    conditions: tuple[ConditionLine, ...]
    named: tuple[tuple[str, str, tuple[str, ...]], ...]
    warnings: tuple[str, ...]
    notes: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]
    spans: list[Span]
    model_version: str


def proposal_view(petition: Petition) -> ProposalView | None:
    """The suggestion that a petition's values came from, None where there is none."""
    if petition.suggestion is None:
        return None
    told: dict[str, Any] = petition.suggestion.proposal
    return ProposalView(
        lines=tuple(_lines(told, petition)),
        # What is missing is what a person has to look at, so it stands first.
        conditions=tuple(sorted(map(_condition, told.get("conditions", ())), key=_urgency)),
        named=tuple(_named(told)),
        warnings=tuple((told.get("review") or {}).get("reasons", ())),
        notes=tuple((told.get("review") or {}).get("notes", ())),
        parts=_parts(told),
        spans=spans_of(told),
        model_version=petition.suggestion.model_version,
    )


def spans_of(told: dict[str, Any]) -> list[Span]:
    """Every place in the text that a suggestion rests on, with the line that rests on it."""
    spans = [
        Span(entry["start"], entry["end"], line)
        for line in ("type", "field", "competence")
        for entry in (told.get(line) or {}).get("evidence", ())
    ]
    for condition in told.get("conditions", ()):
        spans += [Span(entry["start"], entry["end"], "conditions") for entry in condition.get("evidence", ())]
    for key, (line, _) in NAMED.items():
        spans += [
            Span(entry["start"], entry["end"], line)
            for entry in told.get(key, ())
            if entry.get("start") is not None and entry.get("end") is not None
        ]
    return spans


def _lines(told: dict[str, Any], petition: Petition) -> Iterable[Line]:
    yield _choice("type", "Loại đơn", told["type"], petition.type)
    yield _choice("field", "Lĩnh vực", told["field"], petition.field)
    stage = told.get("stage")
    yield _line("stage", "Giai đoạn", labelled(stage, "stage"), {}, labelled(petition.stage, "stage"))
    competence = told["competence"]
    yield _line("competence", "Thẩm quyền", competence["agency"], competence, petition.agency)
    action = told["action"]
    yield _line(
        "action",
        "Hướng xử lý",
        labelled(action["code"], "action"),
        action,
        labelled(petition.action, "action"),
    )
    clock = told.get("deadline") or {}
    yield _line("deadline", "Thời hạn", _due(clock), clock, None, _same_day(clock.get("due"), petition.due))
    unit = (told.get("unit") or {}).get("name") or "Chưa rõ đơn vị"
    yield _line("unit", "Đơn vị xử lý", unit, {}, unit_names().get(petition.unit_code or "", unit))


def _choice(id_: str, title: str, choice: dict[str, Any], now: str) -> Line:
    others = tuple(
        (labelled(entry["label"], id_), entry["probability"]) for entry in choice.get("alternatives", ())
    )
    return Line(
        id_,
        title,
        labelled(choice["label"], id_),
        choice["probability"],
        tuple(pair for pair in others if pair[1] >= 0.02 and pair[0] != labelled(choice["label"], id_))[:3],
        quotes_of(choice),
        (),
        labelled(now, id_) if now != choice["label"] else None,
    )


def _line(
    id_: str,
    title: str,
    value: str,
    source: dict[str, Any],
    now: str | None,
    now_day: str | None = None,
) -> Line:
    other = now_day or (now if now not in (None, value) else None)
    return Line(id_, title, value, None, (), quotes_of(source), basis_of(source), other)


def _due(clock: dict[str, Any]) -> str:
    label = clock.get("label") or ""
    if not clock.get("due"):
        return label or "Không tính thời hạn"
    return f"{day(clock['due'])}{f' — {label}' if label else ''}"


def _same_day(told: str | None, now: date | None) -> str | None:
    if (date.fromisoformat(told) if told else None) == now:
        return None
    return day(now) if now else "Không tính thời hạn"


def _condition(entry: dict[str, Any]) -> ConditionLine:
    label = entry.get("label") or entry["id"]
    return ConditionLine(entry["id"], label, entry["met"], quotes_of(entry), basis_of(entry))


def _urgency(condition: ConditionLine) -> int:
    return {False: 0, None: 1, True: 2}[condition.met]


def _named(told: dict[str, Any]) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    for key, (line, title) in NAMED.items():
        found = tuple(dict.fromkeys(filter(None, (_name_of(entry) for entry in told.get(key, ())))))
        if found:
            yield line, title, found


def _name_of(entry: dict[str, Any]) -> str:
    if entry.get("number"):
        on = f" ngày {day(entry['date'])}" if entry.get("date") else ""
        return f"số {entry['number']}{on}"
    return str(entry.get("name") or entry.get("text") or "")


def _parts(told: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    mixed = told.get("mixed") or {}
    parts = mixed.get("parts", ()) if mixed.get("is_mixed") else ()
    return tuple((labelled(part["type"], "type"), part["text"]) for part in parts)


def quotes_of(source: dict[str, Any]) -> tuple[str, ...]:
    """The words that a line rests on, the weightiest first, each once."""
    entries = sorted(source.get("evidence", ()), key=lambda entry: -abs(entry.get("weight", 1.0)))
    quotes = dict.fromkeys(" ".join(entry["text"].split()) for entry in entries)
    return tuple(quote for quote in quotes if quote)[:MAX_QUOTES]


def basis_of(source: dict[str, Any]) -> tuple[tuple[str, bool], ...]:
    """The articles that a line rests on, in words, and whether each has been verified."""
    pairs = {
        article_of(basis["act"], basis.get("article") or ""): bool(basis.get("verified", True))
        for basis in source.get("basis", ())
    }
    return tuple(pairs.items())


def article_of(act: str, article: str) -> str:
    """An article as offices cite it: act "Luật Khiếu nại", article "36.1.a" → "điểm a khoản 1 Điều 36 Luật Khiếu nại"."""
    if not article:
        return act
    if not article[0].isdigit():
        return f"{act} ({article})"
    levels = zip(("Điều", "khoản", "điểm"), article.split("."), strict=False)
    return " ".join([*reversed([f"{level} {number}" for level, number in levels]), act])
