import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nlp
from nlp import pipeline, read_text
from nlp.language import COMPONENTS
from tests.nlp.letters import DENUNCIATION, FORMAL, GROUP, NO_TONES


def test_public_names_are_sorted_and_exist():
    assert nlp.__all__ == sorted(nlp.__all__)
    assert all(hasattr(nlp, name) for name in nlp.__all__)


def test_components_and_what_they_need():
    language = pipeline()
    assert tuple(language.pipe_names) == COMPONENTS
    assert not any(language.analyze_pipes()["problems"].values())


def test_one_pipeline_for_all_threads():
    with ThreadPoolExecutor(8) as pool:
        assert len({id(p) for p in pool.map(lambda _: pipeline(), range(16))}) == 1


def test_threads_read_alike():
    letters = [FORMAL, GROUP, NO_TONES, DENUNCIATION] * 4
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: [p.name for p in read_text(text)._.people], letters))
    assert found[:4] * 4 == found


@pytest.mark.parametrize("change", [
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: text.replace("\n", "\r\n"),
    lambda text: "\ufeff" + text.replace(" ", "\u00a0"),
    lambda text: text.replace("i", "i\u00ad"),
])  # fmt: skip
@pytest.mark.parametrize("letter", [FORMAL, GROUP, DENUNCIATION])
def test_the_carrier_changes_nothing_but_offsets(letter, change):
    plain, other = read_text(letter), read_text(change(letter))
    for name in ("facts", "dates", "places", "agencies", "addressees", "decisions", "people"):
        left, right = getattr(plain._, name), getattr(other._, name)
        assert len(left) == len(right)
        for one, two in zip(left, right, strict=True):
            inside = change(letter)[two.start : two.end]
            assert nlp.fold(unicodedata.normalize("NFC", inside.replace("\u00ad", ""))).split() == (
                nlp.fold(letter[one.start : one.end]).split()
            )


@settings(max_examples=100, deadline=None)
@given(
    st.text(st.sampled_from("aÀđĐ 019/.-:,;()\nọếtỹ"), max_size=150),
    st.sampled_from([FORMAL, GROUP, NO_TONES]),
    st.integers(0, 600),
)
def test_noise_inside_a_letter_breaks_nothing(noise, letter, at):
    text = letter[:at] + noise + letter[at:]
    doc = read_text(text)
    for name in ("facts", "dates", "places", "agencies", "addressees", "decisions", "people"):
        for mention in getattr(doc._, name):
            assert 0 <= mention.start < mention.end <= len(text)


def test_the_empty_text():
    doc = read_text("")
    assert doc.text == ""
    assert doc._.petitioners == []
    assert doc._.written_on is None
