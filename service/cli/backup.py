"""`donthu backup` and `donthu restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.console import console


def backup(target: Annotated[Path, typer.Argument(help="Thư mục chứa bản sao lưu.")]) -> None:
    """Sao lưu cơ sở dữ liệu và mọi bản gốc; chạy được khi văn phòng đang làm việc."""
    from service.backup import back_up
    from service.store.migrate import migrate

    migrate()
    note = back_up(target)
    console.print(f"Đã sao lưu vào {target}: {note['originals']} bản gốc.", markup=False)


def restore(source: Annotated[Path, typer.Argument(help="Thư mục bản sao lưu.")]) -> None:
    """Khôi phục một bản sao lưu vào nơi còn trống."""
    from service.backup import restore as bring_back
    from service.store.migrate import migrate

    note = bring_back(source)
    migrate()
    console.print(f"Đã khôi phục bản sao lưu lúc {note['made_at']}: {note['originals']} bản gốc nguyên vẹn.")
