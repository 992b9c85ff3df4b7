"""`donthu folder …` and `donthu mailbox …`: the doors that are watched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.console import CommandError, console

if TYPE_CHECKING:
    from service.intake.imap import Address

folder = typer.Typer(help="Thư mục của máy quét.", no_args_is_help=True)
mailbox = typer.Typer(help="Hộp thư điện tử.", no_args_is_help=True)

FolderArgument = Annotated[
    Path | None, typer.Argument(metavar="[THƯ MỤC]", help="Mặc định: DONTHU_SCAN_FOLDER.")
]
REASONS = {
    "unreadable": "không có quyền đọc",
    "unmovable": "đã nhận nhưng không chuyển đi được",
    "too_large": "quá lớn",
}
TRAYS = {
    "taken": "Đã nhận",
    "refused": "Từ chối",
    "unprocessable": "Không xử lý được",
    "known": "Đã nhận từ trước",
    "gone": "Đã có người chuyển đi",
    "failed": "Máy chủ thư báo lỗi",
}


@folder.command("run")
def folder_run(path: FolderArgument = None) -> None:
    """Canh thư mục cho đến khi dừng."""
    from service.intake.folder import ScanFolder
    from service.settings import settings
    from service.supervise import end_with_parent

    end_with_parent()
    root = _scan_folder(path)
    _migrate()
    _until_stopped(lambda: ScanFolder(root).watch(settings().scan_poll_seconds))


@folder.command("once")
def folder_once(path: FolderArgument = None) -> None:
    """Nhận hết các tệp đang có rồi dừng."""
    from service.intake.folder import ScanFolder
    from service.settings import settings

    root = _scan_folder(path)
    _migrate()
    scan = ScanFolder(root)
    taken = scan.drain(settings().scan_poll_seconds)
    console.print(f"Đã nhận {taken} tệp.")
    for left, reason in sorted(scan.left.items()):
        console.print(f"Để lại {left}: {REASONS[reason]}", style="yellow", markup=False)
    raise typer.Exit(1 if scan.left else 0)


@mailbox.command("run")
def mailbox_run() -> None:
    """Lấy thư đều đặn cho đến khi dừng."""
    from service.intake.mailbox import watch
    from service.settings import settings
    from service.supervise import end_with_parent

    end_with_parent()
    address = _address()
    _migrate()
    _until_stopped(lambda: watch(address, settings().mailbox_poll_seconds))


@mailbox.command("once")
def mailbox_once() -> None:
    """Lấy hết thư đang có rồi dừng."""
    from service.intake.mailbox import collect

    address = _address()
    _migrate()
    counts = collect(address)
    for code, label in TRAYS.items():
        if counts[code]:
            console.print(f"{label}: {counts[code]}")
    if not counts:
        console.print("Hộp thư không có thư mới.")
    raise typer.Exit(1 if counts["failed"] else 0)


def _scan_folder(path: Path | None) -> Path:
    from service.settings import settings

    root = path or settings().scan_folder
    if root is None:
        raise CommandError("Chưa đặt DONTHU_SCAN_FOLDER: hãy ghi thư mục của máy quét.")
    if not root.is_dir():
        raise CommandError(f"Không mở được thư mục {root}.")
    return root


def _address() -> Address:
    from service.intake.imap import parse_address
    from service.settings import settings

    config = settings()
    if config.mailbox_url is None:
        raise CommandError("Chưa đặt DONTHU_MAILBOX_URL, ví dụ imaps://donthu@mail.example/INBOX.")
    return parse_address(config.mailbox_url, config.mailbox_password_file)


def _migrate() -> None:
    from service.store.migrate import migrate

    migrate()


def _until_stopped(work: Callable[[], None]) -> None:
    from service.supervise import stop_like_ctrl_c

    stop_like_ctrl_c()
    try:
        work()
    except KeyboardInterrupt:
        console.print("Đã dừng.")
