"""One progress bar for all long commands: how many, how fast, how long still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from service.cli.console import errors


@contextmanager
def bar(title: str, total: int) -> Iterator[Callable[[float], None]]:
    """Show a bar on standard error; call what comes back with the number done so far."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("đã"),
        TimeElapsedColumn(),
        TextColumn("còn"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors) as progress:
        task = progress.add_task(title, total=total)
        yield lambda done: progress.update(task, completed=done)
