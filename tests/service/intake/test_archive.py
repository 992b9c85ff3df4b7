from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from service.intake import archive
from service.intake.archive import Archive, ArchiveError, import_archive, waiting
from service.intake.receipts import original
from service.store.database import transaction
from service.store.tables import ArchiveItem, Receipt


def receipts() -> list[Receipt]:
    with transaction() as session:
        return list(session.scalars(sa.select(Receipt).order_by(Receipt.id)))


def run(source: Archive) -> dict[str, int]:
    *_, report = import_archive(source)
    return dict(report.counts)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "kho"
    for name in ("2023/quý 1/đơn 1.txt", "2023/đơn 2.txt", "2024/đơn 1.txt"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Nội dung {name}", encoding="utf-8")
        os.utime(path, (1_700_000_000, 1_700_000_000))
    (root / "Thumbs.db").write_bytes(b"x")
    return root


def test_folder_tree_arrives_whole_and_only_once(db: str, tree: Path) -> None:
    source = Archive(tree, date(2024, 2, 3))
    assert source.count() == 3
    assert run(source) == {"taken": 3}
    assert [original(receipt).decode() for receipt in receipts()] == [
        "Nội dung 2023/đơn 2.txt",
        "Nội dung 2023/quý 1/đơn 1.txt",
        "Nội dung 2024/đơn 1.txt",
    ]
    assert {(one.channel, one.received_on) for one in receipts()} == {("archive", date(2024, 2, 3))}
    assert run(source) == {"known": 3}
    assert (len(receipts()), waiting(source.source)) == (3, 3)


def test_day_of_the_file(db: str, tree: Path) -> None:
    run(Archive(tree, by_file_time=True))
    assert {receipt.received_on for receipt in receipts()} == {date(2023, 11, 15)}


def test_stopped_import_goes_on_where_it_was(db: str, tree: Path) -> None:
    source = Archive(tree)
    running = import_archive(source)
    next(running)
    running.close()
    assert run(source) == {"known": 1, "taken": 2}
    assert len(receipts()) == 3


def test_dying_before_the_commit_leaves_neither_receipt_nor_row(
    db: str, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(**_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(archive, "ArchiveItem", die)
        patch.setattr(die, "id", ArchiveItem.id, raising=False)
        patch.setattr(die, "source", ArchiveItem.source, raising=False)
        patch.setattr(die, "key", ArchiveItem.key, raising=False)
        with pytest.raises(KeyboardInterrupt):
            run(Archive(tree))
    assert receipts() == []
    assert run(Archive(tree)) == {"taken": 3}


def test_changed_file_is_another_letter(db: str, tree: Path) -> None:
    run(Archive(tree))
    (tree / "2024" / "đơn 1.txt").write_text("Nội dung khác hẳn", encoding="utf-8")
    assert run(Archive(tree)) == {"known": 2, "taken": 1}


def test_json_lines_with_bad_ones_among_them(db: str, tmp_path: Path) -> None:
    lines = [
        {"id": "k-1", "text": "Đơn thứ nhất", "received": "2022-05-04"},
        {"id": 2, "text": "Đơn thứ hai"},
        {"id": "k-3"},
        {"id": "k-4", "text": "x", "received": "hôm qua"},
    ]
    path = tmp_path / "kho.jsonl"
    path.write_text("\n".join([*map(json.dumps, lines), "", "{hỏng"]) + "\n", encoding="utf-8")
    source = Archive(path)
    assert source.count() == 5
    *_, report = import_archive(source)
    assert dict(report.counts) == {"taken": 2, "failed": 3}
    assert [place for place, _ in report.failed] == ["dòng 3", "dòng 4", "dòng 6"]
    first, second = receipts()
    assert (first.file_name, first.received_on) == ("k-1.txt", date(2022, 5, 4))
    assert (second.file_name, original(second).decode()) == ("2.txt", "Đơn thứ hai")
    assert run(source) == {"known": 2, "failed": 3}


def test_unreadable_file_does_not_stop_the_others(
    db: str, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_bytes = Path.read_bytes

    def denied(path: Path) -> bytes:
        if path.name == "đơn 2.txt":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", denied)
        *_, report = import_archive(Archive(tree))
    assert dict(report.counts) == {"taken": 2, "failed": 1}
    assert report.failed == [("2023/đơn 2.txt", "Permission denied")]
    assert run(Archive(tree)) == {"known": 2, "taken": 1}


def test_nothing_to_import_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a")
    empty = tmp_path / "trống"
    empty.mkdir()
    for path in (tmp_path / "không có", tmp_path / "x.csv", empty):
        with pytest.raises(ArchiveError):
            Archive(path).count()
