from datetime import date

import pytest

from nlp import read_text
from tests.nlp.letters import FORMAL


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("Quyết định số 709/QĐ-UBND", "709/QĐ-UBND", "decision"),
        ("Quyết định số 15/QĐ-CTUBND", "15/QĐ-CTUBND", "decision"),
        ("Thông báo số 226/TB-UBND", "226/TB-UBND", "notice"),
        ("Kết luận thanh tra số 12/KL-TTr", "12/KL-TTr", "conclusion"),
        ("Công văn 1246/UBND-BTCD", "1246/UBND-BTCD", "official_letter"),
        ("bản án số 61/2026/DS-PT", "61/2026/DS-PT", "judgment"),
        ("bản án 12/2024/HC-ST", "12/2024/HC-ST", "judgment"),
        ("Luật số 02/2011/QH13", "02/2011/QH13", "law"),
        ("Nghị định 155/2026/NĐ-CP", "155/2026/NĐ-CP", "law"),
        ("Thông tư 05/2021/TT-TTCP", "05/2021/TT-TTCP", "law"),
        ("Quyết định 19/2025/QĐ-TTg", "19/2025/QĐ-TTg", "law"),
        ("Kết luận 215-KL/TW", "215-KL/TW", "party"),
        ("Quyết định 655 / QĐ - UBND", "655/QĐ-UBND", "decision"),  # blanks of the OCR
        ("quyet dinh so 655/qd-ubnd", "655/qd-ubnd", "decision"),  # small letters, no diacritics
    ],
)
def test_numbers_and_kinds(text, number, kind):
    (mention,) = read_text(f"Tôi không đồng ý với {text} nêu trên.")._.decisions
    assert (mention.number, mention.kind, mention.complete) == (number, kind, True)


@pytest.mark.parametrize(
    ("text", "day", "issuer"),
    [
        (
            "Quyết định số 88/QĐ-UBND ngày 05/01/2026 của UBND phường Kim Liên về bồi thường",
            date(2026, 1, 5),
            "UBND phường Kim Liên",
        ),
        ("Quyết định 88/QĐ-UBND (ký ngày 5 tháng 1 năm 2026)", date(2026, 1, 5), "UBND"),
        ("Quyết định số 88/QĐ-UBND của Chủ tịch UBND quận Đống Đa", None, "Chủ tịch UBND quận Đống Đa"),
        ("Quyết định 2077/QĐ-XPHC", None, None),  # XPHC is no body
    ],
)
def test_date_and_issuer(text, day, issuer):
    (mention,) = read_text(f"Tôi khiếu nại {text}.")._.decisions
    assert (mention.date, mention.issuer) == (day, issuer)


def test_a_number_without_a_symbol():
    (mention,) = read_text("Tôi không chấp nhận QĐ 1234 của UBND quận Đống Đa.")._.decisions
    assert (mention.number, mention.issuer, mention.complete) == ("1234", "UBND quận Đống Đa", False)


def test_a_decision_cited_again_by_its_number_counts_once():
    assert [mention.number for mention in read_text(FORMAL)._.decisions] == ["88/QĐ-UBND"]


@pytest.mark.parametrize(
    "text",
    [
        "nhà số 165/12 Thái Hà",  # an address
        "giá 25.000.000 đồng/m2",
        "trực 24/24h",
        "kết luận 100% là giả",
        "báo cáo 30 người",
    ],
)
def test_what_is_no_document(text):
    assert read_text(f"Tôi thấy {text} như vậy.")._.decisions == []


def test_the_number_of_the_letter_itself_is_not_cited():
    text = (
        "CÔNG TY TNHH AN PHÁT\nSố: 09/CV-AP\n\nKính gửi: UBND phường Láng\nCông ty chúng tôi đề nghị xem xét."
    )
    assert read_text(text)._.decisions == []
