"""Reads a file in this process, step by step: first what it holds, then page after page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256

from ingest import formats
from ingest.document import Document, Method, Page, Problem, Source
from ingest.media import sniff
from ingest.problems import ReadError, problem
from ingest.sheets import Desk, Opened, Sheet
from ingest.syllables import Language, language


@dataclass(frozen=True)
class Found:
    """The file was opened: so many pages are to be read."""

    total: int
    meta: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Read:
    """A page was read, or its place is kept by an empty page and a problem says why."""

    page: Page
    problems: tuple[Problem, ...] = ()


Event = Found | Read


def read_here(data: bytes, name: str, desk: Desk | None = None) -> Document:
    """Read a file without a child process around it; never raises for bad content.

    For the child itself and for tests: a fault of a library ends the calling process.
    """
    return assemble(source(data, name), steps(data, name, desk or Desk()))


def source(data: bytes, name: str) -> Source:
    """The facts about the file that its bytes give."""
    return Source(name, sha256(data).hexdigest(), len(data), sniff(data, name))


def steps(data: bytes, name: str, desk: Desk, first: int = 1) -> Iterator[Event]:
    """Open the file, then read its pages from number `first` on."""
    opened = open_safely(data, name, desk)
    yield Found(len(opened.sheets), opened.meta, tuple(opened.problems))
    for number, sheet in enumerate(opened.sheets, start=1):
        if number >= first:
            yield _read(sheet, number, desk)


def open_safely(data: bytes, name: str, desk: Desk) -> Opened:
    """The opened file; one without sheets and with a fatal problem where that fails."""
    if len(data) > desk.limits.file_bytes:
        return Opened(problems=[problem("too_large_file", count=len(data) // 2**20)])
    try:
        return formats.open_bytes(data, name, desk)
    except ReadError as error:
        return Opened(problems=[error.problem()])
    except MemoryError:
        return Opened(problems=[problem("out_of_memory")])
    except Exception:  # noqa: BLE001  # libraries fail in many ways on broken files; all mean the same
        return Opened(problems=[problem("corrupt")])


def lost_page(number: int, code: str) -> Read:
    """An empty page that keeps the place of one that could not be read."""
    return Read(Page(number, Method.OCR, ""), (problem(code, page=number),))


def assemble(about: Source, events: Iterable[Event]) -> Document:
    """The document that the events tell of, judged as a whole."""
    document = Document(about)
    for event in events:
        problems = document.problems + event.problems
        if isinstance(event, Found):
            document = replace(document, meta=event.meta, problems=problems)
        else:
            document = replace(document, pages=(*document.pages, event.page), problems=problems)
    return judge(document)


def judge(document: Document) -> Document:
    """The document with the problems that only the whole of it shows; each problem once."""
    problems = list(dict.fromkeys(document.problems))
    if not document.readable and not any(item.fatal and item.page is None for item in problems):
        problems.append(problem("no_text"))
    spoken = language(document.text)
    unsure = any(item.code == "low_quality" for item in problems)
    if spoken is Language.OTHER or (spoken is Language.GARBLED and not unsure):
        problems.append(problem("not_vietnamese"))
    return replace(document, problems=tuple(problems))


def _read(sheet: Sheet, number: int, desk: Desk) -> Read:
    try:
        page, problems = sheet.read(number, desk)
    except ReadError as error:
        kept = lost_page(number, error.code)
        # A missing engine is one problem of the machine, not one of every page.
        return Read(kept.page, (error.problem(),)) if error.code == "engine_missing" else kept
    except MemoryError:
        return lost_page(number, "out_of_memory")
    except Exception:  # noqa: BLE001  # one page that breaks a library must not take the others along
        return lost_page(number, "page_failed")
    return Read(page, tuple(problems))
