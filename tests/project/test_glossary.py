"""The glossary names every code, with the label that people read."""

import re
from pathlib import Path

from service import labels

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"


def test_every_code_is_in_the_glossary_with_its_label() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE)
    groups = (codes for group, codes in labels.ALL.items() if group != "step")
    ours = [(str(code), label) for codes in groups for code, label in codes.items()]
    assert sorted(rows) == sorted(ours)
