"""`donthu classify`: the whole proposal for letters, without a database."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.console import console, percent, print_json
from service.cli.texts import Input, batches, problem

if TYPE_CHECKING:
    from models.office import Office
    from models.proposal import Proposal


def classify(
    files: Annotated[list[str], typer.Argument(help="Tệp bất kỳ, *.jsonl, hoặc - (JSON từng dòng).")],
    json_lines: Annotated[bool, typer.Option("--json", help="Mỗi đơn một dòng JSON.")] = False,
    received: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Ngày nhận đơn.")] = None,
    office: Annotated[Path | None, typer.Option(help="Tệp mô tả cơ quan (office.yaml).")] = None,
) -> None:
    """Phân loại đơn: loại, lĩnh vực, thẩm quyền, hướng xử lý, thời hạn."""
    from models.office import load_office
    from service.settings import TIME_ZONE, settings

    ours = load_office(office or settings().office_file)
    day = (received or datetime.now(TIME_ZONE)).date()
    failed = 0
    for batch in batches(files):
        for item, result in zip(batch, _propose(batch, ours, day), strict=True):
            failed += isinstance(result, dict)
            if json_lines:
                print_json(_to_json(item, result))
            else:
                _show(item, result)
    raise typer.Exit(1 if failed else 0)


def _propose(batch: list[Input], ours: Office, day: date) -> list[Proposal | dict[str, str]]:
    """For each input its proposal, or the problem that stands against it."""
    from models import propose
    from models.proposing import propose_many
    from nlp import read_text

    tasks = [_task(item, ours, day) for item in batch]
    ready = [task for task in tasks if not isinstance(task, dict)]
    if len(batch) == 1 and ready:
        text, office, received = ready[0]
        return [propose(read_text(text), office, received, ocr_confidence=batch[0].confidence)]
    proposals = iter(propose_many(ready))
    return [task if isinstance(task, dict) else next(proposals) for task in tasks]


def _task(item: Input, ours: Office, day: date) -> tuple[str, Office, date] | dict[str, str]:
    from models.office import OfficeError

    if item.text is None:
        return item.problems[0] if item.problems else problem("no_text", "Không có chữ nào để phân loại.")
    try:
        return item.text, _office(item.office) if item.office else ours, item.received or day
    except OfficeError as error:
        return problem("bad_office", str(error))


@lru_cache(maxsize=4096)
def _office(spec: str) -> Office:
    from models.office import office_from_spec

    return office_from_spec(spec)


def _to_json(item: Input, result: Proposal | dict[str, str]) -> dict[str, Any]:
    if isinstance(result, dict):
        return {"id": item.id, "problems": item.problems or [result]}
    found = {"id": item.id, **result.to_json()}
    return {**found, "problems": item.problems} if item.problems else found


def _show(item: Input, result: Proposal | dict[str, str]) -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table(
        title=escape(str(item.id if item.id is not None else "?")),
        title_justify="left",
        show_header=False,
        box=None,
        padding=(0, 1),
    )
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    if isinstance(result, dict):
        table.add_row("Lỗi", f"[red]{escape(result['message'])}[/red]")
    else:
        for name, value in _lines(result):
            table.add_row(name, value)
        for reason in result.review_reasons:
            table.add_row("Cần xem", f"[yellow]{escape(reason)}[/yellow]")
        for note in result.notes:
            table.add_row("Ghi chú", escape(note))
    console.print(table)


def _lines(result: Proposal) -> list[tuple[str, str]]:
    from rich.markup import escape

    from service import labels

    several = " + ".join(labels.TYPES[part.type] for part in result.parts) if result.is_mixed else ""
    basis = "; ".join(f"{item.act}, {item.article}" for item in result.deadline.basis)
    due = f"{result.deadline.due:%d/%m/%Y} ({basis})" if result.deadline.due else "không có"
    because = ", ".join(f"“{evidence.text}”" for evidence in result.type.evidence[:3])
    lines = [
        ("Loại đơn", f"{labels.TYPES[result.type.label]} ({percent(result.type.probability)}) {because}"),
        ("Nhiều nội dung", several),
        ("Lĩnh vực", f"{labels.FIELDS[result.field.label]} ({percent(result.field.probability)})"),
        ("Giai đoạn", labels.STAGES[result.stage] if result.stage else ""),
        ("Người gửi", "; ".join(person.name for person in result.petitioners)),
        ("Thẩm quyền", f"{result.competence.agency} ({labels.KINDS[result.competence.kind]})"),
        ("Hướng xử lý", labels.ACTIONS[result.action.code]),
        ("Thời hạn", due),
        ("Đơn vị", result.unit.name if result.unit else ""),
    ]
    return [(name, escape(value)) for name, value in lines if value.strip()]
