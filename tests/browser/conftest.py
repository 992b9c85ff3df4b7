"""A real browser and the real service: web and worker as `donthu serve` starts them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.conftest import PASSWORD
from tests.service.live import answers, free_port, running, wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SERVE = """
import runpy, sys
sys.argv = ["donthu", "serve", "--port", sys.argv[1]]
runpy.run_module("service.cli", run_name="__main__")
"""
# Without a sandbox because tests may run as root; nothing but our own pages is opened.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=vi",
]


# Not for the whole session: while it is open, its event loop runs in the thread of the tests.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found, "Chromium is not installed; ./run test installs it"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def address(db: str, users: object) -> Iterator[str]:
    """Where the service answers, with a worker behind it."""
    port = free_port()
    with running(SERVE, str(port)) as process:
        wait_until(lambda: answers(f"http://127.0.0.1:{port}"))
        yield f"http://127.0.0.1:{port}"
        # In good order, so that its worker is gone before the database is.
        process.terminate()
        process.wait()


@dataclass
class Desk:
    """Somebody at a desk: a page that is signed in, and what went wrong or went out on it."""

    page: Page
    pictures: Path
    errors: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def picture(self, name: str) -> None:
        """Keep what the page looks like now."""
        self.page.screenshot(path=self.pictures / f"{name}.png")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where screenshots go: `DONTHU_SCREENSHOTS`, or a folder of the test."""
    folder = Path(os.environ.get("DONTHU_SCREENSHOTS", tmp_path / "pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def sit_down(browser: Browser, address: str, pictures: Path) -> Iterator[Callable[..., Desk]]:
    """`sit_down("clerk")` signs somebody in, with a browser window of their own."""
    desks: list[Desk] = []

    def make(login: str, *, scripts: bool = True, width: int = 1440, height: int = 900) -> Desk:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        desk = Desk(context.new_page(), pictures)
        desks.append(desk)
        watch(desk)
        desk.page.goto(address)
        desk.page.fill("[name=login]", login)
        desk.page.fill("[name=password]", PASSWORD)
        desk.page.click("button.primary")
        desk.page.wait_for_selector("nav")
        return desk

    yield make
    for desk in desks:
        desk.page.context.close()
    assert [error for desk in desks for error in desk.errors] == []
    assert {host for desk in desks for host in desk.hosts} <= {"127.0.0.1"}


def watch(desk: Desk) -> None:
    """Write down errors of scripts, refused loads, and the hosts of all requests."""
    page = desk.page
    page.on("console", lambda line: desk.errors.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: desk.errors.append(str(error)))
    page.on("request", lambda request: desk.hosts.add(urlsplit(request.url).hostname or ""))
