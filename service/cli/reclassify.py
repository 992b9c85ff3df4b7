"""`donthu reclassify`: what today's model would say of letters that are here already."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.console import console, print_json

if TYPE_CHECKING:
    from service.batch.reclassify import Diff, Outcome

SHOWN = 200
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


def reclassify(
    *,
    apply: Annotated[bool, typer.Option("--apply/--dry-run", help="Ghi kết quả, hay chỉ xem thử.")] = False,
    since: Day = None,
    until: Day = None,
    only: Annotated[list[str] | None, typer.Option(help="Chỉ loại này: complaint, denunciation …")] = None,
    after: Annotated[int, typer.Option(help="Tiếp tục sau đơn có mã số này.")] = 0,
    again: Annotated[bool, typer.Option(help="Cả những đơn mô hình hiện tại đã xét.")] = False,
    json_lines: Annotated[bool, typer.Option("--json", help="Mỗi đơn thay đổi một dòng JSON.")] = False,
) -> None:
    """Phân loại lại các đơn đã có; không bao giờ đụng đến những gì người đã quyết định."""
    from service.batch.reclassify import Diff, Selection, count
    from service.batch.reclassify import reclassify as run
    from service.cli.progress import bar
    from service.store.migrate import migrate

    migrate()
    chosen = Selection(
        since.date() if since else None, until.date() if until else None, tuple(only or ()), after, again
    )
    diff, last = Diff(), after
    changes: list[Outcome] = []
    changed = 0
    try:
        with bar("Phân loại lại", count(chosen)) as advance:
            for outcome in run(chosen, apply=apply):
                diff.add(outcome)
                last = outcome.petition_id
                if outcome.differences or outcome.seals:
                    changed += 1
                    if json_lines:
                        print_json(_to_json(outcome))
                    elif changed <= SHOWN:
                        changes.append(outcome)
                advance(diff.counts["letters"])
    except KeyboardInterrupt:
        console.print(f"\nĐã dừng. Chạy lại với --after {last} để tiếp tục.")
        raise typer.Exit(130) from None
    if not json_lines:
        _show(diff, changes, changed - len(changes), apply=apply)


def _to_json(outcome: Outcome) -> dict[str, object]:
    return {
        "petition": outcome.petition_id,
        "receipt": outcome.number,
        "decided": outcome.decided,
        "stored": outcome.stored,
        "seals": outcome.seals,
        "changes": {name: {"old": old, "new": new} for name, (old, new) in outcome.differences.items()},
    }


def _show(diff: Diff, changes: list[Outcome], more: int, *, apply: bool) -> None:
    from rich.table import Table

    for column, matrix in diff.matrices.items():
        table = Table("Trước", "Sau", "Số đơn", title=_column(column), title_justify="left")
        for (old, new), number in matrix.most_common():
            table.add_row(_label(column, old), _label(column, new), str(number))
        console.print(table)
    if changes:
        listed = Table("Biên nhận", "Người đã quyết định", "Thay đổi", title="Từng đơn", title_justify="left")
        for outcome in changes:
            listed.add_row(outcome.number, "có, giữ nguyên" if outcome.decided else "", _changes(outcome))
        console.print(listed)
        if more:
            console.print(f"… và {more} đơn khác (xem hết bằng --json).")
    counts = diff.counts
    console.print(
        f"Đã xét {counts['letters']} đơn: {counts['changed']} đơn thay đổi, {counts['sealed']} đơn được niêm kín "
        f"thêm; {counts['decided']} đơn người đã quyết định được giữ nguyên "
        f"(máy nghĩ khác ở {counts['decided_otherwise']} đơn)."
    )
    console.print(
        f"Đã ghi {counts['stored']} đơn." if apply else "Chỉ xem thử, chưa ghi gì. Thêm --apply để ghi.",
        style="bold",
    )


def _changes(outcome: Outcome) -> str:
    lines = [
        f"{_column(name)}: {_label(name, old)} → {_label(name, new)}"
        for name, (old, new) in outcome.differences.items()
    ]
    return "\n".join([*lines, "niêm kín"] if outcome.seals else lines)


def _column(name: str) -> str:
    names = {
        "type": "Loại đơn",
        "field": "Lĩnh vực",
        "stage": "Giai đoạn",
        "competence_kind": "Thẩm quyền",
        "action": "Hướng xử lý",
        "unit_code": "Đơn vị",
        "due": "Thời hạn",
    }
    return names[name]


def _label(name: str, value: str | None) -> str:
    from service import labels
    from service.office import unit_names

    if value is None:
        return "—"
    known = unit_names() if name == "unit_code" else labels.ALL.get(name, {})
    return known.get(value, value)
