"""The corpus: every letter in the repository is well formed and plainly invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.corpus import CorpusError, digest, load_families, load_letters
from models.corpus import letters as module
from models.corpus.letters import not_invented

ROW = """
- id: x-001
  scenario: thu
  received: 2026-08-03
  register: plain
  type: {type}
  mixed: []
  field: land
  stage: first
  kind: commune_chair
  action: accept
  office: default
  petitioners: []
  decisions: []
  title_misleads: false
  text: "{text}"
"""


def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *rows: str) -> None:
    (tmp_path / "train").mkdir()
    (tmp_path / "train" / "x-01.yaml").write_text("".join(rows), encoding="utf-8")
    monkeypatch.setattr(module, "FOLDER", tmp_path)


@pytest.mark.parametrize("part", ["train", "gold"])
def test_every_letter_of_the_repository_loads(part: module.Part) -> None:
    letters = load_letters(part)
    assert len(letters) >= 80
    assert {str(letter.type) for letter in letters} == {
        "complaint",
        "denunciation",
        "recommendation",
        "other",
    }


def test_gold_and_training_letters_have_no_author_nor_id_in_common() -> None:
    train, gold = load_letters("train"), load_letters("gold")
    assert not {letter.author for letter in train} & {letter.author for letter in gold}
    assert not {letter.text for letter in train} & {letter.text for letter in gold}


@pytest.mark.parametrize("part", ["train", "gold"])
def test_each_family_has_a_true_repeat_or_a_look_alike(part: module.Part) -> None:
    for family in load_families(part):
        assert len(family.letters) >= 3, family.id


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CCCD 000161004417, điện thoại 0900 000 217", []),
        ("CCCD 001161004417", ["id"]),
        ("gọi số 0912 345 678", ["phone"]),
        ("gọi 0900000123 nhé", []),
        ("thư về an@thu.example", []),
        ("thư về an@thu.vn", ["mail"]),
    ],
)
def test_real_looking_numbers_are_found(text: str, found: list[str]) -> None:
    assert not_invented(text) == found


def test_an_unknown_code_names_the_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _folder(tmp_path, monkeypatch, ROW.format(type="petition", text="Đơn"))
    with pytest.raises(CorpusError, match="x-001"):
        load_letters("train")


def test_an_id_used_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = ROW.format(type="complaint", text="Đơn")
    _folder(tmp_path, monkeypatch, row, row)
    with pytest.raises(CorpusError, match="twice"):
        load_letters("train")


def test_a_real_looking_number_is_refused_without_repeating_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _folder(tmp_path, monkeypatch, ROW.format(type="complaint", text="gọi 0912345678"))
    with pytest.raises(CorpusError, match="phone") as caught:
        load_letters("train")
    assert "0912345678" not in str(caught.value)


def test_the_digest_changes_with_a_label_and_not_with_the_order() -> None:
    letters = load_letters("train")[:3]
    changed = [replace(letters[0], text=letters[0].text + " "), *letters[1:]]
    assert digest(letters) == digest(letters[::-1])
    assert digest(letters) != digest(changed)
