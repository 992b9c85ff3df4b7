"""Proposals: any text gets one, evidence lies where it says, formulas do not matter."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import propose, propose_many
from models.corpus import load_letters
from models.office import load_office, office_from_spec
from models.proposal import Action, Field, PetitionType, Proposal
from nlp import read_text

OFFICE = load_office()
DAY = date(2026, 8, 3)
SECTIONS = {
    "type", "mixed", "field", "stage", "petitioners", "respondents", "addressees", "places", "decisions",
    "written_on", "conditions", "competence", "action", "deadline", "unit", "review", "model",
}  # fmt: skip
COMPLAINT = """ĐƠN KÊU CỨU
Kính gửi: Chủ tịch UBND phường Đống Đa
Tôi là Lò Thị Mận, trú tại số 4 ngõ 12 phố Đặng Tiến Đông, phường Đống Đa, điện thoại 0900 000 217.
Ngày 11/9/2025 tôi nhận được Quyết định số 0417/QĐ-XPHC của Chủ tịch UBND phường phạt tôi 2.500.000 đồng.
Tôi không đồng ý với quyết định này vì tôi ngồi trong hiên nhà. Tôi đề nghị hủy quyết định xử phạt.
Hà Nội, ngày 15 tháng 9 năm 2025
Lò Thị Mận
"""


def _propose(text: str) -> Proposal:
    return propose(read_text(text), OFFICE, DAY)


def test_the_json_has_the_sections_of_the_fixed_interface() -> None:
    told = _propose(COMPLAINT).to_json()
    assert told.keys() >= SECTIONS
    assert json.loads(json.dumps(told, ensure_ascii=False)) == told
    assert told["type"]["label"] == "complaint"
    assert {one["label"] for one in told["type"]["alternatives"]} == {
        "denunciation",
        "recommendation",
        "other",
    }


def test_probabilities_of_the_type_add_up() -> None:
    kind = _propose(COMPLAINT).type
    assert kind.probability + sum(chance for _, chance in kind.alternatives) == pytest.approx(1)


def test_evidence_lies_in_the_original_text_and_not_in_formulas() -> None:
    # Decomposed accents: offsets of the input differ from those of the normalised text.
    import unicodedata

    text = unicodedata.normalize("NFD", COMPLAINT)
    proposal = propose(read_text(text), OFFICE, DAY)
    assert proposal.type.evidence
    for one in (*proposal.type.evidence, *proposal.field.evidence):
        assert text[one.start : one.end] == one.text
        assert "Kính gửi" not in unicodedata.normalize("NFC", one.text)


def test_the_summary_does_not_name_the_writer() -> None:
    for letter in load_letters()[:60]:
        proposal = propose(read_text(letter.text), OFFICE, letter.received)
        assert len(proposal.summary) <= 240
        for person in proposal.petitioners:
            assert person.name not in proposal.summary, letter.id


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Không đọc được chữ nào"),
        ("Đơn", "quá ngắn"),
        (
            "Dear Sir, I wish to appeal against the decision of your office about my land near the river",
            "tiếng Việt",
        ),
        ("\x00\x01\xff\ufffd" * 300, ""),
    ],
)
def test_a_text_that_says_nothing_is_left_to_a_person(text: str, reason: str) -> None:
    proposal = _propose(text)
    assert proposal.type.label == PetitionType.OTHER
    assert proposal.needs_review
    assert any(reason in one for one in proposal.review_reasons)


def test_assumptions_of_the_law_are_notes_and_ask_nobody() -> None:
    letters = load_letters()[:80]
    told = [one.to_json()["review"] for one in propose_many((x.text, OFFICE, x.received) for x in letters)]
    assert any(one["notes"] and not one["needed"] for one in told)
    assert any("tạm hiểu" in note for one in told for note in one["notes"])
    for one in told:
        assert not set(one["notes"]) & set(one["reasons"])
        assert one["needed"] is bool(one["reasons"])


def test_two_hundred_pages_are_bearable() -> None:
    proposal = _propose("\n\f\n".join([COMPLAINT] * 200))
    assert any("rất dài" in reason for reason in proposal.review_reasons)


def test_a_bad_scan_is_told() -> None:
    proposal = propose(read_text(COMPLAINT), OFFICE, DAY, ocr_confidence=0.6)
    assert any("60 %" in reason for reason in proposal.review_reasons)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_no_text_makes_it_fail(text: str) -> None:
    proposal = _propose(text)
    assert proposal.type.label in set(PetitionType)
    assert proposal.field.label in set(Field)
    assert proposal.action.code in set(Action)
    json.dumps(proposal.to_json())


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 389), st.floats(0, 1), st.floats(0, 1))
def test_no_piece_of_a_letter_makes_it_fail(number: int, start: float, end: float) -> None:
    letters = load_letters()
    text = letters[number % len(letters)].text
    _propose(text[int(start * len(text)) : int(end * len(text))]).to_json()


def test_a_batch_says_the_same_as_one_by_one() -> None:
    letters = load_letters()[:20]
    ward = office_from_spec("ward:Kim Liên")
    batch = list(propose_many(((one.text, ward, one.received) for one in letters), batch_size=7))
    single = [propose(read_text(one.text), ward, one.received) for one in letters]
    assert [one.to_json() for one in batch] == [one.to_json() for one in single]


def test_a_polite_closing_changes_no_label() -> None:
    letters = [letter for letter in load_letters() if letter.id.endswith("5")]
    closing = "\nTôi cam đoan đúng sự thật và xin chịu trách nhiệm. Tôi xin chân thành cảm ơn!\n"
    plain = propose_many((one.text, OFFICE, one.received) for one in letters)
    polite = propose_many((one.text.rstrip() + closing, OFFICE, one.received) for one in letters)
    same = [a.type.label == b.type.label for a, b in zip(plain, polite, strict=True)]
    assert sum(same) / len(same) >= 0.95
