from datetime import date
from pathlib import Path

import pytest

from models import propose
from nlp import read_text
from service.office import office
from service.store.tables import Petition, Suggestion
from service.web.proposal_view import ProposalView, article_of, proposal_view, spans_of
from service.work.process import columns
from tests.service.letters import complaint

TEXT = complaint().decode()


@pytest.fixture
def petition(home: Path) -> Petition:
    proposal = propose(read_text(TEXT), office(), date(2026, 3, 6))
    suggestion = Suggestion(proposal=proposal.to_json(), model_version=proposal.model_version)
    return Petition(text=TEXT, suggestion=suggestion, **columns(proposal))


def view_of(petition: Petition) -> ProposalView:
    view = proposal_view(petition)
    assert view is not None
    return view


def test_every_line_of_the_desk_is_there(petition: Petition) -> None:
    titles = [line.title for line in view_of(petition).lines]
    assert titles == [
        "Loại đơn",
        "Lĩnh vực",
        "Giai đoạn",
        "Thẩm quyền",
        "Hướng xử lý",
        "Thời hạn",
        "Đơn vị xử lý",
    ]


def test_an_untouched_proposal_shows_no_other_value(petition: Petition) -> None:
    assert [line.now for line in view_of(petition).lines] == [None] * 7


def test_what_a_person_decided_stands_beside_what_was_proposed(petition: Petition) -> None:
    petition.field = "traffic"
    petition.due = None
    now = {line.id: line.now for line in view_of(petition).lines if line.now}
    assert now == {"field": "Giao thông", "deadline": "Không tính thời hạn"}


def test_quotes_are_words_of_the_letter(petition: Petition) -> None:
    view = view_of(petition)
    quotes = [quote for line in view.lines for quote in line.quotes]
    flat = " ".join(TEXT.split())
    assert quotes
    assert all(quote in flat for quote in quotes)


def test_spans_lie_in_the_text(petition: Petition) -> None:
    spans = view_of(petition).spans
    assert {"type", "people", "papers"} <= {span.line for span in spans}
    assert all(0 <= span.start < span.end <= len(TEXT) for span in spans)
    name = next(span for span in spans if TEXT[span.start : span.end] == "Phùng Thị Mẫu")
    assert name.line in ("people", "conditions")


def test_what_is_missing_stands_first(petition: Petition) -> None:
    assert petition.suggestion is not None
    told = petition.suggestion.proposal
    told["conditions"][-1]["met"] = False
    assert view_of(petition).conditions[0].met is False


def test_articles_name_whether_they_are_verified(petition: Petition) -> None:
    assert petition.suggestion is not None
    petition.suggestion.proposal["action"]["basis"] = [{"act": "Luật A", "article": "7", "verified": False}]
    line = next(line for line in view_of(petition).lines if line.id == "action")
    assert line.basis == (("Điều 7 Luật A", False),)


def test_no_suggestion_no_view() -> None:
    assert proposal_view(Petition(text="")) is None


def test_spans_of_an_empty_proposal() -> None:
    assert spans_of({}) == []


@pytest.mark.parametrize(
    ("article", "cited"),
    [
        ("7", "Điều 7 Luật A"),
        ("36.1", "khoản 1 Điều 36 Luật A"),
        ("6.2.a", "điểm a khoản 2 Điều 6 Luật A"),
        ("41–43", "Điều 41–43 Luật A"),
        ("chưa rõ điều", "Luật A (chưa rõ điều)"),
        ("", "Luật A"),
    ],
)
def test_articles_are_cited_as_offices_do(article: str, cited: str) -> None:
    assert article_of("Luật A", article) == cited
