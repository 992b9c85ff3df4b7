"""The code base stays one that a newcomer reads in an evening: files and functions keep their size."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("ingest", "nlp", "models", "service", "benchmarks")
MAX_FILE = 400
MAX_FUNCTION = 60
MEDIAN_FUNCTION = 13
GENERATED = {"0001_first_schema.py"}

FILES = sorted(
    path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if path.name not in GENERATED
)


def functions(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        (node.name, (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_file_and_functions_are_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_FILE
    too_long = [(name, lines) for name, lines in functions(path) if lines > MAX_FUNCTION]
    assert not too_long


def test_the_median_function_is_short() -> None:
    lengths = sorted(lines for path in FILES for _, lines in functions(path))
    assert lengths[len(lengths) // 2] <= MEDIAN_FUNCTION
