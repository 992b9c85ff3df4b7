"""The text classifier: cues + n-grams → logistic regression → temperature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression

from models.classify.content import Content
from models.classify.cues import CueSpace
from models.classify.ngrams import NgramSpace
from models.classify.spots import Columns, Spots, stack

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Trace:
    """A content, the features that it has (columns rising, with values), and where each occurs."""

    content: Content
    columns: Columns
    values: NDArray[np.float32]
    spots: Spots

    @cached_property
    def shares(self) -> tuple[Columns, Columns, NDArray[np.float64]]:
        """Which token (first array) has which share (third) in which column (second, by its place).

        The weight of a column is shared over all its occurrences, and over the tokens of each.
        """
        places = np.searchsorted(self.columns, self.spots.columns)
        times = np.bincount(places, minlength=len(self.columns))
        lengths = self.spots.last - self.spots.first + 1
        ends = np.cumsum(lengths)
        steps = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - lengths, lengths)
        tokens = np.repeat(self.spots.first, lengths) + steps
        return tokens, np.repeat(places, lengths), np.repeat(1.0 / (times[places] * lengths), lengths)


class FeatureSpace(BaseEstimator):  # type: ignore[misc]
    """Cues and n-grams side by side; shared by all classifiers so that a text is read once."""

    def __init__(self, ngrams: NgramSpace | None = None, cues: CueSpace | None = None) -> None:
        self.ngrams = ngrams
        self.cues = cues

    def fit(
        self,
        contents: Sequence[Content],
        y: object = None,  # noqa: ARG002 - scikit-learn's form
        groups: Sequence[str] | None = None,
    ) -> FeatureSpace:
        """Learn the vocabulary of n-grams."""
        self.cues_ = (self.cues or CueSpace()).fit(contents)
        self.ngrams_ = (self.ngrams or NgramSpace()).fit(contents, groups=groups)
        return self

    def transform(self, contents: Sequence[Content]) -> csr_matrix:
        """Features [n_contents, n_cue_columns + n_ngrams]."""
        return self.matrix([self.trace(content) for content in contents])

    def trace(self, content: Content) -> Trace:
        """The features of a content with their places: read once, used by every model and reason."""
        cues = self.cues_.occurrences(content.row)
        ngrams = self.ngrams_.occurrences(content.row)
        cue_columns, cue_values = self.cues_.weighed(cues)
        columns, values = self.ngrams_.weighed(ngrams)
        shift = self.n_cue_columns
        spots = Spots(
            np.concatenate([cues.columns, ngrams.columns + shift]),
            np.concatenate([cues.first, ngrams.first]),
            np.concatenate([cues.last, ngrams.last]),
        )
        return Trace(
            content,
            np.concatenate([cue_columns, columns + shift]),
            np.concatenate([cue_values, values]),
            spots,
        )

    def matrix(self, traces: Sequence[Trace]) -> csr_matrix:
        """Features of traced contents."""
        width = self.n_cue_columns + len(self.ngrams_.idf_)
        return stack([(one.columns, one.values) for one in traces], width)

    @property
    def n_cue_columns(self) -> int:
        """How many leading columns are cues."""
        return 2 * len(self.cues_.cues_)


class LinearClassifier(BaseEstimator, ClassifierMixin):  # type: ignore[misc]
    """Multinomial logistic regression on a feature matrix, with a temperature.

    Args:
        C: inverse strength of regularisation.
        columns: use only that many leading columns (the cues), or all if None.

    Attributes:
        classes_: labels [k]; coef_: float32 [k, n_features]; intercept_: float32 [k];
        temperature_: logits are divided by it.
    """

    def __init__(self, C: float = 3.0, columns: int | None = None) -> None:  # noqa: N803 – scikit-learn's name
        self.C = C
        self.columns = columns

    def fit(
        self,
        X: csr_matrix,  # noqa: N803 - scikit-learn's name
        y: Sequence[str],
        sample_weight: Matrix | None = None,
    ) -> LinearClassifier:
        """Fit the coefficients; the temperature stays 1 until `calibrate`."""
        model = LogisticRegression(C=self.C, class_weight="balanced", max_iter=400)
        model.fit(self._seen(X), y, sample_weight=sample_weight)
        coef, intercept = model.coef_, model.intercept_
        if len(model.classes_) == 2:
            coef, intercept = np.vstack([-coef, coef]) / 2, np.concatenate([-intercept, intercept]) / 2
        return self.restore([str(label) for label in model.classes_], coef, intercept, 1.0)

    def restore(
        self, classes: Sequence[str], coef: Any, intercept: Any, temperature: float
    ) -> LinearClassifier:
        """Take over parameters that were learned before."""
        self.classes_ = np.array(list(classes))
        self.coef_ = np.asarray(coef, dtype=np.float32)
        self.intercept_ = np.asarray(intercept, dtype=np.float32)
        self.temperature_ = float(temperature)
        return self

    def decision_function(self, X: csr_matrix) -> Matrix:  # noqa: N803
        """Logits [n, k] before the temperature."""
        return np.asarray(self._seen(X) @ self.coef_.T + self.intercept_, dtype=np.float64)

    def predict_proba(self, X: csr_matrix) -> Matrix:  # noqa: N803
        """Calibrated probabilities [n, k]."""
        return softmax(self.decision_function(X) / self.temperature_)

    def predict(self, X: csr_matrix) -> NDArray[np.str_]:  # noqa: N803
        """The likeliest label of each row."""
        best: NDArray[np.str_] = self.classes_[self.decision_function(X).argmax(axis=1)]
        return best

    def _seen(self, X: csr_matrix) -> csr_matrix:  # noqa: N803
        return X if self.columns is None else X[:, : self.columns]


def softmax(logits: Matrix) -> Matrix:
    """Probabilities along the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: Matrix = raised / raised.sum(axis=-1, keepdims=True)
    return result


def fit_temperature(logits: Matrix, truth: NDArray[np.intp]) -> float:
    """The temperature with the least log-loss on logits that were predicted out of fold."""

    def loss(log_temperature: float) -> float:
        chances = softmax(logits / np.exp(log_temperature))
        return float(-np.log(chances[np.arange(len(truth)), truth] + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 2.5), method="bounded").x))
