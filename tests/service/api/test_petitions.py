"""Letters: search, everything about one, pages and their pictures."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image, ImageDraw, ImageFont

from service.settings import settings
from tests.service import letters

Client = Callable[..., TestClient]
Work = Callable[[], None]
FONT = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"


def _scan(text: str) -> bytes:
    """The text as a picture of an A4 page at 150 dpi."""
    sheet = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(sheet).multiline_text((90, 90), text, 0, ImageFont.truetype(FONT, 25), spacing=12)
    packed = io.BytesIO()
    sheet.save(packed, "PNG", dpi=(150, 150))
    return packed.getvalue()


def test_everything_about_a_letter(client: Client, work: Work) -> None:
    clerk = client("clerk")
    (petition,) = letters.file_letters(clerk, work, [letters.complaint("Phùng Thị Thử")])
    found = clerk.get(f"/api/v1/petitions/{petition}").json()
    assert found["now"]["state"] == "review"
    assert found["now"]["type"] == found["suggestion"]["proposal"]["type"]["label"] == "complaint"
    assert found["now"]["petitioner"] == "Phùng Thị Thử"
    assert found["decisions"] == found["handling"] == []
    assert found["suggestion"]["model_version"]
    proposal = found["suggestion"]["proposal"]
    for span in proposal["type"]["evidence"]:
        assert found["text"][span["start"] : span["end"]] == span["text"]


def test_search_finds_exact_tones_first(client: Client, work: Work) -> None:
    clerk = client("clerk")
    stack = [letters.complaint("Lê Thị Hoa", 41), letters.recommendation("Lê Thị Hoà", 52)]
    hoa, hoa_toned = letters.file_letters(clerk, work, stack)

    def ids(**query: object) -> list[int]:
        found = clerk.get("/api/v1/petitions", params=query).json()  # type: ignore[arg-type]
        assert found["total"] >= len(found["hits"])
        return [hit["id"] for hit in found["hits"]]

    assert ids(q="Lê Thị Hoa") == [hoa, hoa_toned]
    assert ids(q="le thi hoa") == sorted([hoa, hoa_toned], reverse=True)
    assert ids(q="Lê Thị Hoa", type="recommendation") == [hoa_toned]
    assert ids(q="không có từ này") == []
    assert ids(state="done") == []
    assert ids(limit=1, offset=1) == [min(hoa, hoa_toned)]
    assert ids(**{"from": "2000-01-01", "to": "2000-12-31"}) == []


def test_search_by_receipt_number(client: Client, work: Work) -> None:
    clerk = client("clerk")
    letters.file_letters(clerk, work, [letters.complaint()])
    number = clerk.get("/api/v1/petitions").json()["hits"][0]["receipt_number"]
    assert clerk.get("/api/v1/petitions", params={"q": number}).json()["total"] == 1


@pytest.mark.parametrize("words", ["'", '"', "a & | ! <->", "\\", "%_", "(", "\u0000x", "-" * 400])
def test_search_survives_any_words(client: Client, words: str) -> None:
    assert client("clerk").get("/api/v1/petitions", params={"q": words}).status_code == 200


def test_pages_of_a_scan_carry_words_and_evidence_and_have_pictures(
    client: Client, work: Work, home: Path
) -> None:
    clerk = client("clerk")
    (petition,) = letters.file_letters(clerk, work, [_scan(letters.complaint().decode())])
    (page,) = clerk.get(f"/api/v1/petitions/{petition}/pages").json()
    assert page["method"] == "ocr"
    assert page["size"] == [pytest.approx(595.2, abs=0.1), pytest.approx(841.9, abs=0.1)]
    boxes = [word["box"] for word in page["words"]]
    assert len(boxes) > 100
    assert page["evidence"]
    words = [tuple(box) for box in boxes]
    assert all(tuple(box) in words for mark in page["evidence"] for box in mark["boxes"])

    url = f"/api/v1/petitions/{petition}/pages/1.png"
    picture = clerk.get(url, params={"dpi": 75})
    assert picture.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(picture.content)).width == pytest.approx(620, abs=2)
    kept = list((home / "cache").rglob("*.png"))
    assert len(kept) == 1
    assert clerk.get(url, params={"dpi": 75}).content == picture.content
    assert picture.headers["cache-control"] == "no-store"


def test_a_picture_is_drawn_once_and_kept(client: Client, work: Work) -> None:
    clerk = client("clerk")
    (petition,) = letters.file_letters(clerk, work, [_scan(letters.complaint().decode())])
    url = f"/api/v1/petitions/{petition}/pages/1.png"
    clerk.get(url)
    (kept,) = settings().cache.rglob("*.png")
    kept.write_bytes(b"from the cache")
    assert clerk.get(url).content == b"from the cache"


def test_typed_pages_have_no_picture(client: Client, work: Work) -> None:
    clerk = client("clerk")
    (petition,) = letters.file_letters(clerk, work, [letters.complaint()])
    (page,) = clerk.get(f"/api/v1/petitions/{petition}/pages").json()
    assert page["picture"] is False
    assert clerk.get(f"/api/v1/petitions/{petition}/pages/1.png").status_code == 404
    assert clerk.get(f"/api/v1/petitions/{petition}/pages/99.png").status_code == 404


def test_pictures_of_sealed_letters_are_kept_by_no_browser(client: Client, work: Work) -> None:
    (petition,) = letters.file_letters(client("clerk"), work, [_scan(letters.denunciation().decode())])
    picture = client("clerk_dn").get(f"/api/v1/petitions/{petition}/pages/1.png")
    assert picture.status_code == 200
    assert picture.headers["cache-control"] == "no-store"
    assert client("clerk").get(f"/api/v1/petitions/{petition}/pages/1.png").status_code == 404


def test_an_unknown_letter_is_not_found(client: Client) -> None:
    answer = client("lead").get("/api/v1/petitions/424242")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
