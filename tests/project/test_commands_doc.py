from __future__ import annotations

from pathlib import Path

import typer.main

from service.cli import app

TEXT = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")


def commands() -> dict[str, list[str]]:
    """Every command with its options, as the program itself knows them."""
    found: dict[str, list[str]] = {}

    def walk(name: str, command: object) -> None:
        inner = getattr(command, "commands", None)
        if inner:
            for word, child in inner.items():
                walk(f"{name} {word}", child)
            return
        options = [option for one in command.params for option in one.opts if option.startswith("--")]  # type: ignore[attr-defined]
        found[name] = options

    walk("donthu", typer.main.get_command(app))
    return found


def test_every_command_is_described() -> None:
    assert [name for name in commands() if f"`{name}" not in TEXT] == []


def test_every_option_of_the_public_commands_is_named() -> None:
    # `--name` speaks for itself; `--worker` is there as its opposite.
    spoken = {"--name", "--worker"}
    missing = {
        f"{name} {option}"
        for name, options in commands().items()
        for option in options
        if option not in spoken and option not in TEXT
    }
    assert missing == set()
