from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from service.backup import BackupError, back_up, restore
from service.desk.review import decide
from service.intake.receipts import Delivery, original, receive
from service.store.database import transaction
from service.store.migrate import migrate
from service.store.tables import Base, Channel, Petition, Receipt, User
from tests.conftest import forget_process_state
from tests.service import letters

if TYPE_CHECKING:
    from tests.service.database import TestServer


def content() -> dict[str, list[tuple[object, ...]]]:
    with transaction() as session:
        return {
            table.name: sorted(tuple(map(str, row)) for row in session.execute(sa.select(table)))
            for table in Base.metadata.sorted_tables
        }


@pytest.fixture
def elsewhere(server: TestServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Move to another, empty installation on the same server."""

    def move() -> None:
        server.execute("CREATE DATABASE restored")
        monkeypatch.setenv("DONTHU_DATABASE_URL", server.url("restored"))
        monkeypatch.setenv("DONTHU_HOME", str(tmp_path / "elsewhere"))
        forget_process_state()

    yield move
    forget_process_state()
    server.execute("DROP DATABASE IF EXISTS restored WITH (FORCE)")


def test_backup_comes_back_row_by_row_and_byte_by_byte(
    users: dict[str, User], work: Callable[[], None], elsewhere: Callable[[], None], tmp_path: Path
) -> None:
    sent = [letters.complaint(), letters.denunciation(), b"%PDF- broken"]
    for data in sent:
        receive(Delivery(data, "đơn.txt", Channel.BROWSER), users["clerk"])
    work()
    with transaction() as session:
        petition = session.scalar(sa.select(Petition.id).where(Petition.type == "complaint"))
        assert petition
        decide(session, users["clerk"], petition)
    target, before = tmp_path / "sao lưu", content()
    assert back_up(target)["originals"] == 3
    elsewhere()
    restore(target)
    migrate()
    assert content() == before
    with transaction() as session:
        receipts = session.scalars(sa.select(Receipt).order_by(Receipt.id)).all()
    assert [original(receipt) for receipt in receipts] == sent
    # The guards of the database came along.
    with pytest.raises(sa.exc.DBAPIError), transaction() as session:
        session.execute(sa.text("DELETE FROM receipts"))
    # And the office can go on.
    assert receive(Delivery(b"moi", "đơn.txt", Channel.BROWSER)).number.endswith("-000004")


def test_second_backup_into_the_same_folder_adds_what_is_new(db: str, tmp_path: Path) -> None:
    target = tmp_path / "b"
    receive(Delivery(b"mot", "1.txt", Channel.BROWSER))
    back_up(target)
    receive(Delivery(b"hai", "2.txt", Channel.BROWSER))
    assert back_up(target)["originals"] == 2


def test_restore_never_writes_over_an_office_at_work(db: str, tmp_path: Path) -> None:
    receive(Delivery(b"mot", "1.txt", Channel.BROWSER))
    back_up(tmp_path / "b")
    with pytest.raises(BackupError, match="đã có biên nhận"):
        restore(tmp_path / "b")


@pytest.mark.parametrize("damage", ["dump", "note", "original"])
def test_damaged_backup_is_refused(
    db: str, elsewhere: Callable[[], None], tmp_path: Path, damage: str
) -> None:
    from service.store.blobs import BlobError

    target = tmp_path / "b"
    receive(Delivery(b"mot", "1.txt", Channel.BROWSER))
    back_up(target)
    victim = {
        "dump": target / "donthu.dump",
        "note": target / "backup.json",
        "original": next(path for path in (target / "blobs").rglob("*") if path.is_file()),
    }[damage]
    victim.write_bytes(victim.read_bytes()[:-2])
    elsewhere()
    with pytest.raises((BackupError, BlobError)):
        restore(target)


def test_folder_with_other_things_is_left_alone(db: str, tmp_path: Path) -> None:
    (tmp_path / "ảnh.jpg").write_bytes(b"x")
    with pytest.raises(BackupError, match="thư mục trống"):
        back_up(tmp_path)


def test_a_backup_is_for_its_owner_and_survives_half_a_file(
    db: str, elsewhere: Callable[[], None], tmp_path: Path
) -> None:
    receipt = receive(Delivery(letters.complaint(), "a.txt", Channel.API))
    target = tmp_path / "b"
    target.mkdir(mode=0o755)
    back_up(target)
    for path in (path for path in target.rglob("*") if path.is_file() and path.name != "backup.json"):
        assert path.stat().st_mode & 0o077 == 0, path
    # As a backup that was killed leaves it.
    (target / "blobs" / receipt.sha256[:2] / ".new-x1").write_bytes(b"half")
    elsewhere()
    assert restore(target)["originals"] == 1
    assert original(receipt) == letters.complaint()
