"""`evaluate`: the scores of the model in use, for people and for programs."""

from __future__ import annotations

import json

import pytest

from tests.service.cli.conftest import Donthu


@pytest.mark.slow
def test_evaluate_scores_the_model_in_use(donthu: Donthu) -> None:
    done = donthu("evaluate", "--json")
    (line,) = done.stdout.splitlines()
    assert done.returncode == 0
    assert json.loads(line)["type"]["accuracy"] > 0.5


@pytest.mark.slow
def test_evaluate_for_people_is_a_table(donthu: Donthu) -> None:
    shown = donthu("evaluate").stdout
    assert "{" not in shown
    assert "F1" in shown
