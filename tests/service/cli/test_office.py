"""The commands of a running office: accounts, archive, doors, reclassify, doctor, backup."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from service.accounts.users import check_password
from service.store.database import transaction
from service.store.tables import Petition, Receipt, User
from tests.service import letters
from tests.service.cli.conftest import Donthu
from tests.service.database import TestServer


def receipts() -> list[Receipt]:
    with transaction() as session:
        return list(session.scalars(sa.select(Receipt).order_by(Receipt.id)))


def test_user_add_takes_the_password_from_standard_input(db: str, donthu: Donthu) -> None:
    arguments = (
        "user",
        "add",
        "Hoa",
        "--role",
        "handler",
        "--unit",
        "VP",
        "--denunciations",
        "--password-stdin",
    )
    done = donthu(*arguments, stdin="mật khẩu dài\n")
    assert done.returncode == 0
    assert "mật khẩu" not in done.stdout + done.stderr
    with transaction() as session:
        user = check_password(session, "hoa", "mật khẩu dài")
    assert user
    assert (user.role, user.unit_code, user.sees_denunciations) == ("handler", "VP", True)


@pytest.mark.parametrize(
    ("arguments", "password", "said"),
    [
        (("lan", "--role", "clerk"), "ngắn", "ít nhất 8"),
        (("lan", "--role", "handler"), "mật khẩu dài", "--unit"),
        (("lan", "--role", "handler", "--unit", "KHONG"), "mật khẩu dài", "VP"),
        (("lan", "--role", "king"), "mật khẩu dài", "king"),
    ],
)
def test_user_add_says_what_is_wrong(
    db: str, donthu: Donthu, arguments: tuple[str, ...], password: str, said: str
) -> None:
    done = donthu("user", "add", *arguments, "--password-stdin", stdin=f"{password}\n")
    assert done.returncode == 2
    assert said in done.stderr
    with transaction() as session:
        assert session.scalar(sa.select(sa.func.count(User.id))) == 0


@pytest.mark.slow
def test_archive_import_reads_to_the_end_and_can_be_run_again(
    db: str, donthu: Donthu, tmp_path: Path
) -> None:
    path = tmp_path / "kho.jsonl"
    rows = [
        {"id": "k1", "text": letters.complaint().decode(), "received": "2026-03-09"},
        {"id": "k2", "text": letters.recommendation().decode(), "received": "2026-03-10"},
        {"id": "k3"},
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    done = donthu("archive", "import", path, "--wait")
    assert "Nhận mới 2, đã có 0, lỗi 1." in done.stdout
    assert "dòng 3" in done.stdout
    assert done.returncode == 1
    with transaction() as session:
        types = session.scalars(sa.select(Petition.type).order_by(Petition.receipt_id)).all()
    assert types == ["complaint", "recommendation"]
    assert "Nhận mới 0, đã có 2, lỗi 1." in donthu("archive", "import", path, "--wait").stdout
    dry = donthu("reclassify", "--again")
    assert "Đã xét 2 đơn: 0 đơn thay đổi" in dry.stdout
    assert "Chỉ xem thử" in dry.stdout


def test_folder_once_takes_what_is_there(
    db: str, donthu: Donthu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONTHU_SCAN_POLL_SECONDS", "0.05")
    (tmp_path / "quét").mkdir()
    (tmp_path / "quét" / "đơn.pdf").write_bytes(b"%PDF-1.4")
    done = donthu("folder", "once", tmp_path / "quét")
    assert (done.returncode, done.stdout.strip()) == (0, "Đã nhận 1 tệp.")
    assert [receipt.channel for receipt in receipts()] == ["folder"]


@pytest.mark.parametrize("door", ["folder", "mailbox"])
def test_door_without_its_setting_says_which(donthu: Donthu, door: str) -> None:
    done = donthu(door, "once")
    assert done.returncode == 2
    assert {"folder": "DONTHU_SCAN_FOLDER", "mailbox": "DONTHU_MAILBOX_URL"}[door] in done.stderr


def test_doctor_finds_a_healthy_office_and_a_sick_one(
    db: str, donthu: Donthu, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    well = donthu("doctor")
    assert well.returncode == 0, well.stdout
    assert "PostgreSQL" in well.stdout
    (home / "office.yaml").write_text("name: x", encoding="utf-8")
    monkeypatch.setenv("DONTHU_OFFICE_FILE", str(home / "office.yaml"))
    monkeypatch.setenv("TESSDATA_PREFIX", str(home))
    monkeypatch.setenv("DONTHU_SCAN_FOLDER", str(home / "none"))
    sick = donthu("doctor")
    assert sick.returncode == 1
    assert sum(line.startswith("✗") for line in sick.stdout.splitlines()) == 2, sick.stdout


def test_doctor_finds_a_rotten_original(db: str, donthu: Donthu) -> None:
    from service.intake.receipts import Delivery, blob_store, receive
    from service.store.tables import Channel

    receipt = receive(Delivery(b"ban goc", "1.txt", Channel.BROWSER))
    blob_store().path(receipt.sha256).write_bytes(b"ban gox")
    done = donthu("doctor")
    assert done.returncode == 1
    assert receipt.sha256 in done.stdout


def test_backup_by_command(db: str, donthu: Donthu, tmp_path: Path) -> None:
    done = donthu("backup", tmp_path / "b")
    assert (done.returncode, "0 bản gốc" in done.stdout) == (0, True)
    again = donthu("restore", tmp_path / "none")
    assert again.returncode == 2
    assert "không phải một bản sao lưu" in again.stderr


def test_doctor_warns_of_a_server_whose_log_would_hold_letters(
    db: str, server: TestServer, donthu: Donthu
) -> None:
    with transaction() as session:
        name = session.scalar(sa.select(sa.func.current_database()))
    assert "nhật ký của PostgreSQL" not in donthu("doctor").stdout
    server.execute(f"ALTER DATABASE {name} SET log_statement = 'all'")
    told = donthu("doctor")
    assert "log_statement = none" in told.stdout
    assert told.returncode == 0


def test_user_password_sets_another_one(db: str, donthu: Donthu, users: object) -> None:
    done = donthu("user", "password", "clerk", "--password-stdin", stdin="mat-khau-khac\n")
    assert done.returncode == 0, done.stderr
    with transaction() as session:
        assert check_password(session, "clerk", "mat-khau-khac")
    unknown = donthu("user", "password", "khong-ai", "--password-stdin", stdin="mat-khau-khac\n")
    assert unknown.returncode == 2
    assert "Không có tài khoản" in unknown.stderr
