"""Model files: no pickle, nothing accepted that was touched."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import numpy as np
import pytest

from models.store import ModelFileError, load, save

ARRAYS = {"coef": np.arange(6, dtype=np.float32).reshape(2, 3), "classes": np.array(["a", "b"])}


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    save(tmp_path, ARRAYS, {"version": "1"})
    bundle = load(tmp_path)
    assert bundle.manifest["version"] == "1"
    assert bundle.arrays["coef"].tolist() == ARRAYS["coef"].tolist()
    assert bundle.arrays["classes"].tolist() == ["a", "b"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest.json", "model.npz"]


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="donthu train"):
        load(tmp_path)


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    save(tmp_path, ARRAYS, {"version": "1"})
    path = tmp_path / "model.npz"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(ModelFileError, match="does not match"):
        load(tmp_path)


def test_another_format_is_refused(tmp_path: Path) -> None:
    save(tmp_path, ARRAYS, {"version": "1"})
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 99}))
    with pytest.raises(ModelFileError, match="99"):
        load(tmp_path)


def test_a_torn_manifest_is_refused(tmp_path: Path) -> None:
    save(tmp_path, ARRAYS, {"version": "1"})
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(ModelFileError, match="JSON"):
        load(tmp_path)


def test_arrays_that_need_a_pickle_are_refused_even_with_a_right_digest(tmp_path: Path) -> None:
    save(tmp_path, ARRAYS, {"version": "1"})
    buffer = io.BytesIO()
    np.savez(buffer, coef=np.array([{"a": 1}], dtype=object))
    (tmp_path / "model.npz").write_bytes(buffer.getvalue())
    path = tmp_path / "manifest.json"
    note = {**json.loads(path.read_text()), "sha256": hashlib.sha256(buffer.getvalue()).hexdigest()}
    path.write_text(json.dumps(note))
    with pytest.raises(ModelFileError, match="not arrays"):
        load(tmp_path)
