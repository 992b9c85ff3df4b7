"""`donthu doctor`: is everything in place, and what to do where it is not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import typer

from service.cli.console import console

MIN_FREE_GB = 2.0
NEWEST_ORIGINALS = 20


class Level(StrEnum):
    """How a check ended."""

    GOOD = "green"
    WARNING = "yellow"
    FAILED = "red"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, in one sentence."""

    level: Level
    words: str


MARKS = {Level.GOOD: "✓", Level.WARNING: "!", Level.FAILED: "✗"}


def doctor() -> None:
    """Kiểm tra máy: bộ nhận dạng chữ, mô hình, cơ sở dữ liệu, kho bản gốc, quyền thư mục, dung lượng."""
    failed = False
    for name, check in CHECKS.items():
        finding = _run(check)
        failed = failed or finding.level is Level.FAILED
        mark = f"[{finding.level}]{MARKS[finding.level]}[/{finding.level}]"
        console.print(f"{mark} [bold]{name}[/bold]: ", end="")
        console.print(finding.words, markup=False)
    raise typer.Exit(1 if failed else 0)


def _run(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except Exception as error:  # noqa: BLE001  # whatever breaks a check is its finding
        return Finding(Level.FAILED, str(error).splitlines()[0] if str(error) else type(error).__name__)


def _good(words: str) -> Finding:
    return Finding(Level.GOOD, words)


def _warn(words: str) -> Finding:
    return Finding(Level.WARNING, words)


def _bad(words: str) -> Finding:
    return Finding(Level.FAILED, words)


def _who() -> Finding:
    if os.geteuid() == 0:
        return _warn("đang chạy bằng root; nên có một người dùng riêng cho donthu")
    return _good("không phải root")


def _home() -> Finding:
    from service.settings import settings

    home = settings().home
    if not home.is_dir():
        return _warn(f"{home} chưa có, sẽ được tạo khi chạy lần đầu")
    if not os.access(home, os.W_OK):
        return _bad(f"không ghi được vào {home}")
    mode = home.stat().st_mode & 0o777
    if mode & 0o007:
        return _warn(f"{home} để mọi người trên máy vào được (quyền {mode:o}); nên đặt chmod 700")
    return _good(f"{home} (quyền {mode:o})")


def _space() -> Finding:
    from service.settings import settings

    place = settings().home
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free / 2**30
    words = f"còn {free:.1f} GB"
    return _good(words) if free >= MIN_FREE_GB else _bad(f"{words}; cần ít nhất {MIN_FREE_GB:.0f} GB")


def _tesseract() -> Finding:
    from ingest.engines import tessdata

    missing = [one for one in (tessdata.LANGUAGE, tessdata.ORIENTATION) if not tessdata.available(one)]
    if missing:
        return _bad(f"thiếu dữ liệu Tesseract {', '.join(missing)}: apt-get install tesseract-ocr-vie")
    return _good(f"dữ liệu tiếng Việt ở {tessdata.find()}")


def _model() -> Finding:
    from models.live import live

    return _good(f"bản {live().classifier.version}, khớp mã kiểm tra")


def _office() -> Finding:
    from service.office import office

    return _good(f"{office().name}, {len(office().units)} đơn vị")


def _database() -> Finding:
    from service.store.database import engine, talkative_settings
    from service.store.migrate import is_current

    with engine().connect() as connection:
        version = connection.dialect.server_version_info or (0,)
        if not is_current(connection):
            return _warn("lược đồ chưa phải bản mới nhất; sẽ được nâng khi chạy donthu serve")
        talkative = talkative_settings(connection)
    if talkative:
        advice = "; ".join(f"{name} = {value}" for name, value in talkative.items())
        return _warn(f"nhật ký của PostgreSQL có thể chép lời trong đơn; hãy đặt {advice}")
    return _good(f"PostgreSQL {version[0]}, lược đồ mới nhất")


def _originals() -> Finding:
    """Write, read back and remove a file of our own, then look at the newest originals."""
    import sqlalchemy as sa

    from service.intake.receipts import blob_store
    from service.store.database import engine, transaction
    from service.store.migrate import is_current
    from service.store.tables import Receipt

    store = blob_store()
    probe = os.urandom(32)
    sha256 = store.put(probe)
    try:
        store.get(sha256)
    finally:
        store.path(sha256).unlink(missing_ok=True)
    with engine().connect() as connection:
        if not is_current(connection):
            return _good("ghi và đọc lại được")
    with transaction() as session:
        newest = session.scalars(
            sa.select(Receipt.sha256).order_by(Receipt.id.desc()).limit(NEWEST_ORIGINALS)
        ).all()
    for one in newest:
        store.get(one)
    return _good(f"ghi và đọc lại được; {len(newest)} bản gốc mới nhất còn nguyên vẹn")


def _scanner() -> Finding:
    from service.settings import settings

    folder: Path | None = settings().scan_folder
    if folder is None:
        return _good("không dùng")
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return _bad(f"không đọc ghi được {folder}")
    return _good(str(folder))


def _mailbox() -> Finding:
    from service.intake.imap import open_inbox, parse_address
    from service.settings import settings

    config = settings()
    if config.mailbox_url is None:
        return _good("không dùng")
    address = parse_address(config.mailbox_url, config.mailbox_password_file)
    with open_inbox(address) as inbox:
        return _good(f"{address.host}, {len(inbox.uids())} thư đang chờ")


CHECKS: dict[str, Callable[[], Finding]] = {
    "Người chạy": _who,
    "Thư mục dữ liệu": _home,
    "Dung lượng đĩa": _space,
    "Nhận dạng chữ": _tesseract,
    "Mô hình": _model,
    "Cơ quan": _office,
    "Cơ sở dữ liệu": _database,
    "Kho bản gốc": _originals,
    "Thư mục máy quét": _scanner,
    "Hộp thư": _mailbox,
}
