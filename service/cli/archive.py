"""`donthu archive import`: a folder of old letters, or a JSON-lines file, with a progress bar."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.console import console

if TYPE_CHECKING:
    from service.intake.archive import Archive, ImportReport

archive = typer.Typer(help="Kho đơn cũ.", no_args_is_help=True)
SHOWN_FAILURES = 20


@archive.callback()
def _group() -> None:
    """Keep `import` a word of its own although it is the only one."""


@archive.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help='Thư mục, hoặc *.jsonl với {"id", "text", "received"?}.')],
    received: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Ngày nhận của các tệp.")
    ] = None,
    by_file_time: Annotated[bool, typer.Option(help="Lấy ngày sửa tệp làm ngày nhận.")] = False,
    wait: Annotated[bool, typer.Option(help="Đọc và phân loại luôn cho đến hết.")] = False,
) -> None:
    """Nhập kho đơn cũ; dừng giữa chừng thì chạy lại lệnh này để tiếp tục."""
    from service.intake.archive import Archive, ImportReport
    from service.store.migrate import migrate

    migrate()
    source = Archive(path, received.date() if received else None, by_file_time)
    total, report = source.count(), ImportReport()
    try:
        report = _import(source, total)
        if wait:
            _wait(source.source)
    except KeyboardInterrupt:
        console.print("\nĐã dừng. Những đơn đã nhận không mất; chạy lại lệnh này để tiếp tục.")
        raise typer.Exit(130) from None
    _show(report)
    raise typer.Exit(1 if report.failed else 0)


def _import(source: Archive, total: int) -> ImportReport:
    from service.cli.progress import bar
    from service.intake.archive import ImportReport, import_archive

    report = ImportReport()
    with bar("Nhập kho", total) as advance:
        for report in import_archive(source):
            advance(report.counts.total())
    return report


def _wait(source: str) -> None:
    """Read until none of the archive's letters waits; other workers may help."""
    from service.cli.progress import bar
    from service.intake.archive import waiting

    total = waiting(source)
    if not total:
        return
    worker: subprocess.Popen[bytes] | None = None
    try:
        with bar("Đọc và phân loại", total) as advance:
            while left := waiting(source):
                advance(total - left)
                if worker is None or worker.poll() is not None:
                    worker = subprocess.Popen(
                        [sys.executable, "-m", "service.cli", "worker", "--once", "--queue", "archive"]
                    )
                time.sleep(0.5)
            advance(total)
    finally:
        if worker is not None:
            worker.terminate()
            worker.wait()


def _show(report: ImportReport) -> None:
    counts = report.counts
    console.print(f"Nhận mới {counts['taken']}, đã có {counts['known']}, lỗi {counts['failed']}.")
    for place, reason in report.failed[:SHOWN_FAILURES]:
        console.print(f"  {place}: {reason}", style="red", markup=False)
    if len(report.failed) > SHOWN_FAILURES:
        console.print(f"  … và {len(report.failed) - SHOWN_FAILURES} lỗi khác.")
