"""`donthu link`: which letters belong together, without a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.console import CommandError, console, percent, print_json
from service.cli.texts import Input, parse_line, problem

if TYPE_CHECKING:
    from models import CaseIndex


def link(
    file: Annotated[Path, typer.Argument(help='*.jsonl, mỗi dòng {"id", "date", "text"}, theo thứ tự nhận.')],
    json_lines: Annotated[bool, typer.Option("--json", help="Mỗi đơn một dòng JSON.")] = False,
) -> None:
    """Tìm các đơn trước cùng văn bản, cùng lá đơn hoặc cùng vụ việc."""
    from models import CaseIndex

    if not file.is_file():
        raise CommandError(f"Không có tệp {file}.")
    index, failed = CaseIndex(), 0
    ids: dict[str, str | int] = {}
    with file.open("rb") as lines:
        for line in lines:
            if line.strip():
                result = _links(index, ids, parse_line(line, "date"))
                failed += "problems" in result
                print_json(result) if json_lines else _show(result)
    raise typer.Exit(1 if failed else 0)


def _links(index: CaseIndex, ids: dict[str, str | int], item: Input) -> dict[str, Any]:
    """The links of one letter to those before it, and the letter added to them; `ids` are theirs as given."""
    from nlp import read_text

    if item.text is None or item.id is None:
        problems = item.problems or [problem("bad_line", "Dòng thiếu “id”.")]
        return {"id": item.id, "problems": problems}
    key = json.dumps(item.id)
    if key in ids:
        return {"id": item.id, "problems": [problem("same_id", "Đã có một dòng trước với “id” này.")]}
    features = index.features(read_text(item.text))
    found = index.links(features)
    index.add(key, features)
    ids[key] = item.id
    links = [
        {
            "to": ids[one.to],
            "level": str(one.level),
            "probability": one.probability,
            "evidence": [
                {"feature": evidence.feature, "value": evidence.value, "weight": evidence.weight}
                for evidence in one.evidence
            ],
        }
        for one in found
    ]
    return {"id": item.id, "links": links}


def _show(result: dict[str, Any]) -> None:
    from service import labels

    console.print(f"{result['id'] or '?'}", style="bold", markup=False)
    for trouble in result.get("problems", []):
        console.print(f"  {trouble['message']}", style="red", markup=False)
    for one in result.get("links", []):
        because = "; ".join(f"{evidence['feature']}: {evidence['value']}" for evidence in one["evidence"][:3])
        text = f"  → {one['to']}  {labels.LEVELS[one['level']]}, {percent(one['probability'])}  {because}"
        console.print(text, markup=False)
