from hypothesis import given
from hypothesis import strategies as st

from service.web.compare import share_of, shared_passages

LEFT = "Tôi đề nghị hủy Quyết định số 12. Nhà tôi ở ngõ 5. Xin cảm ơn quý cơ quan."
RIGHT = "Toi de nghi huy quyet dinh so 12! Nay tôi có thêm giấy tờ mới. Xin cảm ơn quý cơ quan."


def shared(cut: list) -> list[str]:
    return [segment.text for segment in cut if segment.lines]


def test_shared_passages_are_marked_whatever_their_tones() -> None:
    left, right = shared_passages(LEFT, RIGHT)
    assert shared(left) == ["Tôi đề nghị hủy Quyết định số 12", "Xin cảm ơn quý cơ quan"]
    assert shared(right) == ["Toi de nghi huy quyet dinh so 12", "Xin cảm ơn quý cơ quan"]


def test_single_words_in_common_are_no_passage() -> None:
    left, _ = shared_passages("đất của ông Nam", "nhà của bà Nam")
    assert share_of(left) == 0.0


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_is_lost(left: str, right: str) -> None:
    ours, theirs = shared_passages(left, right)
    assert "".join(s.text for s in ours) == left
    assert "".join(s.text for s in theirs) == right
    assert 0.0 <= share_of(ours) <= 1.0
