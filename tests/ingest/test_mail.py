from email.message import EmailMessage

import pytest

from ingest import Method, read_here
from ingest.drawing import draw_here
from tests.faults import files
from tests.ingest import paper

SCAN = paper.file(paper.page("Đơn tố cáo lấn chiếm vỉa hè", dpi=150).pixels, dpi=150)


def mail(
    body: str | None = "Kính gửi quý cơ quan,\nTôi gửi đơn kèm theo.", subject: str = "Đơn khiếu nại"
) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Nguyễn Thị Thử <thu@hop-thu.example>"
    message["To"] = "tiepdan@phuong.example"
    message["Subject"] = subject
    message["Date"] = "Mon, 01 Sep 2025 08:00:00 +0700"
    if body is not None:
        message.set_content(body)
    return message


def attach(
    message: EmailMessage, data: bytes, name: str, kind: str = "application/octet-stream"
) -> EmailMessage:
    main, sub = kind.split("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message


def test_body_headers_and_attachment() -> None:
    document = read_here(attach(mail(), SCAN, "bản chụp đơn.png").as_bytes(), "thu.eml")
    assert document.meta["subject"] == "Đơn khiếu nại"
    assert document.meta["from"] == "Nguyễn Thị Thử <thu@hop-thu.example>"
    assert document.meta["date"].startswith("Mon, 01 Sep 2025")
    assert [(page.number, page.method, page.part) for page in document.pages] == [
        (1, Method.TYPED, None),
        (2, Method.OCR, "bản chụp đơn.png"),
    ]
    assert document.pages[0].text.strip() == "Kính gửi quý cơ quan,\nTôi gửi đơn kèm theo."
    assert document.pages[1].text == "Đơn tố cáo lấn chiếm vỉa hè"
    assert document.problems == ()


def test_pages_of_attachments_are_drawn_by_their_number() -> None:
    data = attach(mail(), SCAN, "a.png").as_bytes()
    assert draw_here(data, "thu.eml", 1, 60, 0) is None
    assert (draw_here(data, "thu.eml", 2, 60, 0) or b"").startswith(b"\x89PNG")
    assert draw_here(data, "thu.eml", 3, 60, 0) is None


def test_html_body_is_read_where_there_is_no_other() -> None:
    message = mail(None)
    message.set_content(
        "<html><style>p{}</style><p>Kính gửi&nbsp;phường</p><p>Tôi đề nghị</p></html>", subtype="html"
    )
    assert read_here(message.as_bytes(), "a.eml").text == "Kính gửi phường\n\nTôi đề nghị"


def test_plain_body_is_preferred() -> None:
    message = mail("bản chữ")
    message.add_alternative("<p>bản trang</p>", subtype="html")
    assert read_here(message.as_bytes(), "a.eml").text.strip() == "bản chữ"


def test_unreadable_attachment_is_named_and_the_rest_is_read() -> None:
    message = attach(mail(), SCAN[:300], "hỏng.png")
    attach(message, files.locked_pdf(), "khóa.pdf", "application/pdf")
    attach(message, b"", "rỗng.pdf", "application/pdf")
    attach(message, b"MZ\x00\x01\x02", "la.exe")
    attach(message, SCAN, "tốt.png", "image/png")
    document = read_here(message.as_bytes(), "thu.eml")
    named = [item.message for item in document.problems if item.code == "unreadable_attachment"]
    for name in ("khóa.pdf", "rỗng.pdf", "la.exe"):
        assert any(f"“{name}”" in message for message in named)
    assert document.pages[-1].part == "tốt.png"
    assert document.pages[-1].text == "Đơn tố cáo lấn chiếm vỉa hè"
    assert document.readable


def test_mail_with_unreadable_attachments_only() -> None:
    document = read_here(attach(mail(None), b"MZ\x00", "la.exe").as_bytes(), "thu.eml")
    assert [item.code for item in document.problems] == ["unreadable_attachment", "empty_email"]
    assert document.problems[-1].fatal


@pytest.mark.parametrize(("depth", "read"), [(1, True), (2, True), (5, False)])
def test_forwarded_mails_are_opened_to_a_depth(depth: int, read: bool) -> None:
    message = mail("nội dung gốc", "gốc")
    for level in range(depth):
        outer = mail(f"chuyển tiếp {level}")
        outer.add_attachment(message)
        message = outer
    document = read_here(message.as_bytes(), "thu.eml")
    assert ("nội dung gốc" in document.text) is read
    assert bool(document.problems) is not read


def test_old_charset_and_broken_headers() -> None:
    raw = (
        b"From: =?utf-8?q?Nguy=E1=BB=85n?= <a@b.example>\nSubject: =?x-unknown?b?////?=\nMIME-Version: 1.0\n"
        b"Content-Type: text/plain; charset=x-no-such\n\n" + "Kính gửi phường".encode()
    )
    document = read_here(raw, "a.eml")
    assert document.text == "Kính gửi phường"
    assert document.meta["from"].startswith("Nguyễn")
