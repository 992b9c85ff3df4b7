"""`donthu demo`: a running office with forty invented letters that come in before one's eyes."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.panel import Panel
from rich.table import Table

from service.cli.console import CommandError, console
from service.settings import settings

CHECKOUT = Path(__file__).parents[2]
# Only this computer may reach accounts whose password is known to everybody.
HOST = "127.0.0.1"
MARK = "DEMO"


def demo() -> None:
    """Serve the demo until Ctrl-C; the first start makes accounts and letters, later ones go on with them.

    Raises CommandError where the home belongs to a real office, or the port is taken.
    """
    from service.cli.serve import run_service

    _prepare_home()
    stop = threading.Event()
    postmen: list[threading.Thread] = []

    def started(address: str) -> None:
        console.print(_welcome(address))
        postman = threading.Thread(target=_deliver, args=(stop,), name="postman", daemon=True)
        postmen.append(postman)
        postman.start()

    with _logs_into(settings().home / "demo.log"):
        from service.demo.accounts import ensure_accounts
        from service.store.migrate import migrate

        migrate()
        ensure_accounts()
        try:
            run_service(HOST, on_started=started)
        except KeyboardInterrupt:
            # The web server hands Ctrl-C on once it has ended in order.
            pass
        finally:
            stop.set()
            for postman in postmen:
                postman.join()
    console.print("Đã dừng. Dữ liệu thử còn trong", str(settings().home), soft_wrap=True)


def _prepare_home() -> None:
    """Mark the home as a demo's; refuse one that somebody works with."""
    if not os.environ.get("DONTHU_HOME"):
        os.environ["DONTHU_HOME"] = str(CHECKOUT / "var" / "demo")
        settings.cache_clear()
    home, mark = settings().home, settings().home / MARK
    if settings().database_url or (not mark.exists() and (home / "postgres").exists()):
        raise CommandError(
            f"Bản chạy thử có mật khẩu ai cũng biết nên không được dùng chung dữ liệu thật ({home}). "
            "Hãy bỏ DONTHU_DATABASE_URL và đặt DONTHU_HOME sang một thư mục trống."
        )
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    mark.write_text(
        "Dữ liệu trong thư mục này là đơn bịa để chạy thử; xoá lúc nào cũng được.\n", encoding="utf-8"
    )


@contextmanager
def _logs_into(path: Path) -> Iterator[None]:
    """Send the logs of this process and its children to a file, so that the console stays readable."""
    sys.stderr.flush()
    screen = os.dup(2)
    with path.open("ab") as target:
        os.dup2(target.fileno(), 2)
    try:
        yield
    finally:
        sys.stderr.flush()
        os.dup2(screen, 2)
        os.close(screen)


def _deliver(stop: threading.Event) -> None:
    from service.demo.feed import feed, folder

    def sent(done: int, total: int) -> None:
        if done % 10 == 0 or done == total:
            console.print(f"  Đã gửi {done}/{total} đơn mẫu")

    if not feed(stop, sent) and not stop.is_set():
        console.print("  Các đơn mẫu đã được gửi từ lần chạy trước.")
    if not stop.is_set():
        console.print(f"  Tệp đơn mẫu để thả thử: {folder()}", soft_wrap=True)


def _welcome(address: str) -> Panel:
    from service.demo.accounts import ACCOUNTS, PASSWORD

    table = Table(
        "Tên đăng nhập", "Việc", title=f"Mật khẩu chung: [bold]{PASSWORD}[/bold]", title_justify="left"
    )
    for account in ACCOUNTS:
        table.add_row(f"[bold]{account.login}[/bold]", account.job)
    body = Table.grid(padding=(0, 0))
    body.add_row(f"Mở trang: [bold underline]{address}[/bold underline]    (Ctrl-C để dừng)")
    body.add_row("")
    body.add_row(table)
    body.add_row("")
    body.add_row(
        "[bold red]ĐÂY LÀ BẢN CHẠY THỬ[/bold red]: mọi đơn và tên người đều là bịa, mật khẩu ai cũng biết, "
        "chỉ máy này vào được. Đừng đưa đơn thật vào đây."
    )
    return Panel(body, title="Đơn Thư: bản chạy thử", border_style="red", width=96)
