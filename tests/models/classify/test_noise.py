"""Damaged copies: repeatable, about as damaged as asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from models.classify.noise import ocr_noise, rng_for, without_accents
from models.corpus import load_letters


def test_the_same_name_gives_the_same_damage() -> None:
    text = load_letters()[0].text
    assert ocr_noise(text, 0.05, rng_for("a", "1")) == ocr_noise(text, 0.05, rng_for("a", "1"))
    assert ocr_noise(text, 0.05, rng_for("a", "1")) != ocr_noise(text, 0.05, rng_for("a", "2"))


@pytest.mark.parametrize("rate", [0.02, 0.05, 0.10])
def test_the_error_rate_is_about_the_one_asked_for(rate: float) -> None:
    text = " ".join(letter.text for letter in load_letters()[:10])
    errors = Levenshtein.distance(text, ocr_noise(text, rate, rng_for("rate"))) / len(text)
    assert 0.5 * rate < errors < 1.3 * rate


def test_accents_go_and_letters_stay() -> None:
    assert without_accents("Đơn khiếu nại, ƯỚC MƠ") == "Don khieu nai, UOC MO"


@given(st.text(alphabet="aáàảãạăâbcdđeêioôơuưy ĐƠN", max_size=80))
def test_stripping_keeps_the_length(text: str) -> None:
    assert len(without_accents(text)) == len(text)
