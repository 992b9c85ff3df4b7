"""The classifier on a small task: it learns, calibrates, and survives a round trip through arrays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone

from models.classify.content import whole
from models.classify.linear import FeatureSpace, LinearClassifier, fit_temperature, softmax
from models.classify.ngrams import NgramSpace

TEXTS = [
    "tôi khiếu nại quyết định phạt",
    "đề nghị hủy quyết định",
    "tố cáo ông ấy nhận tiền",
    "ông ấy ăn chặn",
]
LABELS = ["complaint", "complaint", "denunciation", "denunciation"]


def _space() -> FeatureSpace:
    return FeatureSpace(NgramSpace(min_documents=1, min_groups=1)).fit([whole(text) for text in TEXTS])


def test_it_learns_what_it_is_shown() -> None:
    space = _space()
    model = LinearClassifier().fit(space.transform([whole(text) for text in TEXTS]), LABELS)
    new = space.transform([whole("xin hủy quyết định"), whole("ông nhận tiền")])
    assert model.predict(new).tolist() == ["complaint", "denunciation"]
    assert model.predict_proba(new).sum(axis=1) == pytest.approx([1, 1])


def test_a_word_of_one_author_alone_is_no_feature() -> None:
    contents = [whole("vỉa hè bún riêu"), whole("vỉa hè bún riêu"), whole("vỉa hè cây xanh")]
    space = NgramSpace(min_documents=2, min_groups=2).fit(contents, groups=["a", "a", "b"])
    assert "w:vỉa" in space.vocabulary_
    assert "w:bún" not in space.vocabulary_


def test_each_block_of_a_row_has_length_one() -> None:
    space = NgramSpace(min_documents=1).fit([whole(text) for text in TEXTS])
    row = space.transform([whole(TEXTS[0])])
    for block in range(3):
        values = row.data[space.block_[row.indices] == block]
        assert np.sqrt((values**2).sum()) == pytest.approx(1)


def test_an_empty_text_has_no_features() -> None:
    assert _space().transform([whole("")]).nnz == 0


def test_the_temperature_cools_overconfident_logits() -> None:
    rng = np.random.default_rng(1)
    truth = rng.integers(0, 2, 400)
    said = np.where(rng.random(400) < 0.8, truth, 1 - truth)
    logits = np.zeros((400, 2))
    logits[np.arange(400), said] = 8.0
    temperature = fit_temperature(logits, truth)
    assert softmax(logits / temperature).max(axis=1).mean() == pytest.approx(0.8, abs=0.03)


def test_parameters_can_be_cloned_like_any_estimator() -> None:
    assert clone(LinearClassifier(C=7.0)).C == 7.0


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=8))
def test_softmax_is_a_distribution(values: list[float]) -> None:
    chances = softmax(np.array([values]))
    assert chances.sum() == pytest.approx(1)
    assert (chances >= 0).all()
