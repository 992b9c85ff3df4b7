"""What the demo sends in is what it says: good files are read, bad ones give their problem."""

from pathlib import Path

import pytest

import ingest
from service.demo.build import build, sheets
from service.demo.letters import Letter, letters
from service.demo.render import truth
from tests.ingest.paper import character_errors

BY_ID = {letter.id: letter for letter in letters()}


def read(letter: Letter, folder: Path) -> ingest.Document:
    path = folder / "file"
    path.write_bytes(build(letter))
    return ingest.read(path, letter.file)


@pytest.mark.parametrize(
    ("number", "problem"), [("s38", "empty_file"), ("s39", "corrupt"), ("s40", "encrypted")]
)
def test_bad_files_have_their_problem(number: str, problem: str, tmp_path: Path) -> None:
    document = read(BY_ID[number], tmp_path)
    assert [found.code for found in document.problems] == [problem]
    assert not document.readable


@pytest.mark.parametrize("number", ["s05", "s25", "s29", "s33"])
def test_typed_letters_come_back_to_the_letter(number: str, tmp_path: Path) -> None:
    letter = BY_ID[number]
    assert read(letter, tmp_path).text.split() == letter.text.split()


@pytest.mark.slow
@pytest.mark.parametrize("number", ["s01", "s09", "s17", "s22", "s27"])
def test_worn_scans_can_be_read(number: str, tmp_path: Path) -> None:
    letter = BY_ID[number]
    assert character_errors(read(letter, tmp_path).text, truth(sheets(letter))) < 0.04


def test_a_mixed_pdf_has_a_typed_and_a_scanned_page(tmp_path: Path) -> None:
    methods = [page.method for page in read(BY_ID["s20"], tmp_path).pages]
    assert methods == [ingest.Method.TEXT_LAYER, ingest.Method.OCR]


def test_the_mail_holds_its_two_attachments(tmp_path: Path) -> None:
    letter = BY_ID["s10"]
    parts = {page.part for page in read(letter, tmp_path).pages}
    assert parts == {None, *(part.file for part in letter.attachments)}
