"""One contract, both engines."""

import numpy as np
import pytest

from ingest.engines import BLOCK, ENGINES, Engine, create
from ingest.engines.tsv import parse
from tests.ingest import paper

TEXT = "Kính gửi Ủy ban nhân dân phường Đống Đa\nĐơn đề nghị giải quyết tranh chấp\nNguyễn Thị Thử Nghiệm"


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return create(request.param)


def test_words_lie_where_they_were_drawn(engine: Engine) -> None:
    drawn = paper.page(TEXT)
    words = engine.recognise(drawn.pixels)
    assert [word.text for word in words] == TEXT.split()
    for found, (_, (x0, y0, x1, y1)) in zip(words, drawn.words, strict=True):
        assert np.abs(np.subtract(found.box, (x0, y0, x1, y1))).max() <= 6
        assert 0.5 < found.confidence <= 1.0


def test_lines_are_told_apart(engine: Engine) -> None:
    words = engine.recognise(paper.page(TEXT).pixels, BLOCK)
    assert len({word.line for word in words}) == 3


def test_empty_page_gives_nothing(engine: Engine) -> None:
    assert engine.recognise(np.full((800, 600), 255, np.uint8)) == []
    assert engine.orientation(np.full((800, 600), 255, np.uint8))[1] < 1


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_orientation_is_the_clockwise_turn_of_the_page(engine: Engine, turn: int) -> None:
    page = np.ascontiguousarray(np.rot90(paper.page().pixels, -turn // 90))
    found, confidence = engine.orientation(page)
    assert found == turn
    assert confidence > 2


def test_version_names_engine_and_library(engine: Engine) -> None:
    assert "tesseract" in engine.version()
    assert any(part.isdigit() for part in engine.version().split("."))


def test_unknown_engine() -> None:
    with pytest.raises(KeyError):
        create("guesswork")


def test_rows_that_are_no_words_are_left_out() -> None:
    header = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    line = "4\t1\t1\t1\t1\t0\t10\t10\t90\t20\t-1\t"
    blank = "5\t1\t1\t1\t1\t1\t10\t10\t9\t20\t95\t "
    word = "5\t1\t2\t1\t3\t2\t30\t10\t40\t20\t96.5\tđơn"
    (found,) = parse("\n".join([header, line, blank, word]))
    assert (found.text, found.box, found.confidence) == ("đơn", (30, 10, 70, 30), 0.965)
    assert (found.line, found.block) == ((2, 1, 3), 2)
