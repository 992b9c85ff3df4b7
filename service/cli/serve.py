"""`donthu serve` and `donthu worker`: the processes of a running office."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.console import CommandError, console

if TYPE_CHECKING:
    import uvicorn

    from service.supervise import Supervisor


def serve(
    host: Annotated[str | None, typer.Option(help="Địa chỉ lắng nghe.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Cổng.")] = None,
    worker: Annotated[bool, typer.Option("--worker/--no-worker", help="Chạy kèm tiến trình đọc đơn.")] = True,
) -> None:
    """Chạy trang web, API và (trừ khi --no-worker) tiến trình đọc đơn, thư mục máy quét, hộp thư."""
    try:
        run_service(host, port, with_worker=worker)
    except KeyboardInterrupt:
        console.print("Đã dừng.")


def worker(
    once: Annotated[bool, typer.Option(help="Dừng khi hàng đợi đã hết.")] = False,
    queue: Annotated[list[str] | None, typer.Option(help="Chỉ hàng đợi này: intake, mail, archive.")] = None,
) -> None:
    """Chạy một tiến trình đọc đơn."""
    from service.store.migrate import migrate
    from service.supervise import end_with_parent
    from service.work.jobs import run_worker

    end_with_parent()
    migrate()
    run_worker(wait=not once, queues=queue)


def run_service(
    host: str | None = None,
    port: int | None = None,
    *,
    with_worker: bool = True,
    on_started: Callable[[str], None] | None = None,
) -> None:
    """Serve until a signal comes; `on_started(address)` is called in a thread of its own once the web answers.

    Ends with KeyboardInterrupt once everything has been stopped in order. Raises CommandError where the port
    is taken, DatabaseError, SettingsError.
    """
    import uvicorn

    from service.settings import settings
    from service.store.migrate import migrate
    from service.supervise import Supervisor, stop_like_ctrl_c

    stop_like_ctrl_c()
    config = settings()
    listening = _listen(host or config.host, port or config.port)
    address = _address(listening)
    migrate()
    from service.app import create_app

    supervisor = Supervisor()
    if with_worker:
        _add_children(supervisor)
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(),
            log_level="warning",
            access_log=False,
            server_header=False,
            # Live event streams never end by themselves.
            timeout_graceful_shutdown=3,
        )
    )
    try:
        supervisor.start()
        _announce(server, address, on_started)
        server.run(sockets=[listening])
    finally:
        supervisor.stop()


def _add_children(supervisor: Supervisor) -> None:
    from service.settings import settings

    supervisor.add("worker", "worker")
    if settings().scan_folder:
        supervisor.add("folder", "folder", "run")
    if settings().mailbox_url:
        supervisor.add("mailbox", "mailbox", "run")


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        # From here on callers wait instead of being refused, while the database starts.
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise CommandError(
            f"Không mở được {host}:{port} ({error.strerror}). Có thể chương trình đang chạy rồi; "
            "hãy dừng nó, hoặc chọn cổng khác bằng --port."
        ) from error
    return listening


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    shown = "127.0.0.1" if host == "0.0.0.0" else f"[{host}]" if ":" in host else host  # noqa: S104 (shown only)
    return f"http://{shown}:{port}"


def _announce(server: uvicorn.Server, address: str, on_started: Callable[[str], None] | None) -> None:
    def wait() -> None:
        while not server.started:
            time.sleep(0.05)
        if on_started:
            on_started(address)
        else:
            console.print(f"Đơn Thư đang chạy tại [bold]{address}[/bold] (Ctrl-C để dừng)")

    threading.Thread(target=wait, name="announce", daemon=True).start()
