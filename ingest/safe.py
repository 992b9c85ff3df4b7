"""Reading and drawing files of strangers: the same as in this process, but a fault costs only a child."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.document import Document, Problem
from ingest.isolation import ChildLost, run
from ingest.limits import DEFAULT, Limits
from ingest.media import EML, sniff
from ingest.problems import problem
from ingest.reader import Event, Found, Read, assemble, lost_page, source
from ingest.wire import unpack_event

OnPage = Callable[[int, int], None]


def read(
    file: Path | bytes, name: str | None = None, limits: Limits = DEFAULT, on_page: OnPage | None = None
) -> Document:
    """Read a file in a child process; never raises for bad content, the problems tell instead.

    `name` is shown to people and compared with the content; `on_page(done, total)` is called in this
    thread after each page. A page on which the child is lost is skipped, the others are read.
    Errors: OSError if a path cannot be read.
    """
    called = name or (file.name if isinstance(file, Path) else "")
    if isinstance(file, Path) and (size := file.stat().st_size) > limits.file_bytes:
        return _too_large(called, size)
    data = file.read_bytes() if isinstance(file, Path) else file
    return assemble(source(data, called), _steps(data, called, limits, on_page))


def render_page(
    data: bytes,
    name: str,
    page_number: int,
    dpi: float = 110,
    rotation: int = 0,
    limits: Limits = DEFAULT,
) -> bytes | None:
    """PNG of page `page_number` (from 1) as its boxes lie on it, drawn in a child process.

    Pass `Page.rotation`. None for typed pages and where the page cannot be drawn.
    """
    job = {"job": "draw", "name": name, "page": page_number, "dpi": dpi, "rotation": rotation}
    try:
        for message in run(job, data, limits):
            return base64.b64decode(message["png"]) if message["png"] else None
    except ChildLost:
        pass
    return None


@dataclass
class _Course:
    """How far a reading has come, over the children that it took."""

    total: int | None = None
    done: int = 0
    lost: int = 0


def _steps(data: bytes, name: str, limits: Limits, on_page: OnPage | None) -> Iterator[Event]:
    course = _Course()
    while course.total is None or course.done < course.total:
        try:
            yield from _one_child(data, name, limits, course, on_page)
        except ChildLost as loss:
            course.lost += 1
            if course.total is not None:
                yield from _after_loss(course, loss, limits)
            elif limits.mail_parts and sniff(data, name) == EML:
                yield from _body_alone(data, name, limits, on_page, loss)
                return
            else:
                yield Found(0, problems=(problem(loss.reason),))
                return
        else:
            return


def _body_alone(
    data: bytes, name: str, limits: Limits, on_page: OnPage | None, loss: ChildLost
) -> Iterator[Event]:
    """A mail without its attachments, one of which broke the opening: the body is a letter too."""
    note = problem(loss.reason, fatal=False)
    for event in _steps(data, name, replace(limits, mail_parts=0), on_page):
        yield replace(event, problems=(*event.problems, note)) if isinstance(event, Found) else event


def _one_child(
    data: bytes, name: str, limits: Limits, course: _Course, on_page: OnPage | None
) -> Iterator[Event]:
    job = {"job": "read", "name": name, "first": course.done + 1}
    for message in run(job, data, limits):
        event = unpack_event(message)
        if isinstance(event, Found):
            if course.total is None:
                course.total = event.total
                yield event
            continue
        course.done += 1
        if on_page is not None and course.total is not None:
            on_page(course.done, course.total)
        yield event


def _after_loss(course: _Course, loss: ChildLost, limits: Limits) -> Iterator[Read]:
    """The page on which the child was lost; all that are left, once too many children were lost."""
    assert course.total is not None
    last = course.done + 1 if course.lost <= limits.restarts else course.total
    for number in range(course.done + 1, min(last, course.total) + 1):
        yield lost_page(number, loss.reason)
    course.done = last


def _too_large(name: str, size: int) -> Document:
    note: Problem = problem("too_large_file", count=size // 2**20)
    about = source(b"", name)
    return Document(type(about)(name, "", size, about.media_type), problems=(note,))
