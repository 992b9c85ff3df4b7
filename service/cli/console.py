"""What commands share: the console, JSON lines, and sentences instead of tracebacks."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import typer
from rich.console import Console
from typer.core import TyperGroup

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)

# Modules and names of the exceptions whose message is a sentence for the person at the keyboard.
_TOLD = frozenset({
    "AccountError", "ArchiveError", "BackupError", "CommandError", "DatabaseError", "FolderError",
    "MailboxError", "ModelFileError", "OfficeError", "SettingsError",
})  # fmt: skip


class CommandError(Exception):
    """A command cannot be carried out; the message says why and what to do."""


class DonthuGroup(TyperGroup):
    """The command tree; what goes wrong in a foreseeable way ends in one sentence and status 2."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # The reader of our output (`head`) has seen enough; nothing more may be written at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except Exception as error:
            if type(error).__name__ not in _TOLD:
                raise
            errors.print(f"donthu: {error}", style="bold red", markup=False, soft_wrap=True)
            raise typer.Exit(2) from error


def print_json(value: Any) -> None:
    """One JSON object as one line, at once."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def percent(probability: float) -> str:
    """A probability as people write it."""
    return f"{probability:.0%}".replace("%", " %")
