"""The model in use: read once per process, checked against its manifest."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from models.classify import reader
from models.classify.reader import LetterClassifier, Thresholds
from models.linking import scorer as link_scorer
from models.linking.scorer import LinkScorer
from models.store import LIVE, Arrays, load

_lock = threading.Lock()
_loaded: dict[Path, LiveModel] = {}


@dataclass(frozen=True)
class LiveModel:
    """The classifiers and the link scorer of one model folder, with its manifest."""

    classifier: LetterClassifier
    scorer: LinkScorer
    manifest: Mapping[str, Any]


def live(folder: Path | None = None) -> LiveModel:
    """The model of a folder (by default the one shipped); raises ModelFileError if it is unusable."""
    place = folder or LIVE
    with _lock:
        if place not in _loaded:
            _loaded[place] = read_model(place)
        return _loaded[place]


def forget() -> None:
    """Read the model files anew at the next use, after they were replaced."""
    with _lock:
        _loaded.clear()


def read_model(folder: Path) -> LiveModel:
    """Read a model folder without keeping it; raises ModelFileError if it is unusable."""
    bundle = load(folder)
    model = restore(bundle.arrays, bundle.manifest["thresholds"], bundle.manifest["version"])
    return replace(model, manifest=bundle.manifest)


def restore(arrays: Arrays, notes: Mapping[str, Any], version: str) -> LiveModel:
    """A model from its arrays and thresholds: exactly what a later process will load."""
    thresholds = Thresholds(notes["type"], notes["field"], notes["mixed"], notes["risk"])
    return LiveModel(
        classifier=reader.from_arrays(arrays, thresholds, version),
        scorer=link_scorer.from_arrays(arrays, notes["link"]),
        manifest={},
    )
