"""The public face, through the child process."""

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest import read, read_here, render_page
from tests.faults import files
from tests.ingest import paper
from tests.ingest.test_pdf import typed_page

SCAN = paper.file(paper.page("Kính gửi Ủy ban nhân dân phường Đống Đa", dpi=150).pixels, dpi=150)
TYPED = files.pdf_pages(3, typed_page())


@pytest.mark.parametrize(
    ("data", "name"), [(SCAN, "a.png"), (TYPED, "a.pdf"), (paper.LETTER.encode(), "a.txt")]
)
def test_child_reads_as_this_process_does(data: bytes, name: str) -> None:
    assert read(data, name) == read_here(data, name)


def test_path_gives_its_name(tmp_path: Path) -> None:
    path = tmp_path / "đơn thư.txt"
    path.write_text(paper.LETTER, "utf-8")
    assert read(path).source.name == "đơn thư.txt"
    assert read(path, "gốc.txt").source.name == "gốc.txt"
    with pytest.raises(OSError, match="No such file"):
        read(tmp_path / "missing.pdf")


def test_progress_counts_every_page() -> None:
    seen: list[tuple[int, int]] = []
    read(TYPED, "a.pdf", on_page=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_many_threads_and_an_event_loop() -> None:
    with ThreadPoolExecutor(4) as pool:
        texts = {document.text for document in pool.map(lambda _: read(TYPED, "a.pdf"), range(6))}
    assert texts == {read_here(TYPED, "a.pdf").text}

    async def in_loop() -> str:
        return (await asyncio.to_thread(read, TYPED, "a.pdf")).text

    assert asyncio.run(in_loop()) in texts


def test_drawing() -> None:
    png = render_page(SCAN, "a.png", 1, dpi=60)
    assert png is not None
    assert png.startswith(b"\x89PNG")
    assert render_page(SCAN, "a.png", 2) is None
    assert render_page(paper.LETTER.encode(), "a.txt", 1) is None
    assert render_page(b"garbage\x00", "a.pdf", 1) is None


def test_child_sees_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest.isolation import _environment

    monkeypatch.setenv("DONTHU_DATABASE_URL", "postgresql://user:secret@host/db")
    monkeypatch.setenv("TESSDATA_PREFIX", "/somewhere")
    environment = _environment("/tmp/x")
    assert "secret" not in repr(environment)
    assert environment["TESSDATA_PREFIX"] == "/somewhere"


def test_reader_does_not_outlive_a_killed_caller(tmp_path: Path) -> None:
    """The caller reads a file, is killed after its first page; its child must be gone soon."""
    (tmp_path / "a.pdf").write_bytes(files.pdf_pages(200, typed_page(extra=b"0 0 5 5 re f")))
    program = (
        "import os, signal, pathlib, ingest\n"
        "def stop(done, total):\n"
        "    task = pathlib.Path('/proc/self/task')\n"
        "    pids = [pid for t in task.iterdir() for pid in (t / 'children').read_text().split()]\n"
        "    print(*pids, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "ingest.read(pathlib.Path('a.pdf'), on_page=stop)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(  # noqa: PLW1510  # it is killed on purpose
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, timeout=60
    )
    (child,) = map(int, done.stdout.split())
    for _ in range(100):
        if _gone(child):
            break
        subprocess.run(["sleep", "0.05"], check=True)
    assert _gone(child)


def _gone(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    try:
        return state.read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True
