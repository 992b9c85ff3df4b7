"""What may never be committed: real numbers, registries' addresses, pickles."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = {".py", ".yaml", ".yml", ".md", ".json", ".toml", ".txt", ".html", ".js", ".css", ".eml", ".lock", ""}
# Spelled in pieces so that this file does not name them either.
REGISTRIES = ("pypi" + ".org", "files." + "pythonhosted", "registry." + "npmjs", "deb." + "debian.org")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def texts() -> list[tuple[Path, str]]:
    return [
        (path, path.read_text(encoding="utf-8", errors="replace"))
        for path in tracked()
        if path.suffix in TEXT and path.stat().st_size < 5_000_000
    ]


def test_no_registry_is_named() -> None:
    assert [path for path, text in texts() if any(host in text for host in REGISTRIES)] == []


def test_no_pickles_and_no_registry_locks() -> None:
    bad = {".pkl", ".pickle", ".joblib"}
    assert [path for path in tracked() if path.suffix in bad or path.name == "uv.lock"] == []


def test_invented_letters_use_invented_numbers() -> None:
    """12-digit IDs begin with 000 and mobile numbers with 0900 000 (models/corpus/README.md)."""
    folders = ("models/corpus", "service/demo/letters", "samples")
    found = []
    for path, text in texts():
        if not str(path.relative_to(ROOT)).startswith(folders) or path.suffix not in {
            ".yaml",
            ".txt",
            ".eml",
        }:
            continue
        found += [
            (path.name, number)
            for number in re.findall(r"(?<!\d)\d{12}(?!\d)", text)
            if not number.startswith("000")
        ]
        phones = re.findall(r"(?<!\d)0[35789]\d{2}[ .]?\d{3}[ .]?\d{3}(?!\d)", text)
        found += [
            (path.name, phone) for phone in phones if not re.sub(r"\D", "", phone).startswith("0900000")
        ]
    assert found == []
