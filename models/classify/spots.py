"""Where features occur in a row of tokens, and rows of features as a sparse matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Columns = NDArray[np.intp]
# The columns that a content has, in rising order, and their values.
Sparse = tuple[Columns, NDArray[np.float32]]


class Spots(NamedTuple):
    """Occurrences of features [m]: column, first and last token (inclusive)."""

    columns: Columns
    first: Columns
    last: Columns


def stack(rows: Sequence[Sparse], width: int) -> csr_matrix:
    """One matrix [n_rows, width] of all rows."""
    ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    columns = np.concatenate([columns for columns, _ in rows]) if rows else np.empty(0, np.intp)
    values = np.concatenate([values for _, values in rows]) if rows else np.empty(0, np.float32)
    return csr_matrix((values, columns, ends), shape=(len(rows), width))
