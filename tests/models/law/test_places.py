"""Whether a named place is the office's."""

from __future__ import annotations

import pytest

from models.law.places import holds, same_name
from models.office import load_office

# name in the letter, answer, why
NAMES = [
    ("phường Đống Đa", True, "itself"),
    ("P. Dong Da", True, "without tones, short type"),
    ("phường Thịnh Quang", True, "merged whole into it"),
    ("phường Láng Hạ", None, "only a part went to it"),
    ("phường Kim Liên", False, "a neighbour"),
    ("phường Không Có Đâu", False, "unknown"),
    (None, None, "not told"),
]


@pytest.mark.parametrize(("name", "answer", "why"), NAMES)
def test_place_of_the_ward(name: str | None, answer: bool | None, why: str) -> None:
    assert holds(load_office(), name, "commune") is answer, why


def test_same_name_looks_past_type_and_marks() -> None:
    assert same_name("thành phố Hà Nội", "TP. Ha Noi")
    assert same_name("xã Ia Hrung", "Ia Hrung")
    assert not same_name("quận 1", "quận 11")
