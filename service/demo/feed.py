"""Sends the letters of the demo in, one after the other, as a postman would; each only once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from service.demo.build import build
from service.demo.letters import Letter, letters
from service.intake.receipts import Delivery, receive
from service.office import today
from service.settings import settings
from service.store.database import transaction
from service.store.tables import Channel, Receipt


def key(letter: Letter) -> str:
    """What makes a letter known again at the next start."""
    return f"demo:{letter.id}"


def folder() -> Path:
    """Where the drawn files lie, for a look and for dropping them again."""
    return settings().home / "demo-letters"


def missing() -> list[Letter]:
    """The letters that have no receipt yet, in the order in which they arrive."""
    with transaction() as session:
        known = set(
            session.scalars(sa.select(Receipt.channel_key).where(Receipt.channel == Channel.DEMO)).all()
        )
    return [letter for letter in letters() if key(letter) not in known]


def feed(stop: threading.Event, on_sent: Callable[[int, int], None] = lambda _done, _total: None) -> int:
    """Draw and receive what is missing until `stop` is set; returns how many letters were sent.

    `on_sent(done, total)` is called after each letter.
    """
    waiting = missing()
    done = 0
    for letter, data in _drawn(waiting):
        if stop.is_set():
            break
        day = today() - timedelta(days=letter.days_ago)
        receive(Delivery(data, letter.file, Channel.DEMO, key(letter), day))
        done += 1
        on_sent(done, len(waiting))
    return done


def _drawn(waiting: list[Letter]) -> Iterator[tuple[Letter, bytes]]:
    by_id = {letter.id: letter for letter in letters()}
    for letter in waiting:
        source = by_id[letter.of] if letter.of else letter
        yield letter, _file(source)


def _file(letter: Letter) -> bytes:
    """The file of a letter, drawn at the first call and kept."""
    path = folder() / f"{letter.id}{Path(letter.file).suffix}"
    if path.exists():
        return path.read_bytes()
    data = build(letter)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    half.write_bytes(data)
    half.replace(path)
    return data
