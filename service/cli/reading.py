"""`donthu read`: what a file says, without a database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.console import console, print_json
from service.cli.texts import read_file

if TYPE_CHECKING:
    from ingest import Document


def read(
    files: Annotated[list[Path], typer.Argument(help="PDF, ảnh, DOCX, EML, TXT …")],
    json_lines: Annotated[bool, typer.Option("--json", help="Mỗi tệp một dòng JSON.")] = False,
) -> None:
    """Đọc tệp thành chữ (không cần cơ sở dữ liệu)."""
    failed = 0
    for path in files:
        found = read_file(path)
        readable = not isinstance(found, dict) and found.readable
        failed += not readable
        if json_lines:
            print_json(_to_json(path, found))
        else:
            _show(path, found)
    raise typer.Exit(1 if failed else 0)


def _to_json(path: Path, found: Document | dict[str, str]) -> dict[str, Any]:
    import ingest

    if isinstance(found, dict):
        return {"file": str(path), "sha256": None, "pages": [], "problems": [found]}
    return {**ingest.to_json(found), "file": str(path)}


def _show(path: Path, found: Document | dict[str, str]) -> None:
    from rich.rule import Rule

    console.print(Rule(str(path)))
    if isinstance(found, dict):
        console.print(found["message"], style="red")
        return
    for page in found.pages:
        sure = f", tin cậy {page.confidence:.0%}" if page.confidence is not None else ""
        console.print(f"— Trang {page.number} ({page.method}{sure})", style="dim")
        console.print(page.text, markup=False, soft_wrap=True)
    for item in found.problems:
        where = f"Trang {item.page}: " if item.page else ""
        console.print(f"{where}{item.message}", style="red" if item.fatal else "yellow", markup=False)
