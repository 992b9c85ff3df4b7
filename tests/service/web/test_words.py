from datetime import UTC, date, datetime, timedelta

import pytest

from service.store.tables import Petition, PetitionState
from service.web import words

MONDAY = date(2026, 10, 12)


def petition(due: date | None, state: str = PetitionState.QUEUED) -> Petition:
    return Petition(due=due, state=state, text="nội dung", summary="")


@pytest.mark.parametrize(
    ("due", "text", "tone"),
    [
        (None, "Không tính hạn", "quiet"),
        (MONDAY, "Đến hạn hôm nay", "bad"),
        (MONDAY + timedelta(days=2), "Còn 2 ngày làm việc", "warn"),
        # Over a weekend only working days count.
        (MONDAY + timedelta(days=14), "Còn 10 ngày làm việc", "good"),
        (MONDAY - timedelta(days=3), "Quá hạn 1 ngày làm việc", "bad"),
    ],
)
def test_deadline_in_working_days(due: date | None, text: str, tone: str) -> None:
    assert words.deadline(petition(due), MONDAY) == words.Chip(text, tone)


def test_what_is_done_is_no_longer_late() -> None:
    assert words.deadline(petition(MONDAY - timedelta(days=30), PetitionState.DONE), MONDAY).tone == "good"


@pytest.mark.parametrize(
    ("value", "text"), [(1.0, "trên 99%"), (0.996, "trên 99%"), (0.87, "87%"), (0.0, "0%")]
)
def test_a_machine_is_never_a_hundred_per_cent_sure(value: float, text: str) -> None:
    assert words.percent(value) == text


def test_sureness_falls_with_the_probability() -> None:
    tones = [words.sureness(p).tone for p in (0.97, 0.85, 0.7, 0.3)]
    assert tones == ["good", "good", "warn", "bad"]


def test_moments_are_told_in_hanoi() -> None:
    assert words.moment(datetime(2026, 11, 22, 20, 30, tzinfo=UTC)) == "03:30 ngày 23/11/2026"


def test_short_cuts_at_a_word() -> None:
    assert words.short("một hai  ba bốn", 10) == "một hai…"
    assert words.short("một hai", 10) == "một hai"
    assert words.short("a" * 30, 10) == "a" * 10 + "…"


def test_heading_begins_with_a_capital() -> None:
    assert words.heading(petition(None)) == "Nội dung"


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert words.labelled("chua-co", "type") == "chua-co"
    assert words.labelled(None, "stage") == "Không rõ"
