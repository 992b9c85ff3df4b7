"""Promise 5: a new model is never worse than the last in any class, or it is not used."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from models.corpus import load_letters
from models.promotion import PromotionError
from models.store import LIVE
from models.training import train

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the live model."""
    return Path(shutil.copytree(LIVE, tmp_path / "model"))


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_model_of_fewer_letters_does_not_replace_the_live_one(folder: Path) -> None:
    before = _bytes(folder)
    with pytest.raises(PromotionError) as refused:
        train(folder, load_letters("train")[::8])
    assert refused.value.worse
    assert _bytes(folder) == before


def test_scores_of_other_gold_letters_are_not_believed(folder: Path) -> None:
    """A manifest whose scores were taken on another gold set is judged anew, by the model itself."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["gold_digest"] = "another"
    manifest["gold_f1"] = {"type": dict.fromkeys(manifest["gold_f1"]["type"], 0.0)}
    path.write_text(json.dumps(manifest))
    with pytest.raises(PromotionError):
        train(folder, load_letters("train")[::8])
