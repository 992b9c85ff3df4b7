"""The child may be killed, hang or run out of memory: the caller goes on with what was read."""

from __future__ import annotations

import os
import signal
import time
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from PIL import Image

from ingest import Limits, read, render_page
from ingest.isolation import ChildLost, Lost, run
from ingest.reader import read_here
from ingest.sheets import Desk
from tests.faults import files
from tests.ingest import paper

TEXT = b"BT /F1 12 Tf 70 700 Td (Kinh gui Uy ban nhan dan phuong Dong Da, toi lam don nay de nghi xem xet lai viec cap dat) Tj ET"
SCAN = paper.file(paper.page().pixels)


def children() -> list[int]:
    """Processes that this test process has started and that still live."""
    listed = (task / "children" for task in Path("/proc/self/task").iterdir())
    return [int(pid) for file in listed if file.exists() for pid in file.read_text().split()]


def test_killed_child_costs_one_page() -> None:
    killed: list[int] = []

    def kill_once(done: int, total: int) -> None:
        if done == 2 and not killed:
            killed.extend(children())
            os.kill(killed[0], signal.SIGKILL)

    pages = [paper.page(f"Trang số {number} của lá đơn gửi phường", dpi=100).pixels for number in range(5)]
    document = read(_scan_of(pages), "five.pdf", on_page=kill_once)
    assert len(killed) == 1
    assert [found.number for found in document.pages] == [1, 2, 3, 4, 5]
    lost = [item.page for item in document.problems if item.code == "crashed"]
    assert len(lost) == 1
    assert sum(bool(found.text) for found in document.pages) == 4


def test_child_that_is_killed_again_and_again_ends_the_reading() -> None:
    def kill(done: int, total: int) -> None:
        os.kill(children()[0], signal.SIGKILL)

    document = read(
        _scan_of([paper.page("Kính gửi phường", dpi=100).pixels] * 8), "eight.pdf", Limits(restarts=1), kill
    )
    assert len(document.pages) == 8
    assert document.problems[-1].code == "crashed"


def test_slow_file_is_stopped() -> None:
    document = read(SCAN, "scan.png", Limits(silence_seconds=0.2))
    # The child may be stopped while it opens the file or while it reads the page: then nothing was read either.
    assert [item.code for item in document.problems] in (["timeout"], ["timeout", "no_text"])
    assert not children()


def test_processor_time_is_bounded() -> None:
    with pytest.raises(ChildLost) as lost:
        list(run({"job": "read", "name": "a.txt", "first": 1}, b"x", Limits(wall_seconds=0.0)))
    assert lost.value.reason is Lost.TIMEOUT


def test_memory_is_bounded() -> None:
    document = read(SCAN, "scan.png", Limits(memory_bytes=150 * 2**20))
    assert {item.code for item in document.problems} & {"out_of_memory", "crashed", "page_failed", "corrupt"}
    assert not document.readable


def letter_by_mail() -> bytes:
    message = EmailMessage()
    message["Subject"] = "Đơn"
    message["From"] = "thu@hop-thu.example"
    message.set_content("Kính gửi Ủy ban nhân dân phường, tôi đề nghị xem xét lại quyết định xử phạt.")
    message.add_attachment(SCAN, maintype="image", subtype="png", filename="a.png")
    return message.as_bytes()


def test_attachment_that_needs_too_much_memory_does_not_take_the_letter_along() -> None:
    document = read(letter_by_mail(), "thu.eml", Limits(memory_bytes=110 * 2**20))
    assert "tôi đề nghị" in document.text
    assert document.problems


def test_child_lost_while_opening_a_mail_leaves_its_body() -> None:
    def kill_first() -> None:
        while not children():
            time.sleep(0.001)
        os.kill(children()[0], signal.SIGKILL)

    killer = Thread(target=kill_first)
    killer.start()
    document = read(letter_by_mail(), "thu.eml")
    killer.join()
    assert "tôi đề nghị" in document.text
    assert [(item.code, item.fatal) for item in document.problems] == [
        ("too_many_parts", False),
        ("crashed", False),
    ]


def test_drawing_survives_a_lost_child() -> None:
    assert render_page(SCAN, "scan.png", 1, limits=Limits(silence_seconds=0.05)) is None


def test_caller_that_gives_up_leaves_no_child_behind() -> None:
    def give_up(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(files.pdf_pages(50, TEXT), "fifty.pdf", on_page=give_up)
    deadline = time.monotonic() + 5
    while children() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not children()


class Raising:
    """An engine that fails on its second page."""

    def __init__(self) -> None:
        self.calls = 0

    def version(self) -> str:
        return "raising"

    def recognise(self, grey: object, psm: int = 3) -> list[object]:
        self.calls += 1
        if self.calls == 2:
            raise RuntimeError("Nguyễn Thị Thử Nghiệm")
        return []

    def orientation(self, grey: object) -> tuple[int, float]:
        return 0, 0.0


def test_engine_that_raises_loses_its_page_only_and_says_nothing_of_the_letter() -> None:
    pages = [paper.page("Kính gửi phường", dpi=100).pixels] * 3
    document = read_here(_scan_of(pages), "three.pdf", Desk(make_engine=Raising))
    assert [item.page for item in document.problems if item.code == "page_failed"] != []
    assert len(document.pages) == 3
    assert not any("Thử Nghiệm" in item.message for item in document.problems)


def test_missing_language_data_is_one_problem_of_the_machine(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr("ingest.engines.tessdata._PLACES", (tmp_path,))
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    document = read_here(_scan_of([paper.page("Kính gửi", dpi=100).pixels] * 2), "two.pdf")
    assert [item.code for item in document.problems] == ["engine_missing"]


def _scan_of(pages: list[np.ndarray]) -> bytes:
    first, *others = [Image.fromarray(page) for page in pages]
    target = BytesIO()
    first.save(target, "PDF", resolution=100, save_all=True, append_images=others)
    return target.getvalue()
