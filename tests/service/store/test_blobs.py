"""Originals: byte for byte, through rot and crashes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.store.blobs import BlobError, BlobStore


@given(st.binary(max_size=200))
def test_what_went_in_comes_out(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    store = BlobStore(tmp_path_factory.mktemp("b"))
    sha256 = store.put(data)
    assert sha256 == hashlib.sha256(data).hexdigest() == store.put(data)
    assert store.get(sha256) == data


def test_only_the_owner_may_look(tmp_path: Path) -> None:
    store = BlobStore(tmp_path / "home" / "blobs")
    path = store.path(store.put(b"don"))
    assert store.root.stat().st_mode & 0o077 == 0
    assert path.stat().st_mode & 0o077 == 0


def test_a_rotten_original_is_made_whole_by_the_same_bytes(tmp_path: Path) -> None:
    store = BlobStore(tmp_path)
    sha256 = store.put(b"ban goc")
    store.path(sha256).write_bytes(b"ban gox")
    with pytest.raises(BlobError):
        store.get(sha256)
    store.put(b"ban goc")
    assert store.get(sha256) == b"ban goc"


def test_a_missing_original_is_told_by_its_digest(tmp_path: Path) -> None:
    with pytest.raises(BlobError, match="0" * 64):
        BlobStore(tmp_path).get("0" * 64)
