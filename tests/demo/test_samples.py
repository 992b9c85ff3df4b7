"""The folder that a new user drops into the page."""

from pathlib import Path

import pytest

import ingest
from service.demo.letters import Letter, load_letters
from service.demo.samples import FOLDER
from tests.project.test_repository import ROOT

SAMPLES = load_letters(FOLDER / "letters.yaml")


def test_the_folder_holds_what_its_readme_says() -> None:
    files = {path.name for path in FOLDER.iterdir()} - {"README.md", "letters.yaml"}
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert files == {letter.file for letter in SAMPLES}
    assert all(f"`{name}`" in readme for name in files)
    assert Path(FOLDER) == ROOT / "samples"


def test_the_folder_stays_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 2_500_000


@pytest.mark.slow
@pytest.mark.parametrize("letter", SAMPLES, ids=lambda letter: letter.id)
def test_each_can_be_read_as_expected(letter: Letter) -> None:
    document = ingest.read(FOLDER / letter.file)
    assert document.readable is (letter.expect is not None)
    if letter.text:
        surname = letter.text.split("\n")[-2].split()[0]
        assert surname in document.text
