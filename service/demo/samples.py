"""Draws the files of the folder `samples/` again: `python -m service.demo.samples`."""

from __future__ import annotations

from pathlib import Path

from service.demo.build import build
from service.demo.letters import load_letters

FOLDER = Path(__file__).parents[2] / "samples"


def main() -> None:
    """Write every sample that `samples/letters.yaml` names."""
    for letter in load_letters(FOLDER / "letters.yaml"):
        (FOLDER / letter.file).write_bytes(build(letter))


if __name__ == "__main__":
    main()
