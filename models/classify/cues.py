"""Cue phrases as features: what a clerk would underline, listed in `cues.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin

from models.classify.content import REQUEST, Content, Token
from models.classify.spots import Sparse, Spots, stack
from nlp.fold import fold

_FILE = Path(__file__).with_name("cues.yaml")


@dataclass(frozen=True, slots=True)
class Cue:
    """A named group of phrases that mean the same to a clerk."""

    name: str
    label: str
    phrases: tuple[str, ...]


class Hit(NamedTuple):
    """A cue found at tokens `first`..`last` (inclusive); `cue` is its index."""

    cue: int
    first: int
    last: int
    zone: str


@cache
def load_cues() -> tuple[Cue, ...]:
    """All cues of `cues.yaml`, "type.…" before "field.…"."""
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(
        Cue(f"{purpose}.{name}", row["label"], tuple(row["phrases"]))
        for purpose, group in data.items()
        for name, row in group.items()
    )


class CueMatcher:
    """Finds phrases syllable by syllable; the longest at a place wins.

    Phrases of several syllables are compared without accents, so that damaged words count.
    One syllable alone says too much without its accents (chợ, cho, chó), so it must be exact.
    """

    def __init__(self, cues: Sequence[Cue]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], list[int]]]] = {}
        self._single: dict[str, list[int]] = {}
        forms: dict[tuple[str, ...], list[int]] = {}
        for index, cue in enumerate(cues):
            for phrase in cue.phrases:
                if " " not in phrase:
                    self._single.setdefault(phrase, []).append(index)
                    continue
                owners = forms.setdefault(tuple(fold(phrase).split()), [])
                if index not in owners:
                    owners.append(index)
        for form in sorted(forms, key=len, reverse=True):
            self._by_first.setdefault(form[0], []).append((form, forms[form]))

    def hits(self, row: Sequence[Token]) -> Iterator[Hit]:
        """Cues in a row of tokens; one phrase may serve several cues."""
        words = [token.folded for token in row]
        index = 0
        while index < len(words):
            length, owners = self._longest(words, index)
            if not owners:
                owners = self._single.get(row[index].text, [])
            for cue in owners:
                yield Hit(cue, index, index + length - 1, row[index].zone)
            index += length

    def _longest(self, words: Sequence[str], index: int) -> tuple[int, list[int]]:
        for form, owners in self._by_first.get(words[index], ()):
            if tuple(words[index : index + len(form)]) == form:
                return len(form), owners
        return 1, []


class CueSpace(BaseEstimator, TransformerMixin):  # type: ignore[misc]
    """Counts of cues [n, 2 · n_cues]: anywhere, then in the request alone; log(1 + count).

    Args:
        type_scale, field_scale: weight of the two groups beside an n-gram block of length 1.
            The field hangs on few words of its matter, the type on the whole manner of writing.
    """

    def __init__(self, type_scale: float = 0.2, field_scale: float = 0.7) -> None:
        self.type_scale = type_scale
        self.field_scale = field_scale

    def fit(self, contents: Sequence[Content], y: object = None) -> CueSpace:  # noqa: ARG002 - scikit-learn's form
        """Read the cue file; nothing is learned from the contents."""
        self.cues_ = load_cues()
        self.matcher_ = CueMatcher(self.cues_)
        scales = [self.type_scale if cue.name.startswith("type.") else self.field_scale for cue in self.cues_]
        self.scales_ = np.array(scales + [self.type_scale] * len(scales), dtype=np.float32)
        return self

    def transform(self, contents: Sequence[Content]) -> csr_matrix:
        """Cue counts of each content, log-damped and scaled."""
        return stack([self.weighed(self.occurrences(content.row)) for content in contents], len(self.scales_))

    def occurrences(self, row: Sequence[Token]) -> Spots:
        """Every cue in a row of tokens; one in the request counts in two columns."""
        found = [
            (column, hit.first, hit.last) for hit in self.matcher_.hits(row) for column in self.columns(hit)
        ]
        return Spots(*np.array(found, dtype=np.intp).reshape(-1, 3).T)

    def weighed(self, spots: Spots) -> Sparse:
        """The columns that occur, and their values."""
        columns, counts = np.unique(spots.columns, return_counts=True)
        return columns, (np.log1p(counts) * self.scales_[columns]).astype(np.float32)

    def columns(self, hit: Hit) -> tuple[int, ...]:
        """The columns that a hit counts in."""
        return (hit.cue, len(self.cues_) + hit.cue) if hit.zone == REQUEST else (hit.cue,)
