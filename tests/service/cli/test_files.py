"""`read`, `classify` and `link`: files in, JSON lines out, never a traceback, never a database."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.cli import app
from service.cli.texts import parse_line
from tests.service.cli.conftest import Donthu, environment
from tests.service.letters import COMPLAINT, RECOMMENDATION

TEXT = COMPLAINT.format(name="Trần Văn Thử", tail="123", number=45)


def lines(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "đơn 1.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_read_gives_one_object_per_file_and_says_what_failed(donthu: Donthu, letter: Path) -> None:
    broken = letter.with_name("hỏng.pdf")
    broken.write_bytes(b"%PDF-1.7 cut")
    done = donthu("read", letter, broken, letter.with_name("không có.pdf"), letter.parent, "--json")
    good, bad, absent, folder = lines(done.stdout)
    assert done.returncode == 1
    assert good["file"] == str(letter)
    assert good["sha256"] == hashlib.sha256(letter.read_bytes()).hexdigest()
    (page,) = good["pages"]  # type: ignore[misc]
    assert (page["method"], page["number"], page["text"].strip()) == ("typed", 1, TEXT.strip())
    assert {"text", "box", "confidence"} == set(page["words"][0])
    assert good["problems"] == []
    for other in (bad, absent, folder):
        assert other["pages"] == []
        assert other["problems"][0]["code"]  # type: ignore[index]
    assert donthu("read", letter, "--json").returncode == 0


def test_read_for_people(donthu: Donthu, letter: Path) -> None:
    done = donthu("read", letter)
    assert "ĐƠN KHIẾU NẠI" in done.stdout
    assert done.returncode == 0


def test_classify_gives_the_whole_proposal(donthu: Donthu, letter: Path) -> None:
    done = donthu("classify", letter, "--json", "--received", "2026-03-09")
    (found,) = lines(done.stdout)
    assert done.returncode == 0
    assert found["id"] == str(letter)
    keys = {
        "type",
        "mixed",
        "field",
        "stage",
        "petitioners",
        "respondents",
        "addressees",
        "places",
        "decisions",
    }
    keys |= {"written_on", "conditions", "competence", "action", "deadline", "unit", "review", "model"}
    assert keys <= set(found)
    assert found["type"]["label"] == "complaint"  # type: ignore[index]
    for piece in found["type"]["evidence"]:  # type: ignore[index]
        assert TEXT[piece["start"] : piece["end"]] == piece["text"]


def test_classify_answers_every_line_in_order(donthu: Donthu) -> None:
    given = [
        json.dumps({"id": 7, "text": TEXT, "received": "2026-03-09"}, ensure_ascii=False),
        "{hỏng",
        json.dumps({"id": "a", "text": TEXT, "office": "ward:Kim Liên", "received": "2026-03-09"}),
        json.dumps({"id": "b"}),
        json.dumps({"id": "c", "text": "x", "received": "09/03/2026"}),
        json.dumps({"id": "d", "text": "x", "office": "moon:Cuội"}),
        json.dumps({"id": "e", "text": "\ud800 \x00"}),
        json.dumps({"id": "f", "text": ""}),
        "[1]",
        json.dumps({"id": {"x": 1}, "text": "x"}),
    ]
    done = donthu("classify", "-", "--json", stdin="\n".join([*given, ""]))
    found = lines(done.stdout)
    assert [one["id"] for one in found] == [7, None, "a", "b", "c", "d", "e", "f", None, None]
    assert ["problems" in one for one in found] == [
        False,
        True,
        False,
        True,
        True,
        True,
        False,
        False,
        True,
        True,
    ]
    assert done.returncode == 1
    home, other = found[0]["competence"], found[2]["competence"]
    assert home["within_office"] is True  # type: ignore[index]
    assert other["within_office"] is False  # type: ignore[index]
    assert found[7]["review"]["needed"] is True  # type: ignore[index]


def test_classify_streams(home: Path) -> None:
    """The answer to a line comes before the next line is given."""
    process = subprocess.Popen(
        [sys.executable, "-m", "service.cli", "classify", "-", "--json"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(),
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    for number in range(2):
        process.stdin.write(json.dumps({"id": number, "text": TEXT}).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == number
    process.stdin.close()
    assert process.wait(60) == 0
    process.stdout.close()


def test_classify_with_an_office_file(donthu: Donthu, letter: Path, tmp_path: Path) -> None:
    office = tmp_path / "office.yaml"
    office.write_text(
        "name: UBND phường Kim Liên\nlevel: ward\nplace_name: phường Kim Liên\nprovince: thành phố Hà Nội\n"
        "units:\n  - {code: MOT, name: Bộ phận Một cửa, default: true}\n",
        encoding="utf-8",
    )
    (found,) = lines(donthu("classify", letter, "--json", "--office", office).stdout)
    assert found["unit"]["code"] == "MOT"  # type: ignore[index]
    done = donthu("classify", letter, "--office", tmp_path / "none.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "none.yaml" in done.stderr


def test_classify_for_people(donthu: Donthu, letter: Path) -> None:
    done = donthu("classify", letter)
    assert "Khiếu nại" in done.stdout
    assert "Trần Văn Thử" in done.stdout


def test_output_cut_off_by_its_reader_is_no_error(home: Path, letter: Path) -> None:
    command = f'{sys.executable} -m service.cli read --json "{letter}" "{letter}" "{letter}" | true; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", command], env=environment(), capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert b"Broken" not in done.stderr


def test_link_finds_the_same_letter_again(donthu: Donthu, tmp_path: Path) -> None:
    other = RECOMMENDATION.format(name="Lê Thị Mẫu", tail="777", number=3)
    rows = [
        {"id": 1, "date": "2026-03-05", "text": TEXT},
        {"id": 2, "date": "2026-03-06", "text": other},
        {"id": 3, "date": "2026-04-05", "text": TEXT},
        {"id": 3, "date": "2026-04-05", "text": TEXT},
        {"id": None, "date": "2026-04-05", "text": TEXT},
    ]
    path = tmp_path / "thư.jsonl"
    path.write_text("\n".join([*map(json.dumps, rows), "hỏng"]), encoding="utf-8")
    done = donthu("link", path, "--json")
    first, second, third, double, nameless, broken = lines(done.stdout)
    assert first == {"id": 1, "links": []}
    assert second == {"id": 2, "links": []}
    (link,) = third["links"]  # type: ignore[misc]
    assert (link["to"], link["level"]) == (1, "same_text")
    assert set(link["evidence"][0]) == {"feature", "value", "weight"}
    assert all("problems" in one for one in (double, nameless, broken))
    assert done.returncode == 1


def test_no_command_starts_a_database(donthu: Donthu, home: Path, letter: Path) -> None:
    donthu("read", letter)
    donthu("classify", letter)
    assert list(home.iterdir()) == []


def test_help_names_every_command_of_the_design() -> None:
    shown = CliRunner().invoke(app, ["--help"]).output
    commands = "read classify link train evaluate serve worker archive reclassify user doctor backup restore"
    assert all(f" {word} " in shown for word in commands.split())


def test_wrong_setting_is_one_sentence(donthu: Donthu, monkeypatch: pytest.MonkeyPatch, letter: Path) -> None:
    monkeypatch.setenv("DONTHU_PORT", "none")
    done = donthu("classify", letter)
    assert done.returncode == 2
    assert "DONTHU_PORT" in done.stderr


@pytest.mark.parametrize("line", [b"\xff\xfe", b"[" * 100_000, b'{"id": 1, "text": 5}', b"null", b'"x"'])
def test_no_line_raises(line: bytes) -> None:
    assert parse_line(line).problems
