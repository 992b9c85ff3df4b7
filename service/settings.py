"""Settings, read once from the environment (`DONTHU_…`); a wrong one stops the program with one sentence."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

TIME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class SettingsError(Exception):
    """The settings are wrong; the message names the variable and what it expects."""


def default_home() -> Path:
    """Where data live unless `DONTHU_HOME` says otherwise.

    Root gets a system folder: the embedded database server drops to a user of its own, which
    must be able to pass through every folder above its data, and root's home is no such place.
    """
    if os.geteuid() == 0:
        return Path("/var/lib/donthu")
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "donthu"


class Settings(BaseSettings):
    """All settings. Each field is described in docs/settings.md, which a test compares with this class."""

    model_config = SettingsConfigDict(env_prefix="DONTHU_", frozen=True, extra="ignore")

    home: Path = Field(default_factory=default_home)
    database_url: str | None = None
    office_file: Path | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8420, ge=1, le=65535)
    worker_concurrency: int = Field(default=2, ge=1, le=64)
    heartbeat_seconds: float = Field(default=10.0, ge=0.5, le=300)
    stalled_seconds: float = Field(default=30.0, ge=1, le=3600)
    session_hours: int = Field(default=10, ge=1, le=24 * 14)
    secure_cookies: bool = False
    max_upload_mb: int = Field(default=100, ge=1, le=2000)
    scan_folder: Path | None = None
    scan_poll_seconds: float = Field(default=2.0, ge=0.05, le=3600)
    mailbox_url: str | None = None
    mailbox_password_file: Path | None = None
    mailbox_poll_seconds: float = Field(default=60.0, ge=0.05, le=86400)

    @field_validator("database_url")
    @classmethod
    def _postgres_only(cls, value: str | None) -> str | None:
        if value is None or value.strip() == "":
            return None
        if not value.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
            raise ValueError("must be a postgresql:// address")
        return value

    @property
    def blobs(self) -> Path:
        """Folder of the originals."""
        return self.home / "blobs"

    @property
    def cache(self) -> Path:
        """Folder of what can be made again (page images)."""
        return self.home / "cache"


@cache
def settings() -> Settings:
    """The settings of this process.

    Raises SettingsError with one clear sentence where a variable is wrong.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "DONTHU_" + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(f"Thiết lập {name} không hợp lệ: {first['msg']}") from error
