"""Messages for the mailbox: invented letters, with and without attachments, broken ones, automatic ones."""

from __future__ import annotations

from email.message import EmailMessage

LETTER = (
    "Kính gửi: UBND phường Đống Đa\nTôi là Trần Thị Thử, ở ngõ 12 phường Đống Đa. Tôi đề nghị phường sửa nắp cống "
    "vỡ trước cổng trường, vì mấy hôm nay trời mưa trẻ con đi học rất nguy hiểm.\nNgười viết đơn\nTrần Thị Thử\n"
)


def letter(number: int = 1, *, attachments: int = 0, body: str = LETTER) -> bytes:
    message = _headed(number, f"Đơn kiến nghị số {number}/2026")
    message.set_content(f"{body}\nSố thư: {number}\n")
    for index in range(attachments):
        text = f"Tài liệu kèm {index} của thư {number}. " * 20
        message.add_attachment(text.encode(), maintype="text", subtype="plain", filename=f"kèm {index}.txt")
    return message.as_bytes().replace(b"\n", b"\r\n")


def empty(number: int = 90) -> bytes:
    message = _headed(number, "")
    message.set_content(" \n")
    return message.as_bytes().replace(b"\n", b"\r\n")


def auto_reply(number: int = 91) -> bytes:
    message = _headed(number, "Trả lời tự động")
    message["Auto-Submitted"] = "auto-replied (vacation)"
    message.set_content("Tôi đang nghỉ phép.\n")
    return message.as_bytes().replace(b"\n", b"\r\n")


def web_form(number: int = 92) -> bytes:
    message = _headed(number, "Gửi từ trang thông tin")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(LETTER)
    return message.as_bytes().replace(b"\n", b"\r\n")


def bounce() -> bytes:
    return (
        b"From: MAILER-DAEMON@mail.example\r\nMessage-ID: <b1@mail.example>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n'
        b"--x\r\nContent-Type: text/plain\r\n\r\nUser unknown\r\n"
        b"--x\r\nContent-Type: message/delivery-status\r\n\r\nStatus: 5.1.1\r\n\r\n--x--\r\n"
    )


def broken() -> bytes:
    """A boundary that never comes, bytes that are no text, a header that is no header."""
    return (
        b"From: =?utf-8?b?////?= <a@mail.example>\r\nSubject: =?broken?x?=\r\nMessage-ID: <broken@mail.example>\r\n"
        b'Content-Type: multipart/mixed; boundary="never"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        b"\xff\xfe\x00\x81 Kinh gui UBND phuong, toi xin trinh bay \x00\r\n--neve\r\n"
    )


def _headed(number: int, subject: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Trần Thị Thử <thu@cong-dan.example>"
    message["To"] = "donthu@phuong.example"
    if subject:
        message["Subject"] = subject
    message["Message-ID"] = f"<{number}@cong-dan.example>"
    return message
