from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import body_text, fold, read_text
from nlp.fold import capitals_tell
from nlp.softlines import join_soft_lines
from tests.nlp.wrapping import WIDTHS, some_letters, tidy, wrap

SCANNED = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 28 tháng 10 năm 2026
ĐƠN KHIẾU NẠI
Về việc tính sai diện tích bồi thường khi thu hồi đất mở ngõ 165
Kính gửi: Chủ tịch Ủy ban nhân dân phường Đống Đa, thành phố Hà
Nội
Tôi là Phùng Thị Ánh, sinh năm 1959, căn cước số 000159027731, hiện ở số 18
ngách 22 ngõ 165 phố Thái Hà, phường Đống Đa. Điện thoại 0900 000 731.
Tôi khiếu nại Quyết định số 874/QĐ-UBND ngày 19/10/2026 của Ủy ban nhân
dân phường Đống Đa về việc phê duyệt phương án bồi thường, hỗ trợ khi mở
rộng ngõ 165.
Tôi yêu cầu:
1. Kiểm tra lại nguồn gốc đất của tôi và tính đủ phần đất đã bị bỏ ra khỏi
phương án;
2. Tính lại giá trị gian bán hàng.
Tôi cam đoan những điều trên là đúng sự thật.
Người khiếu nại
Phùng Thị Ánh
"""


def joined(text):
    return join_soft_lines(text, capitals_tell(text))


def feeds_kept(text):
    """The first words of the lines that are left."""
    return [" ".join(line.split()[:2]) for line in joined(text).splitlines() if line]


def test_a_scanned_letter():
    assert feeds_kept(SCANNED) == [
        "CỘNG HÒA", "Độc lập", "Hà Nội,", "ĐƠN KHIẾU", "Về việc", "Kính gửi:", "Tôi là", "Tôi khiếu",
        "Tôi yêu", "1. Kiểm", "2. Tính", "Tôi cam", "Người khiếu", "Phùng Thị",
    ]  # fmt: skip


def test_an_issuer_cut_at_the_end_of_the_line_is_read_whole():
    (decision,) = read_text(SCANNED)._.decisions
    assert decision.issuer == "Ủy ban nhân dân phường Đống Đa"
    assert SCANNED[decision.start : decision.end] == "874/QĐ-UBND"


@pytest.mark.parametrize(
    "text",
    [
        # Addressees, one a line and all about as long as the longest.
        "Kính gửi:\n- Ủy ban nhân dân thành phố Hà Nội;\n- Ủy ban nhân dân phường Đống Đa;\n- Thanh tra thành phố Hà Nội.\n",
        "Kính gửi: Ông Chủ tịch UBND thành phố Hà Nội\nÔng Chủ tịch UBND phường Đống Đa\nTôi tên là Nguyễn Văn An, ở tổ 5.\n",
        # Lines of a telephone message are short, whatever they say.
        "phường ơi cho hỏi\nnhà em ở ngõ 5\nđêm nào quán cũng ồn\nxử lý giúp em với\n",
        # A signature block.
        "Hà Nội, ngày 27 tháng 7 năm 2026\nNgười làm đơn\n(ký, ghi rõ họ tên)\nNguyễn Văn An\n",
        # Paragraphs of their own length, each ending in a full stop.
        "Nhà tôi ở số 5 ngõ 8 Láng, ngay cạnh công trường đang xây dựng.\nHọ đổ đất ra ngõ từ tháng trước, ai đi qua cũng bị bẩn quần áo.\n",
        # A page number amid a sentence.
        "Tôi đề nghị Ủy ban nhân dân phường kiểm tra việc xây dựng của\n- 2 -\nnhà bên cạnh và trả lời cho tôi bằng văn bản theo quy định.\n",
    ],
)
def test_hard_line_feeds_stay(text):
    assert joined(text) == text


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Tôi đề nghị Ủy ban nhân dân phường kiểm tra việc xây dựng trái phép của ông", "Nguyễn Văn Bình"),
        ("toi de nghi uy ban nhan dan phuong kiem tra viec xay dung trai phep cua nha", "so 12 cung ngo"),
        (
            "Chúng tôi là các hộ từ số 14 đến số 30 phố Thái Thịnh, thuộc Tổ dân phố số",
            "8. Nhà tôi ở đầu ngõ",
        ),
        ("TÔI KHIẾU NẠI VIỆC THU HỒI ĐẤT CỦA GIA ĐÌNH TÔI MÀ KHÔNG BỒI THƯỜNG THEO", "QUY ĐỊNH CỦA LUẬT"),
    ],
)
def test_a_sentence_goes_on_in_the_next_line(first, second):
    assert joined(f"{first}\n{second}") == f"{first} {second}"


@given(st.text(st.sampled_from("aĐ .:;,-\n1(")), st.booleans())
def test_only_line_feeds_become_blanks(text, tell):
    after = join_soft_lines(text, tell)
    assert len(after) == len(text)
    assert all(b == a or (a == "\n" and b == " ") for a, b in zip(text, after, strict=True))


@pytest.mark.parametrize(("width", "joined_floor", "kept_floor"), [(45, 0.98, 0.98), (95, 0.97, 0.99)])
def test_soft_feeds_are_told_from_hard_ones(width, joined_floor, kept_floor):
    """Measured on all 390 letters: 45 → 0.986 and 0.986, 95 → 0.979 and 0.994."""
    count: Counter[tuple[bool, bool]] = Counter()
    for letter in some_letters(400):
        text = tidy(letter.text)
        wrapped = wrap(text, width)
        for was, now, then in zip(text, joined(wrapped), wrapped, strict=True):
            if then == "\n":
                count[was == " ", now == " "] += 1
    assert count[True, True] / (count[True, True] + count[True, False]) >= joined_floor
    assert count[False, False] / (count[False, True] + count[False, False]) >= kept_floor


def facts(text):
    doc = read_text(text)
    return {
        "petitioners": sorted(person.name for person in doc._.petitioners),
        "respondents": sorted(person.name for person in doc._.respondents),
        "decisions": [(one.number, one.date, one.issuer) for one in doc._.decisions],
        "addressees": [(" ".join(one.text.split()), one.code) for one in doc._.addressees],
        "written_on": doc._.written_on,
        "body": Counter(fold(" ".join(text[start:end] for start, end in body_text(doc))).split()),
    }


def same_words(one, other):
    """F1 of two bags of words."""
    return 2 * (one & other).total() / max((one + other).total(), 1)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_wrapped_letter_says_the_same(width):
    """Measured without this module at width 45: body 0.59, addressees 0.69, petitioners 0.92."""
    letters = some_letters(120)
    agree: Counter[str] = Counter()
    for letter in letters:
        plain, wrapped = facts(tidy(letter.text)), facts(wrap(tidy(letter.text), width))
        agree["body"] += same_words(plain.pop("body"), wrapped.pop("body")) >= 0.98
        agree.update(name for name in plain if plain[name] == wrapped[name])
    share = {name: count / len(letters) for name, count in agree.items()}
    floors = {
        "petitioners": 0.98,
        "respondents": 0.98,
        "decisions": 0.98,
        "addressees": 0.96,
        "written_on": 0.98,
    }
    assert {name: share[name] for name in floors if share[name] < floors[name]} == {}
    assert share["body"] >= 0.95


def test_the_unwrapped_letter_keeps_the_offsets_of_the_input():
    first, second = (
        "Tôi đề nghị Ủy ban nhân dân phường kiểm tra việc xây dựng của",
        "nhà bên cạnh.\r\nTrân trọng.",
    )
    for feed in ("\n", "\r\n", "\n\f\n"):
        doc = read_text(f"\ufeff{first}{feed}{second}")
        assert doc._.unwrapped == f"\ufeff{first}{' ' * len(feed)}{second}"
