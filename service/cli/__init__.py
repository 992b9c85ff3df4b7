"""The command `donthu`. Every command imports what it needs only when it runs, so that `--help` is quick."""

from __future__ import annotations

import typer

from service.cli import (
    archive,
    backup,
    classify,
    doctor,
    doors,
    link,
    model,
    reading,
    reclassify,
    serve,
    users,
)
from service.cli.console import DonthuGroup

app = typer.Typer(
    name="donthu",
    cls=DonthuGroup,
    help="Đơn Thư: đọc, phân loại và chuyển đơn thư; người quyết định.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _every_command() -> None:
    import sys
    import warnings

    from service.logs import configure_logs

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    # Of the embedded database's wheel, when the machine has no session folder; harmless for us.
    warnings.filterwarnings("ignore", module="platformdirs")
    configure_logs()


@app.command()
def demo() -> None:
    """Chạy thử với các đơn mẫu (bịa)."""
    from service.demo.run import demo as run_demo

    run_demo()


app.command("read")(reading.read)
app.command("classify")(classify.classify)
app.command("link")(link.link)
app.command("train")(model.train)
app.command("evaluate")(model.evaluate)
app.command("serve")(serve.serve)
app.command("worker")(serve.worker)
app.command("reclassify")(reclassify.reclassify)
app.command("doctor")(doctor.doctor)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.add_typer(archive.archive, name="archive")
app.add_typer(users.user, name="user")
app.add_typer(doors.folder, name="folder")
app.add_typer(doors.mailbox, name="mailbox")
