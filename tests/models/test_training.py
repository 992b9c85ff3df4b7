"""Training end to end on a few letters, and the promise that a worse model is refused."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.classify.content import content_of
from models.corpus import Letter, digest, load_letters
from models.live import live, read_model
from models.promotion import PromotionError
from models.proposal import PetitionType
from models.store import LIVE, load
from models.training import train
from nlp import read_text

pytestmark = pytest.mark.slow


def _few() -> list[Letter]:
    return [letter for letter in load_letters() if int(letter.id.split("-")[1]) <= 12]


def test_a_small_training_gives_a_model_that_reads(tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    report = train(tmp_path, _few(), progress=lambda done, total, what: seen.append((done, total, what)))
    model = read_model(tmp_path)
    letters = load_letters()[-40:]
    kinds, _ = model.classifier.type_and_field([content_of(read_text(one.text)) for one in letters])
    said = [model.classifier.labels("type")[column] for column in kinds.argmax(axis=1)]
    # Four types: chance is a quarter. Twelve letters of each author were read, these were not.
    assert np.mean([label == str(one.type) for label, one in zip(said, letters, strict=True)]) > 0.5
    assert report.worse == []
    assert seen[-1][0] == seen[-1][1] == len(_few())
    assert json.loads(json.dumps(report.to_json()))["letters"] == len(_few())


def test_a_worse_model_is_refused_and_the_old_one_stays(tmp_path: Path) -> None:
    for path in LIVE.iterdir():
        shutil.copy(path, tmp_path)
    before = load(tmp_path).manifest["sha256"]
    swapped = [
        replace(one, type=PetitionType.OTHER if one.type is PetitionType.COMPLAINT else one.type)
        for one in _few()
    ]
    with pytest.raises(PromotionError) as caught:
        train(tmp_path, swapped)
    assert any("type complaint" in reason for reason in caught.value.worse)
    assert load(tmp_path).manifest["sha256"] == before
    report = train(tmp_path, swapped, force=True)
    assert report.worse
    assert load(tmp_path).manifest["sha256"] != before


def test_the_shipped_model_is_of_the_shipped_corpus() -> None:
    manifest = live().manifest
    assert manifest["training_digest"] == digest(load_letters("train"))
    assert manifest["gold_digest"] == digest(load_letters("gold"))
    assert min(manifest["gold_f1"]["type"].values()) > 0.7
