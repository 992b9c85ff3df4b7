"""What the classifiers read: content zones, syllables, numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.classify.content import REQUEST, Content, Zone, content_of, tokens, whole
from nlp import read_text

LETTER = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

ĐƠN KHIẾU NẠI
Kính gửi: Chủ tịch UBND phường Đống Đa

Tôi là Lò Thị Mận, trú tại số 4 ngõ 12 phố Đặng Tiến Đông.
Ngày 05/9/2025 tổ trật tự lập biên bản và thu hai nồi bún của tôi mà không có giấy tờ gì.
Tôi đề nghị Chủ tịch hủy biên bản và trả lại đồ cho tôi.

Tôi xin chân thành cảm ơn!
Người làm đơn
Lò Thị Mận
"""


def _text(content: Content) -> str:
    return " ".join(content.text[zone.start : zone.end] for zone in content.zones)


def test_formulas_are_left_out_and_the_story_stays() -> None:
    read = _text(content_of(read_text(LETTER)))
    assert "thu hai nồi bún" in read
    assert "hủy biên bản" in read
    assert "HẠNH PHÚC" not in read.upper()
    assert "Kính gửi" not in read


def test_the_request_is_a_zone_of_its_own() -> None:
    content = content_of(read_text(LETTER))
    asked = [content.text[zone.start : zone.end] for zone in content.zones if zone.kind == REQUEST]
    assert any("hủy biên bản" in text for text in asked)


def test_numbers_read_alike() -> None:
    assert [token.text for token in tokens(whole("Nhà số 47 ngõ 12A"))] == ["nhà", "số", "<n>", "ngõ", "<n>"]


@given(st.text(max_size=200))
def test_tokens_lie_inside_their_zones_and_are_words_of_the_text(text: str) -> None:
    content = Content(text, (Zone(0, len(text) // 2, "body"),))
    for token in tokens(content):
        assert 0 <= token.start < token.end <= len(text) // 2
        assert token.text in {"<n>", text[token.start : token.end].lower()}
