import re
from pathlib import Path

import pytest

from ingest.problems import KINDS, ReadError, problem

ROOT = Path(__file__).parents[2]
CODE = re.compile(r'(?:problem|ReadError|lost_page\(number,)\(?\s*"([a-z_]+)"')


def test_every_code_that_is_raised_has_a_message() -> None:
    used = {
        code for file in (ROOT / "ingest").rglob("*.py") for code in CODE.findall(file.read_text("utf-8"))
    }
    assert len(used) > 15
    assert used <= KINDS.keys()


def test_every_kind_is_documented_and_nothing_else() -> None:
    listed = re.findall(
        r"^\| `([a-z_]+)` \|", (ROOT / "docs" / "problems.md").read_text("utf-8"), re.MULTILINE
    )
    assert listed == list(KINDS)


@pytest.mark.parametrize("code", KINDS)
def test_message_is_a_whole_vietnamese_sentence(code: str) -> None:
    message = problem(code, name="bản chụp.pdf", count=7).message
    assert message.endswith(".")
    assert "{" not in message
    assert re.search("[ăâđêôơưáàảãạắằấầếềốồớờứừịọộợụự]", message)


def test_documentation_quotes_the_messages() -> None:
    text = (ROOT / "docs" / "problems.md").read_text("utf-8")
    assert [code for code, kind in KINDS.items() if kind.message not in text] == []


def test_unknown_code_is_a_mistake_of_the_programmer() -> None:
    with pytest.raises(KeyError):
        problem("no_such_code")


def test_error_carries_its_count_to_the_problem() -> None:
    found = ReadError("too_many_pages", count=300).problem(page=2)
    assert "300" in found.message
    assert found.page == 2
