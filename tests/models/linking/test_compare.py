"""Comparing two letters field by field."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from models.linking.anchors import anchors_of
from models.linking.compare import FEATURES, compare, shared_text
from models.linking.features import LinkFeatures, extract, hashed, shape_of
from models.linking.signed import AGAINST, SILENT
from nlp import read_text

FIRST = """ĐƠN KHIẾU NẠI
Kính gửi: Chủ tịch UBND phường Đống Đa
Tôi là Lò Thị Mận, số căn cước 000179004412, điện thoại 0900 000 217.
Ngày 11/9/2025 tôi nhận Quyết định số 0417/QĐ-XPHC phạt tôi 2.500.000 đồng vì bán bún riêu dưới lòng đường.
Tôi ngồi trong hiên nhà bà Thức, có giấy thuê viết tay. Tôi yêu cầu hủy quyết định phạt.
Hà Nội, ngày 15 tháng 9 năm 2025
Lò Thị Mận
"""
NEIGHBOUR = FIRST.replace("Lò Thị Mận", "Phan Văn Đoài").replace("000179004412", "000079115523")
NEIGHBOUR = NEIGHBOUR.replace("0417/QĐ", "0533/QĐ").replace("0900 000 217", "0900 000 998")


def _features(text: str) -> LinkFeatures:
    return extract(read_text(text))


def test_case_accents_and_punctuation_do_not_change_the_exact_text() -> None:
    assert _features(FIRST).exact_hash == _features(FIRST.upper().replace(".", " ")).exact_hash


def test_one_word_more_does() -> None:
    assert _features(FIRST).exact_hash != _features(FIRST + " thêm").exact_hash


def test_sender_and_papers_are_compared() -> None:
    values = compare(_features(FIRST), _features(FIRST + "\nTôi gửi lại.")).values
    assert {"name_same", "id_same", "phone_same", "decision_same"} <= values.keys()


def test_a_neighbour_with_the_same_words_differs_in_all_that_counts() -> None:
    values = compare(_features(NEIGHBOUR), _features(FIRST)).values
    assert {
        "name_differs",
        "id_differs",
        "phone_differs",
        "decision_differs",
        "other_name_text",
    } <= values.keys()
    assert values["text_near"] > 0.5


def test_one_misread_digit_of_an_id_is_forgiven() -> None:
    values = compare(_features(FIRST.replace("000179004412", "000179004472")), _features(FIRST)).values
    assert "id_same" in values


def test_a_letter_that_names_the_day_of_the_first_cites_it() -> None:
    later = "Tôi là Lò Thị Mận. Ngày 15/9/2025 tôi đã gửi đơn, nay hỏi kết quả.\nHà Nội, ngày 20 tháng 11 năm 2025"
    assert "cites_letter" in compare(_features(later), _features(FIRST)).values


def test_what_ocr_confuses_is_one_shape() -> None:
    assert shape_of("tho") == shape_of("lho")
    assert shape_of("com") == shape_of("conn")
    assert shape_of("dat") != shape_of("dong")


def test_names_and_codes_of_a_story_are_its_anchors() -> None:
    found = anchors_of("Quán Sao Đêm ở số 22 ngõ 4B Đặng Văn Ngữ, lớp 7A4.\nCỘNG HÒA XÃ HỘI")
    assert {"dang van ngu", "4b dang van ngu", "7a4"} <= set(found)
    assert not any("cong hoa" in one for one in found)


def test_features_survive_a_database() -> None:
    found = _features(FIRST)
    assert LinkFeatures.from_json(json.loads(json.dumps(found.to_json()))) == found


def test_hashes_fit_a_postgresql_integer() -> None:
    found = _features(FIRST)
    assert all(-(2**31) <= value < 2**31 for value in (*found.fp, *found.keys, *found.sketch))
    assert hashed("a b") == hashed("a b")
    assert len(found.fp) <= 48


def test_every_feature_has_a_sign_or_is_silent_by_name() -> None:
    assert set(FEATURES) >= AGAINST | SILENT


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    first, second = _features(one), _features(other)
    assert 0 <= shared_text(first, second) <= 1
    assert shared_text(first, first) == 1
    assert compare(first, second).vector().shape == (len(FEATURES),)
