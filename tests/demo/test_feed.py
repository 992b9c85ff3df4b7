"""Letters of the demo come in once, however often it starts."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from service.demo import feed as feeding
from service.demo.accounts import ACCOUNTS, PASSWORD, ensure_accounts
from service.demo.feed import feed, missing
from service.demo.letters import Letter, letters
from service.store.database import transaction
from service.store.tables import Link, Petition, Receipt, ReceiptState, User
from service.work.process import process_receipt

QUICK = ("s01", "s02", "s07", "s25", "s38", "s40")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> list[Letter]:
    """A handful of letters that are drawn and read in no time."""
    chosen = [letter for letter in letters() if letter.id in QUICK]
    monkeypatch.setattr(feeding, "letters", lambda: chosen)
    return chosen


def receipts() -> list[Receipt]:
    with transaction() as session:
        return list(session.scalars(sa.select(Receipt).order_by(Receipt.id)))


def test_the_second_start_doubles_nothing(db: str, few: list[Letter]) -> None:
    assert feed(threading.Event()) == len(QUICK)
    first = receipts()
    assert feed(threading.Event()) == 0
    assert [r.number for r in receipts()] == [r.number for r in first]


def test_an_interrupted_start_is_taken_up_again(db: str, few: list[Letter]) -> None:
    stop = threading.Event()
    feed(stop, lambda done, _total: stop.set() if done == 2 else None)
    assert [letter.id for letter in missing()] == [letter.id for letter in few[2:]]
    feed(threading.Event())
    assert [r.file_name for r in receipts()] == [letter.file for letter in few]


def test_a_copy_is_known_as_the_same_file(db: str, few: list[Letter]) -> None:
    feed(threading.Event())
    by_name = {r.file_name: r for r in receipts()}
    assert by_name["Scan_0001 (2).pdf"].same_file_of == by_name["Scan_0001.pdf"].id


@pytest.mark.slow
def test_each_letter_ends_in_a_petition_or_a_problem(
    db: str, few: list[Letter], work: Callable[[], None]
) -> None:
    feed(threading.Event())
    work()
    states = {r.file_name: r.state for r in receipts()}
    assert states == {
        letter.file: ReceiptState.FILED if letter.expect else ReceiptState.PROBLEM for letter in few
    }


def test_accounts_are_made_once(db: str) -> None:
    ensure_accounts()
    ensure_accounts()
    with transaction() as session:
        assert sorted(session.scalars(sa.select(User.login))) == sorted(a.login for a in ACCOUNTS)


def demo_process(home: Path, port: int) -> subprocess.Popen[str]:
    environment = {k: v for k, v in os.environ.items() if k != "DONTHU_DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, "-m", "service.cli", "demo"],
        env={
            **environment,
            "DONTHU_HOME": str(home),
            "DONTHU_PORT": str(port),
            "PYTHONPATH": str(Path.cwd()),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answers(address: str, process: subprocess.Popen[str]) -> bool:
    while process.poll() is None:
        try:
            return httpx.get(f"{address}/healthz", timeout=60).status_code == 200
        except httpx.HTTPError:
            time.sleep(0.2)
    return False


def first_receipt(home: Path, process: subprocess.Popen[str]) -> bool:
    while process.poll() is None:
        if any((home / "demo-letters").glob("*.pdf")):
            return True
        time.sleep(0.2)
    return False


@pytest.mark.slow
def test_ctrl_c_ends_the_demo_and_its_children(tmp_path: Path) -> None:
    home, port = tmp_path / "home", free_port()
    process = demo_process(home, port)
    try:
        assert answers(f"http://127.0.0.1:{port}", process)
        assert first_receipt(home, process)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=120)
    finally:
        process.kill()
    assert process.returncode == 0, output
    assert PASSWORD in output
    assert "Traceback" not in output + (home / "demo.log").read_text(encoding="utf-8")
    assert not (home / "postgres" / "postmaster.pid").exists()


def test_the_home_of_a_real_office_is_refused(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    process = demo_process(tmp_path, free_port())
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 2
    assert "DONTHU_HOME" in output
    assert list((tmp_path / "postgres").iterdir()) == []


@pytest.mark.slow
def test_a_later_letter_read_first_still_links_to_the_earlier(db: str, few: list[Letter]) -> None:
    feed(threading.Event())
    by_name = {r.file_name: r.id for r in receipts()}
    first, copy = by_name["Scan_0001.pdf"], by_name["Scan_0001 (2).pdf"]
    process_receipt(copy)
    process_receipt(first)
    with transaction() as session:
        filed = {p.id: p.receipt_id for p in session.scalars(sa.select(Petition))}
        links = [(filed[k.petition_id], filed[k.earlier_id]) for k in session.scalars(sa.select(Link))]
    assert links == [(copy, first)]
