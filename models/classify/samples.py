"""What the classifiers learn from: each letter clean, damaged as by OCR, and without accents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from models.classify.content import Content, content_of
from models.classify.noise import ocr_noise, rng_for, without_accents
from models.corpus import Letter
from nlp.language import read_text

Progress = Callable[[int, int, str], None]

NOISE_RATES = (0.03, 0.06, 0.10)
_COPY_WEIGHT = 0.8


@dataclass(frozen=True, slots=True)
class Sample:
    """One copy of a letter; `clean` is true for the letter as it was written."""

    letter: Letter
    content: Content
    weight: float
    clean: bool


def make_samples(letters: Sequence[Letter], progress: Progress | None = None) -> list[Sample]:
    """All copies of the letters, those of one letter side by side; the same on every run."""
    made: list[Sample] = []
    for index, letter in enumerate(letters):
        made.extend(_copies(letter))
        if progress:
            progress(index + 1, len(letters), "read")
    return made


def _copies(letter: Letter) -> Iterator[Sample]:
    yield Sample(letter, content_of(read_text(letter.text)), 1.0, clean=True)
    for rate in NOISE_RATES:
        damaged = ocr_noise(letter.text, rate, rng_for(letter.id, str(rate)))
        yield Sample(letter, content_of(read_text(damaged)), _COPY_WEIGHT, clean=False)
    plain = without_accents(letter.text)
    yield Sample(letter, content_of(read_text(plain)), _COPY_WEIGHT, clean=False)
