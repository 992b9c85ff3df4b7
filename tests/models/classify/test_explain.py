"""Evidence: phrases of the text, without overlaps, that speak for the label."""

from __future__ import annotations

from itertools import pairwise

import pytest

from models.classify.content import content_of
from models.classify.explain import explain, trace
from models.corpus import load_letters
from models.live import live
from nlp import read_text


@pytest.mark.parametrize("number", [0, 40, 150, 300])
def test_phrases_are_inside_the_content_apart_and_heaviest_first(number: int) -> None:
    classifier = live().classifier
    content = content_of(read_text(load_letters()[number].text))
    phrases = explain(trace(classifier.space, content), classifier.models["type"], "complaint")
    assert 0 < len(phrases) <= 6
    assert [one.weight for one in phrases] == sorted((one.weight for one in phrases), reverse=True)
    ordered = sorted(phrases)
    assert all(first.end <= second.start for first, second in pairwise(ordered))
    for one in phrases:
        assert any(zone.start <= one.start < one.end <= zone.end for zone in content.zones)
        assert "\n" not in content.text[one.start : one.end]


def test_without_the_phrases_the_label_is_less_likely() -> None:
    classifier = live().classifier
    model = classifier.models["type"]
    column = classifier.labels("type").index("complaint")
    letter = next(one for one in load_letters() if one.type == "complaint" and len(one.text) > 900)
    content = content_of(read_text(letter.text))
    text = content.text
    for one in sorted(explain(trace(classifier.space, content), model, "complaint"), reverse=True):
        text = text[: one.start] + text[one.end :]
    changed = content_of(read_text(text))
    features = classifier.space.transform([content, changed])
    before, after = model.decision_function(features)[:, column]
    assert after < before
