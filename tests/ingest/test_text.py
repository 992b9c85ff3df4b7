import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import read_here
from ingest.formats.html import visible_text
from ingest.formats.text import decode
from tests.ingest.paper import LETTER


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    document = read_here(LETTER.encode(encoding), "don.txt")
    assert document.text == LETTER
    assert document.problems == ()


def test_windows_1258_with_its_combining_tones() -> None:
    """cp1258 has no letter "ế", only "ê" and a tone after it; NFC is the next layer's task."""
    assert decode(b"Ti\xea\xecng Vi\xea\xf2t") == (
        "Tie\u0302\u0301ng Vie\u0302\u0323t".replace("e\u0302", "ê"),
        True,
    )


def test_bytes_of_no_encoding_are_read_with_gaps() -> None:
    text, certain = decode(b"Kinh gui \xd2\x81\xf0\x90")
    assert text.startswith("Kinh gui")
    assert isinstance(certain, bool)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_utf8_comes_back(text: str) -> None:
    assert decode(text.encode()) == (text.removeprefix("\ufeff"), True)


def test_line_ends_become_line_feeds() -> None:
    assert decode(b"a\r\nb\rc\n")[0] == "a\nb\nc\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>Kính  gửi</p><p>phường</p>", "Kính gửi\n\nphường"),
        ("<script>a()</script>b<style>c</style>", "b"),
        ("<head><title>x</title><body>thân", "thân"),
        ("<table><tr><td>a<td>b</tr><tr><td>c</table>", "a b\n\nc"),
        ("đ&oacute;&nbsp;l&agrave;", "đó là"),
        ("một<br>hai<br/>ba", "một\nhai\nba"),
        ("không <đóng", "không <đóng"),
    ],
)
def test_visible_text_of_html(source: str, expected: str) -> None:
    assert visible_text(source) == expected
