"""E-mail messages: the body first, then every attachment as further pages."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.policy import default as modern
from typing import cast

from ingest.formats import html, open_bytes
from ingest.formats import text as plain
from ingest.problems import ReadError, problem
from ingest.sheets import Desk, Opened, TypedSheet

_HEADERS = ("subject", "from", "to", "date", "message-id")


def open_file(data: bytes, desk: Desk, part: str | None, depth: int = 1) -> Opened:
    """A typed sheet for the body and the sheets of the attachments; `meta` holds the main headers.

    Without text and readable attachments it has no sheets and the problem "empty_email".
    """
    message = message_from_bytes(data, policy=modern)
    opened = Opened(meta=_meta(message))
    body = _body(message)
    if body.strip():
        opened.sheets.append(TypedSheet(body, part))
    for index, attachment in enumerate(_attachments(message)):
        if index >= desk.limits.mail_parts:
            opened.problems.append(problem("too_many_parts"))
            break
        _append(opened, attachment, desk, part, depth)
    if not opened.sheets:
        opened.problems.append(problem("empty_email"))
    return opened


def _append(opened: Opened, attachment: Message, desk: Desk, part: str | None, depth: int) -> None:
    name = _name(attachment)
    label = f"{part} › {name}" if part else name
    try:
        inner = _open(attachment, name, label, desk, depth)
    except Exception:  # noqa: BLE001  # any library may fail on a hostile attachment; the letter goes on
        opened.problems.append(problem("unreadable_attachment", name=label))
        return
    opened.sheets += inner.sheets
    opened.problems += inner.problems


def _open(attachment: Message, name: str, label: str, desk: Desk, depth: int) -> Opened:
    if attachment.get_content_type() == "message/rfc822":
        if depth >= desk.limits.mail_depth:
            raise ReadError("unsupported_type")
        nested = cast("list[Message]", attachment.get_payload())
        return open_file(nested[0].as_bytes(), desk, label, depth + 1)
    data = attachment.get_payload(decode=True)
    if not isinstance(data, bytes):
        raise ReadError("corrupt")
    opened = open_bytes(data, name, desk, label)
    fatal = [replace(item, fatal=False) for item in opened.problems]
    return replace(opened, problems=fatal)


def _meta(message: Message) -> dict[str, str]:
    return {key: value for key in _HEADERS if (value := _header(message, key))}


def _header(message: Message, key: str) -> str:
    """A header as text; broken encodings are shown as they came."""
    try:
        value = str(message.get(key, ""))
        return str(make_header(decode_header(value))) if "=?" in value else value
    except (ValueError, LookupError, TypeError, IndexError, AttributeError):
        raw = dict(message.raw_items()).get(key, "")
        return str(raw).encode("ascii", "replace").decode("ascii")


def _body(message: EmailMessage) -> str:
    """The written text: plain where there is one, else the visible text of the web form."""
    texts = [part for part in _leaves(message) if not _is_attached(part)]
    for wanted in ("text/plain", "text/html"):
        found = [_decoded(part) for part in texts if part.get_content_type() == wanted]
        joined = "\n\n".join(piece for piece in found if piece.strip())
        if joined:
            return joined if wanted == "text/plain" else html.visible_text(joined)
    return ""


def _leaves(message: Message) -> list[Message]:
    """Parts that hold content, not looking into attached messages."""
    if message.get_content_type() == "message/rfc822":
        return [message]
    if not message.is_multipart():
        return [message]
    parts = cast("list[Message]", message.get_payload())
    return [leaf for part in parts for leaf in _leaves(part)]


def _attachments(message: Message) -> list[Message]:
    return [part for part in _leaves(message) if _is_attached(part)]


def _is_attached(part: Message) -> bool:
    if part.get_content_disposition() == "attachment" or part.get_content_type() == "message/rfc822":
        return True
    # An inline picture may be the letter itself: telephones send scans that way.
    return part.get_content_maintype() not in {"text", "multipart"}


def _decoded(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        return data.decode(part.get_content_charset() or "utf-8").replace("\r\n", "\n")
    except (LookupError, UnicodeDecodeError):
        return plain.decode(data)[0]


def _name(part: Message) -> str:
    try:
        name = part.get_filename()
    except (ValueError, LookupError, TypeError):
        name = None
    return name or f"tệp kèm {part.get_content_type()}"
