from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import sqlalchemy as sa

from service.intake import folder
from service.intake.folder import STEADY_POLLS, STEADY_POLLS_EMPTY, TAKEN_FOLDER, FolderError, ScanFolder
from service.intake.receipts import original
from service.store.database import transaction
from service.store.tables import Receipt


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    root = tmp_path / "máy quét"
    root.mkdir()
    return root


def receipts() -> list[Receipt]:
    with transaction() as session:
        return list(session.scalars(sa.select(Receipt).order_by(Receipt.id)))


def poll(watcher: ScanFolder, times: int = STEADY_POLLS) -> int:
    return sum(watcher.poll() for _ in range(times))


def taken_files(root: Path) -> list[str]:
    return sorted(
        path.relative_to(root / TAKEN_FOLDER).as_posix().split("/", 1)[1]
        for path in (root / TAKEN_FOLDER).rglob("*")
        if path.is_file()
    )


def test_whole_file_is_received_and_moved(db: str, scans: Path) -> None:
    (scans / "phòng 2").mkdir()
    (scans / "phòng 2" / "đơn 1.txt").write_bytes(b"noi dung")
    assert poll(ScanFolder(scans)) == 1
    (receipt,) = receipts()
    assert (original(receipt), receipt.file_name, receipt.channel) == (b"noi dung", "đơn 1.txt", "folder")
    assert taken_files(scans) == ["phòng 2/đơn 1.txt"]


def test_growing_file_is_left_until_it_is_whole(db: str, scans: Path) -> None:
    watcher, path = ScanFolder(scans), scans / "đơn.pdf"
    written = b""
    for part in (b"mot ", b"hai ", b"ba"):
        written += part
        path.write_bytes(written)
        assert poll(watcher, STEADY_POLLS - 1) == 0
    assert poll(watcher, 1) == 1
    assert [original(receipt) for receipt in receipts()] == [b"mot hai ba"]


def test_empty_file_waits_longer_for_its_content(db: str, scans: Path) -> None:
    watcher, path = ScanFolder(scans), scans / "đơn.pdf"
    path.touch()
    assert poll(watcher, STEADY_POLLS_EMPTY - 1) == 0
    path.write_bytes(b"x")
    assert poll(watcher) == 1
    assert receipts()[0].sha256 == "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"


def test_junk_and_half_files_are_left_alone(db: str, scans: Path) -> None:
    names = ["Thumbs.db", ".DS_Store", "~$don.docx", "đơn.pdf.part", "x.tmp", ".ẩn.pdf"]
    for name in names:
        (scans / name).write_bytes(b"x")
    (scans / "link.pdf").symlink_to(scans / "Thumbs.db")
    assert poll(ScanFolder(scans), STEADY_POLLS_EMPTY) == 0
    assert sorted(path.name for path in scans.iterdir()) == sorted([*names, "link.pdf"])


def test_crash_between_receipt_and_move_gives_no_second_receipt(
    db: str, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (scans / "đơn.pdf").write_bytes(b"mot la don")

    class Crash(BaseException):
        pass

    def crash(*_: object) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(ScanFolder, "_move", crash)
        with pytest.raises(Crash):
            poll(ScanFolder(scans))
    assert len(receipts()) == 1
    poll(ScanFolder(scans))
    assert len(receipts()) == 1
    assert taken_files(scans) == ["đơn.pdf"]


def test_same_name_again_is_another_letter_and_nothing_is_overwritten(db: str, scans: Path) -> None:
    watcher = ScanFolder(scans)
    for content in (b"la don thu nhat", b"la don thu hai", b"la don thu hai"):
        (scans / "scan0001.pdf").write_bytes(content)
        assert poll(watcher) == 1
    assert len(receipts()) == 3
    assert receipts()[2].same_file_of == receipts()[1].id
    assert taken_files(scans) == ["scan0001 (2).pdf", "scan0001 (3).pdf", "scan0001.pdf"]


def test_too_large_file_stays_and_is_named(db: str, scans: Path) -> None:
    (scans / "to.pdf").write_bytes(b"123456")
    (scans / "nhỏ.pdf").write_bytes(b"123")
    watcher = ScanFolder(scans, max_bytes=5)
    assert watcher.drain(0) == 1
    assert watcher.left == {scans / "to.pdf": "too_large"}
    assert (scans / "to.pdf").exists()


def test_unreadable_file_is_reported_retried_and_taken_later(
    db: str, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (scans / "khóa.pdf").write_bytes(b"khoa")
    (scans / "mở.pdf").write_bytes(b"mo")
    watcher, read_bytes = ScanFolder(scans), Path.read_bytes

    def denied(path: Path) -> bytes:
        if path.name == "khóa.pdf":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", denied)
        assert poll(watcher, 5) == 1
    assert watcher.left == {scans / "khóa.pdf": "unreadable"}
    assert poll(watcher, 1) == 1
    assert watcher.left == {}


def test_file_that_cannot_be_moved_is_received_once(
    db: str, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (scans / "đơn.pdf").write_bytes(b"mot")
    watcher = ScanFolder(scans)

    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", denied)
        poll(watcher, 6)
    assert (len(receipts()), watcher.left) == (1, {scans / "đơn.pdf": "unmovable"})
    poll(watcher, 1)
    assert (len(receipts()), taken_files(scans)) == (1, ["đơn.pdf"])


def test_file_written_on_during_the_move_comes_back(
    db: str, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scans / "đơn.pdf"
    path.write_bytes(b"mot")
    watcher, receive = ScanFolder(scans), folder.receive

    def receive_while_somebody_writes(delivery: folder.Delivery) -> Receipt:
        found = receive(delivery)
        path.write_bytes(b"mot hai")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(folder, "receive", receive_while_somebody_writes)
        poll(watcher)
    assert path.read_bytes() == b"mot hai"
    poll(watcher)
    assert [original(receipt) for receipt in receipts()] == [b"mot", b"mot hai"]


def test_taken_folder_is_known_in_either_spelling(db: str, scans: Path) -> None:
    other = scans / unicodedata.normalize("NFD", TAKEN_FOLDER)
    other.mkdir()
    (other / "cũ.pdf").write_bytes(b"cu")
    assert poll(ScanFolder(scans)) == 0


def test_folder_that_is_away_is_told(tmp_path: Path) -> None:
    with pytest.raises(FolderError):
        ScanFolder(tmp_path / "không có").poll()


def test_watch_goes_on_after_trouble(db: str, tmp_path: Path) -> None:
    root = tmp_path / "share"
    turns = iter(range(20))

    def stop() -> bool:
        turn = next(turns)
        if turn == 3:
            root.mkdir()
            (root / "đơn.txt").write_bytes(b"x")
        return turn >= 10

    ScanFolder(root).watch(0, stop)
    assert len(receipts()) == 1
