import json

from ingest import Document, Method, Page, Problem, Source, Word, pack, read_here, to_json, unpack
from ingest.reader import Found, Read, steps
from ingest.sheets import Desk
from ingest.wire import pack_event, unpack_event

PAGE = Page(
    1, Method.OCR, "Đơn", (Word("Đơn", 0, 3, (1.0, 2.0, 3.5, 4.0), 0.9),), (595.0, 842.0), 0.9, 90, "a.png"
)
TYPED = Page(2, Method.TYPED, "x", (Word("x", 0, 1, None, 1.0),), None, 1.0)
DOCUMENT = Document(
    Source("đơn.pdf", "ab" * 32, 7, "application/pdf"),
    (PAGE, TYPED),
    (Problem("low_quality", "Chữ mờ.", 1, False), Problem("maybe_truncated", "Thiếu.", None, False)),
    {"subject": "Đơn"},
)


def test_document_survives_the_way_through_json() -> None:
    assert unpack(json.loads(json.dumps(pack(DOCUMENT)))) == DOCUMENT


def test_events_survive_the_way_through_json() -> None:
    for event in (Found(3, {"from": "a"}, DOCUMENT.problems), Read(PAGE, DOCUMENT.problems), Read(TYPED)):
        assert unpack_event(json.loads(json.dumps(pack_event(event)))) == event


def test_public_form() -> None:
    assert to_json(DOCUMENT) == {
        "file": "đơn.pdf",
        "sha256": "ab" * 32,
        "pages": [
            {"number": 1, "method": "ocr", "text": "Đơn", "confidence": 0.9,
             "words": [{"text": "Đơn", "box": [1.0, 2.0, 3.5, 4.0], "confidence": 0.9}]},
            {"number": 2, "method": "typed", "text": "x", "confidence": 1.0,
             "words": [{"text": "x", "box": None, "confidence": 1.0}]},
        ],
        "problems": [
            {"code": "low_quality", "message": "Trang 1: Chữ mờ."},
            {"code": "maybe_truncated", "message": "Thiếu."},
        ],
    }  # fmt: skip


def test_reading_may_begin_at_a_later_page() -> None:
    from tests.faults.files import pdf_pages

    events = list(steps(pdf_pages(4), "a.pdf", Desk(), first=3))
    assert isinstance(events[0], Found)
    assert events[0].total == 4
    assert [event.page.number for event in events if isinstance(event, Read)] == [3, 4]


def test_same_problem_is_told_once() -> None:
    assert len({item.code for item in read_here(b"", "a").problems}) == len(read_here(b"", "a").problems)
