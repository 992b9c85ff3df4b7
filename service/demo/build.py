"""Makes the file of a letter: typesets, draws, wears and packs it. The same letter gives the same bytes."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP

import numpy as np

from service.demo.letters import Letter
from service.demo.render import STYLES, Scan, Sheet, draw, typeset, wear
from service.demo.render import files as pack
from service.demo.render.stamps import stamp_received

MAIL_DAY = "Mon, 16 Nov 2026 21:14:07 +0700"
MEDIA = {
    ".pdf": ("application", "pdf"),
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".jpg": ("image", "jpeg"),
}


def build(letter: Letter) -> bytes:
    """The bytes of a letter's file. KeyError for a form that is none of `FORMS`."""
    return FORMS[letter.form](letter)


def sheets(letter: Letter) -> list[Sheet]:
    """The letter as set pages."""
    return typeset(letter.text, STYLES[letter.style])


def scans(letter: Letter) -> list[Scan]:
    """The letter as worn pages."""
    return [_scan(letter, sheet) for sheet in sheets(letter)]


def _scan(letter: Letter, sheet: Sheet) -> Scan:
    seed = _seed(f"{letter.id}/{sheet.number}")
    page = draw(sheet, letter.dpi, seed)
    if letter.stamp and sheet.number == 1:
        page = stamp_received(page, np.random.default_rng(seed), 1000 + seed % 900, "16/11/2026")
    return wear(letter.wear, page, seed)


def _seed(name: str) -> int:
    return zlib.crc32(name.encode())


def _mixed_pdf(letter: Letter) -> bytes:
    """The first page typed, the others scanned: a printout with enclosures."""
    first, *others = sheets(letter)
    return pack.mixed_pdf([first, *(_scan(letter, sheet) for sheet in others)])


def _mail(letter: Letter) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = letter.sender
    message["To"] = "tiepnhan@phuongdongda.example"
    message["Subject"] = letter.subject
    message["Date"] = MAIL_DAY
    message["Message-ID"] = f"<{letter.id}@thudientu.example>"
    message.set_content(letter.text)
    for part in letter.attachments:
        kind, subkind = MEDIA["." + part.file.rsplit(".", 1)[-1]]
        message.add_attachment(build(part), kind, subkind, filename=part.file)
    # Otherwise the parts are told apart by a random line.
    message.set_boundary(f"=== {letter.id} ===")
    return message.as_bytes()


def _locked_pdf(letter: Letter) -> bytes:
    """A PDF that asks for a password which nobody knows."""
    number = _seed(letter.id).to_bytes(4, "big").hex()
    owner, user = (number * 8).encode(), (number[::-1] * 8).encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <%b> /U <%b> >>" % (owner, user),
    ]
    data, places = b"%PDF-1.4\n", []
    for index, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (index, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + (
        b"xref\n0 5\n0000000000 65535 f \n%btrailer\n"
        b"<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<%b> <%b>] >>\nstartxref\n%d\n%%%%EOF\n"
        % (table, owner[:32], owner[:32], len(data))
    )


def _truncated_pdf(letter: Letter) -> bytes:
    """The first third of a scanned PDF, as after a broken transfer."""
    whole = pack.scanned_pdf(scans(letter))
    return whole[: len(whole) // 3]


FORMS: dict[str, Callable[[Letter], bytes]] = {
    "scanned-pdf": lambda letter: pack.scanned_pdf(scans(letter)),
    "typed-pdf": lambda letter: pack.typed_pdf(sheets(letter)),
    "mixed-pdf": _mixed_pdf,
    "jpeg": lambda letter: pack.image(scans(letter)[0]),
    "png": lambda letter: pack.image(scans(letter)[0], "PNG"),
    "tiff": lambda letter: pack.group4_tiff(scans(letter)),
    "docx": lambda letter: pack.docx(letter.text),
    "eml": _mail,
    "txt": lambda letter: letter.text.encode(),
    "empty": lambda _letter: b"",
    "truncated-pdf": _truncated_pdf,
    "locked-pdf": _locked_pdf,
}
