"""Letters from the command line: files of any kind, JSON lines, standard input; one input, one result."""

from __future__ import annotations

import json
import queue
import sys
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from ingest import Document

BATCH = 32
_END = None


@dataclass(frozen=True)
class Input:
    """One letter with what its line or file says of it; `problems` tell why there is no text."""

    id: str | int | None
    text: str | None = None
    received: date | None = None
    office: str | None = None
    confidence: float | None = None
    problems: list[dict[str, str]] = field(default_factory=list)


def batches(names: list[str]) -> Iterator[list[Input]]:
    """All inputs in order; lines that are there already come together, so that streams are answered at once."""
    for name in names:
        if name == "-" or name.endswith(".jsonl"):
            yield from _line_batches(name)
        else:
            yield [_from_file(Path(name))]


def problem(code: str, message: str) -> dict[str, str]:
    """A problem as all commands print it."""
    return {"code": code, "message": message}


def read_file(path: Path) -> Document | dict[str, str]:
    """The document of a file, or the problem that keeps it from being opened at all."""
    import ingest

    try:
        if not path.is_file():
            return problem("not_found", "Không có tệp này.")
        return ingest.read(path)
    except OSError as error:
        return problem("not_readable", f"Không mở được tệp: {error.strerror}.")


def parse_line(line: bytes, date_key: str = "received") -> Input:
    """The letter of a JSON line; a bad line gives an Input with problems, never an exception."""
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError):
        return Input(None, problems=[problem("bad_line", "Dòng này không phải JSON hợp lệ.")])
    if not isinstance(value, dict):
        return Input(None, problems=[problem("bad_line", "Mỗi dòng phải là một đối tượng JSON.")])
    id_ = value.get("id")
    if id_ is not None and not isinstance(id_, str | int):
        return Input(None, problems=[problem("bad_line", "“id” phải là chữ hoặc số nguyên.")])
    text, day, office = value.get("text"), value.get(date_key), value.get("office")
    if not isinstance(text, str):
        return Input(id_, problems=[problem("bad_line", "Dòng thiếu “text”.")])
    try:
        received = date.fromisoformat(day) if day else None
    except (TypeError, ValueError):
        message = f"“{date_key}” phải có dạng NĂM-THÁNG-NGÀY, ví dụ 2026-07-01."
        return Input(id_, problems=[problem("bad_date", message)])
    if office is not None and not isinstance(office, str):
        return Input(id_, problems=[problem("bad_office", "“office” phải là chữ, ví dụ ward:Kim Liên.")])
    # Lone surrogates are legal in JSON and in no text.
    return Input(id_, text.encode("utf-8", "replace").decode(), received, office or None)


def _from_file(path: Path) -> Input:
    found = read_file(path)
    if isinstance(found, dict):
        return Input(str(path), problems=[found])
    problems = [problem(item.code, item.message) for item in found.problems]
    words = [word.confidence for page in found.pages for word in page.words]
    confidence = sum(words) / len(words) if words else None
    return Input(str(path), found.text if found.readable else None, confidence=confidence, problems=problems)


def _line_batches(name: str) -> Iterator[list[Input]]:
    try:
        source = nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb")  # noqa: SIM115
    except OSError:
        yield [Input(name, problems=[problem("not_found", "Không có tệp này.")])]
        return
    with source as file:
        for lines in _available(file):
            yield [parse_line(line) for line in lines]


def _available(file: BinaryIO) -> Iterator[list[bytes]]:
    """Lines as they come, never waiting for more than one, at most BATCH at a time."""
    lines: queue.Queue[bytes | None] = queue.Queue(maxsize=4 * BATCH)

    def fill() -> None:
        try:
            for line in file:
                if line.strip():
                    lines.put(line)
        finally:
            lines.put(_END)

    threading.Thread(target=fill, daemon=True).start()
    while (line := lines.get()) is not _END:
        batch = [line]
        while len(batch) < BATCH and not lines.empty():
            following = lines.get()
            if following is _END:
                yield batch
                return
            batch.append(following)
        yield batch
