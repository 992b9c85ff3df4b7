"""The case index with the live scorer: repeats are found, look-alikes are not, levels never mix."""

from __future__ import annotations

import pytest

from models.cases import CaseIndex, LinkFeatures, features, score
from models.classify.noise import ocr_noise, rng_for, without_accents
from models.corpus import load_letters
from models.proposal import LinkLevel
from nlp import read_text
from tests.models.linking.test_compare import FIRST, NEIGHBOUR


@pytest.fixture(scope="module")
def archive() -> CaseIndex:
    index = CaseIndex()
    for letter in load_letters()[:120]:
        index.add(letter.id, index.features(read_text(letter.text)))
    index.add("first", index.features(read_text(FIRST)))
    return index


def _links(archive: CaseIndex, text: str) -> dict[str, LinkLevel]:
    return {link.to: link.level for link in archive.links(archive.features(read_text(text)))}


def test_the_same_paper_scanned_again_is_the_same_text(archive: CaseIndex) -> None:
    assert _links(archive, FIRST.upper()) == {"first": LinkLevel.SAME_TEXT}
    assert _links(archive, without_accents(FIRST)) == {"first": LinkLevel.SAME_TEXT}
    assert "first" in _links(archive, ocr_noise(FIRST, 0.03, rng_for("link")))


def test_a_neighbour_with_a_matter_of_his_own_is_not_linked(archive: CaseIndex) -> None:
    assert _links(archive, NEIGHBOUR) == {}


def test_the_same_person_with_another_matter_is_not_linked(archive: CaseIndex) -> None:
    other = """ĐƠN ĐỀ NGHỊ
    Kính gửi: UBND phường Đống Đa
    Tôi là Lò Thị Mận, số căn cước 000179004412.
    Cháu ngoại tôi sinh ngày 02/3/2026, giấy khai sinh ghi sai tên đệm từ Thu thành Thư. Đề nghị phường cải chính cho cháu
    để kịp làm thẻ bảo hiểm y tế. Mẹ cháu đi làm xa nên tôi nộp thay.
    Lò Thị Mận"""
    assert _links(archive, other) == {}


def test_an_edited_copy_is_the_same_letter(archive: CaseIndex) -> None:
    edited = FIRST.replace(
        "Tôi ngồi trong hiên nhà bà Thức, có giấy thuê viết tay.", "Hiên nhà ấy tôi thuê của bà Thức."
    )
    edited = edited.replace("15 tháng 9", "30 tháng 9").replace("ĐƠN KHIẾU NẠI", "ĐƠN KHIẾU NẠI (gửi lại)")
    assert _links(archive, edited) == {"first": LinkLevel.SAME_LETTER}


def test_a_retold_letter_about_the_same_decision_is_the_same_case(archive: CaseIndex) -> None:
    retold = """Kính gửi phường. Tôi tên Lò Thị Mận, mấy tháng trước có gửi đơn mà chưa ai trả lời.
    Cái quyết định số 0417/QĐ-XPHC vẫn treo đó, kho bạc nhắc nộp tiền hoài. Mong phường xem lại cho tôi được nhờ.
    Lò Thị Mận"""
    assert _links(archive, retold) == {"first": LinkLevel.SAME_CASE}
    other = retold.replace("0417", "0622")
    assert _links(archive, other) == {}


def test_a_brother_is_somebody_else(archive: CaseIndex) -> None:
    assert _links(archive, NEIGHBOUR.replace("Phan Văn Đoài", "Lò Thị Mơ")) == {}


def test_evidence_is_in_words(archive: CaseIndex) -> None:
    found = archive.links(archive.features(read_text(FIRST + "\nTôi xin gửi kèm giấy thuê nhà.")))
    assert found[0].to == "first"
    assert {"Người gửi"} & {one.feature for one in found[0].evidence} or found[0].evidence
    assert all(one.feature[0].isupper() and "{" not in one.value for one in found[0].evidence)


def test_candidates_keep_to_the_budget(archive: CaseIndex) -> None:
    assert len(archive.candidates(archive.features(read_text(FIRST)), budget=5)) <= 5


def test_an_id_is_taken_once(archive: CaseIndex) -> None:
    with pytest.raises(ValueError, match="already"):
        archive.add("first", archive.features(read_text(FIRST)))


def test_the_service_can_score_stored_features() -> None:
    stored = LinkFeatures.from_json(features(read_text(FIRST)).to_json())
    assert score(stored, features(read_text(FIRST))).level is LinkLevel.SAME_TEXT
    assert score(stored, features(read_text(NEIGHBOUR))).level is None


def test_an_empty_letter_has_no_links_but_to_an_empty_one(archive: CaseIndex) -> None:
    assert _links(archive, "") == {}
