"""The queue: failures end in the tray, words of letters never in the log."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout

import pytest
import sqlalchemy as sa

from service.intake.receipts import Delivery, receive
from service.store.database import transaction
from service.store.tables import Channel, Receipt
from service.work import process
from service.work.jobs import MAX_ATTEMPTS, MAX_REVIVALS
from tests.service import letters

Work = Callable[[], None]


def _state(receipt: int) -> tuple[str, list[str]]:
    with transaction() as session:
        found = session.get_one(Receipt, receipt)
        return found.state, [entry["code"] for entry in found.problems]


def test_what_fails_every_time_ends_in_the_tray_and_the_others_go_on(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = receive(Delivery(letters.complaint("Chử Thị Bí Mật"), "a.txt", Channel.API)).id
    good = receive(Delivery(letters.recommendation(), "b.txt", Channel.API)).id
    understand, tried = process.file_petition, []

    def stumble(receipt_id: int, *rest: object) -> int | None:
        if receipt_id != bad:
            return understand(receipt_id, *rest)  # type: ignore[arg-type]
        tried.append(receipt_id)
        raise ValueError("Chử Thị Bí Mật")

    monkeypatch.setattr(process, "file_petition", stumble)
    told, handler = io.StringIO(), logging.StreamHandler(io.StringIO())
    handler.stream = told
    logging.getLogger().addHandler(handler)
    try:
        with redirect_stderr(told), redirect_stdout(told):
            work()
    finally:
        logging.getLogger().removeHandler(handler)
    assert len(tried) == MAX_ATTEMPTS
    assert _state(bad) == ("problem", ["internal_error"])
    assert _state(good) == ("filed", [])
    assert "ValueError" in told.getvalue()
    assert "Bí Mật" not in told.getvalue()


def test_a_letter_that_takes_every_worker_along_is_given_up(work: Work) -> None:
    receipt = receive(Delivery(letters.complaint(), "a.txt", Channel.API)).id
    with transaction() as session:
        session.execute(sa.text("UPDATE procrastinate_jobs SET attempts = :n"), {"n": MAX_REVIVALS})
    work()
    assert _state(receipt) == ("problem", ["internal_error"])


def test_a_clerk_does_not_wait_for_the_archive(db: str) -> None:
    for channel in (Channel.ARCHIVE, Channel.MAILBOX, Channel.BROWSER):
        receive(Delivery(str(channel).encode(), "a.txt", channel))
    with transaction() as session:
        order = session.scalars(sa.text("SELECT queue_name FROM procrastinate_jobs ORDER BY priority DESC"))
        assert list(order) == ["intake", "mail", "archive"]
