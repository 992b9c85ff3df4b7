"""Model files: arrays in one .npz, everything else in a readable manifest; never a pickle.

model.npz       coefficients, vocabulary, idf
manifest.json   version, digests, scores, thresholds, sha256 of model.npz
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]

LIVE = Path(__file__).with_name("data")
FORMAT = 1
_ARRAYS, _MANIFEST = "model.npz", "manifest.json"


class ModelFileError(RuntimeError):
    """The model files are missing, damaged or of another format; train again or restore them."""


@dataclass(frozen=True)
class Bundle:
    """What a model folder holds."""

    arrays: Arrays
    manifest: Mapping[str, Any]


def save(folder: Path, arrays: Arrays, manifest: Mapping[str, Any]) -> None:
    """Write both files so that a reader sees the old pair or the new one, never a torn file."""
    folder.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **dict(arrays))
    data = buffer.getvalue()
    note = {"format": FORMAT, "sha256": hashlib.sha256(data).hexdigest(), **manifest}
    text = json.dumps(note, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    _replace(folder / _ARRAYS, data)
    _replace(folder / _MANIFEST, text.encode())


def load(folder: Path = LIVE) -> Bundle:
    """Read and check a model folder.

    Raises:
        ModelFileError: a file is missing, the digest or format does not match, or the arrays
            would need a pickle.
    """
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        data = (folder / _ARRAYS).read_bytes()
    except FileNotFoundError as error:
        raise ModelFileError(f"no model in {folder}: run `donthu train`") from error
    except json.JSONDecodeError as error:
        raise ModelFileError(f"{folder / _MANIFEST} is not JSON") from error
    if manifest.get("format") != FORMAT:
        raise ModelFileError(f"model format {manifest.get('format')} is not {FORMAT}: train again")
    if hashlib.sha256(data).hexdigest() != manifest.get("sha256"):
        raise ModelFileError(f"{folder / _ARRAYS} does not match its manifest: restore it or train again")
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return Bundle({name: arrays[name] for name in arrays.files}, manifest)
    except ValueError as error:
        raise ModelFileError(f"{folder / _ARRAYS} holds objects that are not arrays") from error


def read_manifest(folder: Path = LIVE) -> Mapping[str, Any] | None:
    """The manifest alone, None where there is no model yet."""
    path = folder / _MANIFEST
    found: Mapping[str, Any] | None = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    return found


def _replace(path: Path, data: bytes) -> None:
    draft = path.with_suffix(path.suffix + ".new")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
