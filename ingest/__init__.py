"""Reading files: bytes in, pages of words with boxes and confidences out, or problems that say why not.

document = read(Path("don.pdf"))          # isolated: a hostile file costs a child process only
document.text, document.problems
document.boxes(10, 25)                    # where these characters stand on the pages
render_page(data, "don.pdf", 1)           # the page for the viewer, boxes fit it
"""

from __future__ import annotations

from ingest.document import PAGE_BREAK, Box, Document, Method, Page, Problem, Source, Word
from ingest.json_form import to_json
from ingest.limits import DEFAULT, Limits
from ingest.media import sniff
from ingest.problems import KINDS
from ingest.reader import read_here
from ingest.safe import read, render_page
from ingest.wire import pack, unpack

__all__ = [
    "DEFAULT",
    "KINDS",
    "PAGE_BREAK",
    "Box",
    "Document",
    "Limits",
    "Method",
    "Page",
    "Problem",
    "Source",
    "Word",
    "pack",
    "read",
    "read_here",
    "render_page",
    "sniff",
    "to_json",
    "unpack",
]
