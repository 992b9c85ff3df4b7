"""The forty letters: enough of each kind, all of them invented, all of them drawable."""

import re

import pytest

from models.proposal import PetitionType
from service.demo.build import FORMS, build
from service.demo.letters import Letter, letters
from service.demo.render import STYLES, WEAR
from service.demo.render.blocks import Role, blocks

LETTERS = letters()
PARTS = [part for letter in LETTERS for part in letter.attachments]
UNREADABLE = {"empty", "truncated-pdf", "locked-pdf"}


def test_there_are_forty_with_names_of_their_own() -> None:
    assert len(LETTERS) == 40
    assert len({letter.id for letter in LETTERS}) == len({letter.file for letter in LETTERS}) == 40


def test_they_arrive_in_order() -> None:
    days = [letter.days_ago for letter in LETTERS]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("letter", LETTERS + PARTS, ids=lambda letter: letter.id)
def test_each_can_be_made(letter: Letter) -> None:
    assert letter.form in FORMS or (letter.form == "copy" and letter.of)
    assert letter.style in STYLES
    assert letter.wear in WEAR


def test_all_kinds_of_files_and_types_are_there() -> None:
    assert {letter.form for letter in LETTERS} == set(FORMS) | {"copy"}
    assert {letter.expect for letter in LETTERS} == set(PetitionType) | {None}
    assert {letter.form for letter in LETTERS if letter.expect is None} == UNREADABLE


@pytest.mark.parametrize("letter", [x for x in LETTERS if x.text], ids=lambda letter: letter.id)
def test_nobody_real_is_named(letter: Letter) -> None:
    numbers = re.findall(r"(?<!\d)\d{12}(?!\d)", letter.text)
    assert all(number.startswith("000") for number in numbers)
    phones = re.findall(r"(?<!\d)0\d{3} ?\d{3} ?\d{3}(?!\d)", letter.text)
    assert all(phone.replace(" ", "").startswith("0900000") for phone in phones)
    assert all(mail.endswith((".example", ".invalid")) for mail in re.findall(r"\S+@[\w.]+", letter.sender))


def test_scanned_letters_end_with_a_signature() -> None:
    scanned = [x for x in LETTERS if x.form == "scanned-pdf"]
    unsigned = [x.id for x in scanned if blocks(x.text)[-1].role is not Role.SIGNATURE]
    assert unsigned == []


@pytest.mark.parametrize("form", sorted(set(FORMS)))
def test_the_same_letter_gives_the_same_bytes(form: str) -> None:
    letter = next(x for x in LETTERS if x.form == form)
    assert build(letter) == build(letter)
