"""Every problem that reading can meet: its code, and the Vietnamese sentence for the clerk.

    ReadError               stops the file (or the part, or the page) that is being read
    └─ its `code` is a key of KINDS; nothing else of the file is in the exception

`docs/problems.md` lists the same codes; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass

from ingest.document import Problem


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem; `message` may hold `{name}` or `{count}`, filled in by `problem`."""

    message: str
    fatal: bool


KINDS: dict[str, Kind] = {
    # The whole file
    "empty_file": Kind("Tệp rỗng, không có nội dung. Hãy quét hoặc gửi lại.", True),
    "too_large_file": Kind(
        "Tệp quá lớn ({count} MB). Hãy chia thành nhiều tệp nhỏ hoặc quét lại ở 200–300 dpi.", True
    ),
    "unsupported_type": Kind(
        "Chưa đọc được loại tệp này. Hãy lưu lại thành PDF, JPEG, PNG, TIFF, DOCX hoặc TXT rồi gửi lại.", True
    ),
    "old_word": Kind(
        "Đây là tệp Word đời cũ (.doc). Hãy mở bằng Word, lưu lại thành .docx rồi gửi lại.", True
    ),
    "wrong_type": Kind(
        "Tên tệp không đúng với nội dung (thực ra là {name}). Đã đọc theo nội dung; hãy xem lại bản gốc.",
        False,
    ),
    "corrupt": Kind("Tệp bị hỏng, không mở được. Hãy xin lại tệp hoặc quét lại.", True),
    "truncated": Kind("Tệp bị cụt, thiếu phần cuối. Hãy tải lên lại hoặc quét lại.", True),
    "maybe_truncated": Kind("Tệp có thể bị thiếu phần cuối. Hãy so với bản gốc xem đã đủ trang chưa.", False),
    "encrypted": Kind("Tệp có mật khẩu. Hãy xin người gửi tệp không đặt mật khẩu.", True),
    "no_pages": Kind("Tệp không có trang nào. Hãy xin lại tệp hoặc quét lại.", True),
    "too_many_pages": Kind(
        "Tệp có {count} trang, chỉ đọc các trang đầu. Hãy chia tệp ra để đọc phần còn lại.", False
    ),
    "zip_bomb": Kind("Tệp nén phình ra quá lớn, không mở vì lý do an toàn. Hãy xin lại tệp.", True),
    "unknown_encoding": Kind("Không rõ bảng mã của tệp chữ, có thể sai dấu. Hãy so với bản gốc.", False),
    "no_text": Kind("Không đọc được chữ nào trong tệp. Hãy xem bản gốc và quét lại nếu cần.", True),
    "not_vietnamese": Kind("Nội dung có vẻ không phải tiếng Việt. Hãy chuyển người đọc được.", False),
    # One page
    "too_large_image": Kind("Hình quá lớn, không mở vì lý do an toàn. Hãy quét lại ở 200–300 dpi.", True),
    "blank_page": Kind("Trang trắng. Nếu bản gốc có chữ, hãy quét lại.", False),
    "no_words": Kind("Trang có nét mực hoặc hình nhưng không đọc được chữ. Hãy xem bản gốc.", False),
    "low_quality": Kind("Chữ mờ hoặc khó đọc: cần người đọc lại bản gốc.", False),
    "cut_off": Kind(
        "Nhiều dòng chữ chạm mép ảnh, có thể thiếu chữ. Hãy so với bản gốc, cần thì chụp lại cả tờ.", False
    ),
    "page_failed": Kind("Không đọc được trang này. Hãy xem bản gốc hoặc quét lại trang.", True),
    # E-mail
    "empty_email": Kind("Thư điện tử không có nội dung và không có tệp kèm đọc được.", True),
    "unreadable_attachment": Kind(
        "Không đọc được tệp kèm “{name}”. Hãy mở xem, cần thì xin người gửi tệp khác.", False
    ),
    "too_many_parts": Kind("Thư có quá nhiều tệp kèm, chỉ đọc các tệp đầu. Hãy mở thư để xem hết.", False),
    # The machine
    "timeout": Kind("Đọc quá lâu nên đã dừng. Hãy thử lại, hoặc quét lại tệp.", True),
    "out_of_memory": Kind("Tệp cần quá nhiều bộ nhớ nên đã dừng. Hãy quét lại ở 200–300 dpi.", True),
    "crashed": Kind("Chương trình đọc bị dừng đột ngột. Hãy thử lại; vẫn lỗi thì xem bản gốc.", True),
    "engine_missing": Kind(
        "Máy chưa cài bộ nhận dạng chữ tiếng Việt (Tesseract). Hãy báo người quản trị.", True
    ),
}


class ReadError(Exception):
    """A part of the file cannot be read; `code` is a key of KINDS."""

    def __init__(self, code: str, count: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.count = count

    def problem(self, page: int | None = None) -> Problem:
        """The problem as it is reported to people."""
        return problem(self.code, page=page, count=self.count)


def problem(
    code: str,
    *,
    page: int | None = None,
    name: str = "",
    count: int | None = None,
    fatal: bool | None = None,
) -> Problem:
    """A `Problem` of the kind `code`; KeyError for a code that is not in KINDS."""
    kind = KINDS[code]
    message = kind.message.format(name=name, count=count)
    return Problem(code, message, page, kind.fatal if fatal is None else fatal)
