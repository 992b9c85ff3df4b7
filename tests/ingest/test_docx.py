import io
import zipfile

import docx
from docx.shared import Inches

from ingest import Method, read_here
from tests.ingest import paper

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: object) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def raw(body: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
    return target.getvalue()


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_paragraphs_tables_header_and_footer_in_reading_order() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "UBND PHƯỜNG ĐỐNG ĐA"
    document.sections[0].footer.paragraphs[0].text = "Trang cuối"
    document.add_paragraph("ĐƠN KHIẾU NẠI")
    table = document.add_table(2, 2)
    for row, texts in zip(
        table.rows, [("Họ tên", "Nguyễn Thị Thử"), ("Điện thoại", "0900 000 123")], strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("Kính gửi: Ủy ban nhân dân phường")
    found = read_here(saved(document), "a.docx")
    assert [page.method for page in found.pages] == [Method.TYPED]
    assert found.text.split("\n") == [
        "UBND PHƯỜNG ĐỐNG ĐA",
        "ĐƠN KHIẾU NẠI",
        "Họ tên\tNguyễn Thị Thử",
        "Điện thoại\t0900 000 123",
        "Kính gửi: Ủy ban nhân dân phường",
        "Trang cuối",
    ]
    assert all(word.confidence == 1.0 and word.box is None for word in found.pages[0].words)
    assert found.problems == ()


def test_runs_tabs_and_breaks() -> None:
    body = (
        f"<w:p>{run('Kính ')}{run('gửi')}<w:r><w:tab/><w:t>phường</w:t><w:br/><w:t>Đống Đa</w:t></w:r></w:p>"
    )
    assert read_here(raw(body), "a.docx").text == "Kính gửi\tphường\nĐống Đa"


def test_deleted_text_and_field_codes_are_not_text() -> None:
    body = (
        f"<w:p><w:del>{run('bỏ đi')}</w:del><w:ins>{run('thêm vào')}</w:ins>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    assert read_here(raw(body), "a.docx").text == "thêm vào"


def test_text_box_is_read_once() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent><w:p>{run('trong khung')}</w:p></w:txbxContent>"
    twice = f"<mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert (
        read_here(raw(f"<w:p>{run('ngoài')}<w:r>{twice}</w:r></w:p>"), "a.docx").text == "ngoài\ntrong khung"
    )


def test_scan_that_was_pasted_into_word_is_recognised() -> None:
    document = docx.Document()
    scan = paper.file(paper.page("Kính gửi Ủy ban nhân dân phường Đống Đa", dpi=150).pixels, dpi=150)
    document.add_picture(io.BytesIO(scan), width=Inches(6))
    found = read_here(saved(document), "scan.docx")
    assert [page.method for page in found.pages] == [Method.OCR]
    assert found.text == "Kính gửi Ủy ban nhân dân phường Đống Đa"


def test_logo_is_no_page() -> None:
    document = docx.Document()
    document.add_paragraph("Kính gửi phường")
    document.add_picture(io.BytesIO(paper.file(paper.page("", dpi=20).pixels)))
    assert len(read_here(saved(document), "a.docx").pages) == 1
