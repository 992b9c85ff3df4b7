from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import read_text
from tests.nlp.letters import DENUNCIATION, FORMAL, GROUP, NO_TONES


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ngày 12/3/2024", date(2024, 3, 12)),
        ("ngày 12 tháng 3 năm 2024", date(2024, 3, 12)),
        ("12-3-2024", date(2024, 3, 12)),
        ("12.03.2024", date(2024, 3, 12)),
        ("ngay 12 thang 3 nam 2024", date(2024, 3, 12)),  # no diacritics
        ("ngày l2 tháng O3 năm 2024", date(2024, 3, 12)),  # OCR: l for 1, O for 0
        ("ngày 12 thảrg 3 nâ 2024", date(2024, 3, 12)),  # OCR: letters wrong and lost
        ("06/7/2926", date(2026, 7, 6)),  # OCR: 9 for 0
        ("27i9/2026", date(2026, 9, 27)),  # OCR: i for the stroke
        ("31⁄7⁄2026", date(2026, 7, 31)),  # OCR: the stroke of a fraction
        ("mồng 2 tháng 2 năm 2026", date(2026, 2, 2)),
        ("27 tháng 11, 2025", date(2025, 11, 27)),
        ("ngày 5/4/26", date(2026, 4, 5)),  # two digits of the year
        ("ngày 31/02/2026", None),  # no such day
        ("ngày … tháng … năm 2026", None),  # left blank
    ],
)
def test_reads(text, value):
    (mention,) = read_text(f"Sự việc xảy ra {text} tại nhà tôi.")._.dates
    assert mention.value == value


@pytest.mark.parametrize("text", ["số 122/31/5 đường Láng", "điện thoại 0900.000.321", "thương binh 3/4"])
def test_numbers_that_are_no_dates(text):
    assert read_text(text)._.dates == []


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1950, 1, 1), date(2040, 12, 31)))
def test_every_day_is_read_in_both_forms(day):
    for written in (f"{day.day}/{day.month}/{day.year}", f"ngày {day:%d} tháng {day:%m} năm {day.year}"):
        assert [m.value for m in read_text(f"Hôm đó là {written}.")._.dates] == [day]


@pytest.mark.parametrize(
    ("letter", "day"),
    [
        (FORMAL, date(2026, 1, 20)),  # not the decision's nor the card's day
        (NO_TONES, date(2025, 10, 25)),
        (GROUP, date(2026, 6, 3)),
        (DENUNCIATION, date(2026, 3, 2)),
        (
            "Hà Nội, ngày 5 tháng 1 năm 2026\n\nĐƠN KIẾN NGHỊ\nKính gửi: UBND phường Láng\nTôi là Lê Văn An.",
            date(2026, 1, 5),
        ),
        (
            "Tôi là Lê Văn An.\nNgày 3/3/2026 có người đổ rác trước nhà tôi.\nMong xử lý.",
            None,
        ),  # only an event
        (
            "Tôi là Lê Văn An.\nMong xử lý việc đổ rác trước nhà.\nHà Nội, ngày 31 tháng 2 năm 2026\nLê Văn An",
            None,
        ),
    ],
)
def test_date_of_the_letter(letter, day):
    assert read_text(letter)._.written_on == day


def test_roles():
    roles = {mention.text: mention.role for mention in read_text(FORMAL)._.dates}
    assert roles["10/5/2021"] == "issued"
    assert roles["05/01/2026"] == "decision"
    assert roles["ngày 20 tháng 01 năm 2026"] == "written"


def test_the_stamp_tells_the_day_of_receipt():
    doc = read_text("CÔNG VĂN ĐẾN\nSố: 412\nNgày: 14/3/2026\n" + FORMAL)
    assert [m.role for m in doc._.dates if m.value == date(2026, 3, 14)] == ["received"]
    assert doc._.written_on == date(2026, 1, 20)
