"""Several contents: two clear matters are told, asides are not, and parts are whole sentences."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import propose
from models.classify.content import whole
from models.classify.passages import MIXTURE_FEATURES, is_clear, mixture, passages
from models.live import live
from models.office import load_office
from models.proposal import Action, PetitionType, Proposal
from nlp import read_text

HEAD = "ĐƠN TRÌNH BÀY\nKính gửi: Chủ tịch UBND phường Đống Đa\nTôi là Lò Thị Mận, trú tại số 4 ngõ 12 phố Đặng Tiến Đông.\n"
COMPLAINT = (
    "Ngày 11/9/2025 tôi nhận được Quyết định số 0417/QĐ-XPHC của Chủ tịch UBND phường phạt tôi 2.500.000 đồng vì bán "
    "hàng dưới lòng đường. Tôi khiếu nại quyết định xử phạt này vì tôi ngồi trong hiên nhà, yêu cầu hủy quyết định."
)
DENUNCIATION = (
    "Ông Tạ Hữu Đăng, cán bộ địa chính, đã nhận phong bì 20 triệu đồng của hộ bên cạnh để làm ngơ cho họ xây thêm tầng, "
    "tôi có đoạn ghi âm. Tôi tố cáo ông Đăng nhận hối lộ, đề nghị xác minh, xử lý nghiêm."
)
END = "\nHà Nội, ngày 15 tháng 9 năm 2025\nLò Thị Mận\n"


def _propose(body: str) -> Proposal:
    return propose(read_text(HEAD + body + END), load_office(), date(2026, 8, 3))


@pytest.mark.parametrize("opening", ["Thứ hai: ", "2. ", "Ngoài ra, "])
def test_two_clear_matters_are_told_apart_and_cut_between_sentences(opening: str) -> None:
    found = _propose(COMPLAINT + "\n" + opening + DENUNCIATION)
    assert found.is_mixed
    assert {part.type for part in found.parts} == {PetitionType.COMPLAINT, PetitionType.DENUNCIATION}
    assert found.parts[0].text.endswith("yêu cầu hủy quyết định.")
    assert found.parts[1].text.startswith(opening.strip())
    assert found.action.code is Action.SPLIT


def test_a_complaint_with_an_aside_about_the_price_is_one_matter() -> None:
    found = _propose(
        "Tôi khiếu nại Quyết định số 874/QĐ-UBND ngày 19/6/2026 của UBND phường về phê duyệt phương án bồi thường thửa "
        "đất của gia đình tôi. Diện tích đo thiếu 12 m2. Tôi cũng không đồng ý với đơn giá bồi thường đất ở và giá "
        "cây trồng trong phương án. Tôi đề nghị tính lại tiền bồi thường cho gia đình tôi."
    )
    assert not found.is_mixed
    assert found.parts == ()
    assert found.action.code is not Action.SPLIT


def test_the_letter_as_a_whole_must_be_of_one_of_the_types() -> None:
    classifier = live().classifier
    traced = classifier.space.trace(whole(COMPLAINT + "\nThứ hai: " + DENUNCIATION))
    found, scores = mixture(traced, classifier.models["type"], classifier.models["field"])
    assert found is not None
    assert scores.shape == (MIXTURE_FEATURES,)
    assert is_clear(found, PetitionType.COMPLAINT)
    assert not is_clear(found, PetitionType.OTHER)
    assert not is_clear(None, PetitionType.COMPLAINT)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_cut(text: str) -> None:
    classifier = live().classifier
    content = whole(text)
    found, scores = mixture(
        classifier.space.trace(content), classifier.models["type"], classifier.models["field"]
    )
    assert scores.shape == (MIXTURE_FEATURES,)
    if found:
        first, second = found.zones
        assert 0 <= first.start < first.end <= second.start < second.end <= len(text)
    assert all(piece.zones for piece in passages(content))
