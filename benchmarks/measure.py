"""Time, memory and errors."""

from __future__ import annotations

import os
import resource
import statistics
import time
import unicodedata
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from rapidfuzz.distance import Levenshtein

Result = TypeVar("Result")


@dataclass
class Clock:
    """CPU seconds (children that have ended included) and wall seconds since it was made."""

    def __post_init__(self) -> None:
        self.cpu_0, self.wall_0 = cpu_seconds(), time.perf_counter()

    @property
    def cpu(self) -> float:
        return cpu_seconds() - self.cpu_0

    @property
    def wall(self) -> float:
        return time.perf_counter() - self.wall_0


def cpu_seconds() -> float:
    """CPU seconds of this process and of its children that have ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def cpu_of(pid: int) -> float:
    """CPU seconds of a running process, without its children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_megabytes() -> float:
    """The largest memory of this process or of any one child that has ended."""
    peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(peaks) / 1024


def resident_megabytes(pid: int) -> float:
    """The memory that a process holds now."""
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def normal(text: str) -> str:
    """NFC with every run of white space as one blank."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def character_errors(read: str, truth: str) -> float:
    """Edits per character of the truth."""
    return Levenshtein.distance(normal(read), normal(truth)) / max(len(normal(truth)), 1)


def word_errors(read: str, truth: str) -> float:
    """Edits of whole words per word of the truth."""
    a, b = normal(read).split(), normal(truth).split()
    return Levenshtein.distance(a, b) / max(len(b), 1)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0..1) of the values lie."""
    if len(values) < 2:
        return values[0]
    cut = statistics.quantiles(values, n=100, method="inclusive")[min(max(round(share * 100), 1), 99) - 1]
    # Interpolation between equal values may miss them by a rounding error.
    return min(max(cut, min(values)), max(values))


def alone(step: Callable[..., Result], *arguments: object) -> Result:
    """Run a step in a process of its own, so that time and memory are its own too."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(step, *arguments).result()
