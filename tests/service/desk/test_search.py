"""What stands first among the letters that were found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from service.desk.search import Query, search
from service.store.database import transaction
from service.store.tables import Receipt, User
from tests.service.letters import complaint, file_letters

Client = Callable[..., TestClient]
Work = Callable[[], None]


def found(user: User, words: str) -> list[int]:
    with transaction() as session:
        hits, total = search(session, user, Query(words=words))
        assert total == len(hits)
        return [hit.petition.id for hit in hits]


@pytest.fixture
def together(client: Client, work: Work) -> tuple[int, int]:
    """Two letters, the earlier with the words of a name in a row; in the later they stand apart."""
    whole, apart = file_letters(
        client("clerk"),
        work,
        [complaint("Quách Văn Điềm"), complaint("Quách Thị Văn", 42) + "Bà Điềm.\n".encode()],
    )
    return whole, apart


@pytest.mark.parametrize("words", ["Quách Văn Điềm", "quach van diem"])
def test_words_in_a_row_stand_first(users: dict[str, User], together: tuple[int, int], words: str) -> None:
    assert found(users["clerk"], words) == list(together)


def test_words_with_their_tones_stand_before_words_in_a_row_without(
    users: dict[str, User], client: Client, work: Work
) -> None:
    toneless, exact = file_letters(
        client("clerk"),
        work,
        [complaint("Quach Van Diem"), complaint("Quách Thị Văn", 42) + "Bà Điềm.\n".encode()],
    )
    assert found(users["clerk"], "Quách Văn Điềm") == [exact, toneless]


def test_a_receipt_number_leads_to_its_letter_first(
    users: dict[str, User], client: Client, work: Work
) -> None:
    clerk = client("clerk")
    [named] = file_letters(clerk, work, [complaint()])
    with transaction() as session:
        number = session.scalars(sa.select(Receipt.number)).one()
    [naming] = file_letters(clerk, work, [complaint("Lưu Thị Mẫu", 43) + f"Biên nhận {number}.\n".encode()])
    assert found(users["clerk"], number) == [named, naming]
