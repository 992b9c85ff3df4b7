import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from nlp import pipeline
from nlp.words import _load, _segmenter

underthesea = pytest.importorskip("underthesea")


def words(text):
    doc = pipeline(words=True)(text)
    return [span.text for span in doc.spans["words"]]


def test_words_of_several_syllables():
    assert {"Hôm qua", "khiếu nại"} <= set(words("Hôm qua ủy ban nhân dân đã nhận đơn khiếu nại."))


@pytest.mark.parametrize("text", ["hoà  giải ở   cơ sở", "a\u00a0b\n\n\tc 🙂 d.", "ngày 12/3/2024: 38,6 m²…"])
def test_no_letter_is_lost(text):
    assert "".join("".join(words(text)).split()) == "".join(pipeline()(text).text.split())


def test_eight_threads_may_begin_at_once():
    def read(_):
        return words("Tôi khiếu nại quyết định của ủy ban nhân dân.")

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(read, range(16)))
    assert all(result == results[0] for result in results)


def test_tells_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "underthesea", None)
    monkeypatch.setattr("nlp.words._segmenter", [])
    assert _segmenter is not None
    with pytest.raises(RuntimeError, match="underthesea"):
        _load()
