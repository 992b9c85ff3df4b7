import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import body_spans, body_text, fold, read_text
from tests.nlp.letters import FORMAL, GROUP, NO_TONES


def labelled(text):
    doc = read_text(text)
    return {span.label_: " ".join(span.text.split()) for span in reversed(list(doc.spans["sections"]))}


def label_of(text, words):
    doc = read_text(text)
    at = doc.text.index(words)
    found = [s.label_ for s in doc.spans["sections"] if s.start_char <= at < s.end_char]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Độc lập", "header"),
        ("ĐƠN KHIẾU NẠI", "title"),
        ("(V/v không", "title"),
        ("Thanh tra thành phố", "addressees"),  # second line of the list
        ("Tôi tên là", "sender"),
        ("CCCD số", "sender"),
        ("Thường trú", "sender"),
        ("Người bị khiếu nại", "respondent"),
        ("Ngày 12/01/2026 tôi nhận", "body"),
        ("Tôi đã gửi đơn hai lần", "history"),
        ("Tôi đề nghị", "request"),
        ("2. Tính lại", "request"),  # list under the request
        ("Tôi xin cam đoan", "affirmation"),
        ("chân thành cảm ơn", "closing"),
        ("Hà Nội, ngày 20", "signature"),
        ("NGƯỜI KHIẾU NẠI\n", "signature"),  # not "Người khiếu nại: …" of the head
        ("Tài liệu gửi kèm", "attachments"),
    ],
)
def test_parts_of_a_formal_letter(words, label):
    assert label_of(FORMAL, words) == label


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("kinh gui", "addressees"),
        ("toi ten la", "sender"),
        ("ngay 20/10/2025", "body"),
        ("de nghi ong", "request"),
        ("toi xin cam doan", "affirmation"),
        ("nguoi khieu nai", "signature"),
    ],
)
def test_parts_without_diacritics(words, label):
    assert label_of(NO_TONES, words) == label


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("C0NG HÒA XÃ HỌI CHỦ NGHlA VIỆT NAM", "header"),  # zero, wrong tone, l for I
        ("Kinh gữi: UBND phường Láng", "addressees"),  # wrong tones
        ("KÍNH GỦI: UBND phường Láng", "addressees"),
        ("ĐƠN KHIÊU NAI", "title"),  # lost tones
    ],
)
def test_noise_in_the_head(line, label):
    assert label_of(f"{line}\nTôi là Lê Văn An.\nNhà bên cạnh xây lấn sang đất nhà tôi.", line) == label


@pytest.mark.parametrize("line", ["Ngưởi lam đơn", "NGƯƠI VIẾT ĐON", "(Ký, ghì rõ họ tên)"])
def test_noise_at_the_end(line):
    text = "Tôi là Lê Văn An.\n" + "Nhà bên cạnh xây lấn sang đất nhà tôi.\n" * 4 + f"{line}\nLê Văn An"
    assert label_of(text, line) == "signature"


def test_one_breath_is_cut_inside_the_line():
    text = (
        "Kính gửi UBND phường Láng, tôi là Lê Văn An ở ngõ 9, tôi xin phản ánh việc đổ rác ra đường,"
        " mong phường xử lý sớm, xin cảm ơn"
    )
    parts = labelled(text)
    assert parts["addressees"].startswith("Kính gửi UBND phường Láng")
    assert parts["sender"].startswith("tôi là Lê Văn An")
    assert parts["body"].startswith("tôi xin phản ánh")
    assert parts["closing"] == "xin cảm ơn"


def test_a_wrapped_assurance_stays_one():
    text = (
        "Tôi là Lê Văn An.\nHàng xóm đổ rác ra ngõ, mùi hôi bay khắp nơi, tôi đã nhắc nhiều lần.\n"
        "Tôi xin cam đoan những nội dung trên là đúng sự thật và hoàn toàn chịu\n"
        "trách nhiệm trước pháp luật về nội dung đơn."
    )
    assert label_of(text, "trách nhiệm trước pháp luật") == "affirmation"


def test_responsibility_of_others_is_content():
    text = "Tôi là Lê Văn An.\nCông ty phải chịu trách nhiệm về việc xả thải ra hồ.\nMong phường kiểm tra."
    assert label_of(text, "Công ty phải chịu") in ("body", "request")


def test_the_mailroom_stamp():
    text = "CÔNG VĂN ĐẾN\nSố: 412\nNgày: 14/3/2026\n" + FORMAL
    assert label_of(text, "Số: 412") == "mail_marks"
    assert label_of(text, "ĐƠN KHIẾU NẠI") == "title"


def test_content_holds_no_boilerplate():
    doc = read_text(FORMAL)
    content = " ".join(FORMAL[start:end] for start, end in body_text(doc))
    for gone in (
        "CỘNG HÒA",
        "Kính gửi",
        "000162000123",
        "cam đoan",
        "cảm ơn",
        "Trần Thị Bích Hà",
        "ĐƠN KHIẾU",
    ):
        assert gone not in content
    for kept in ("Người bị khiếu nại", "Giá bồi thường", "đã gửi đơn hai lần", "Tính lại giá"):
        assert kept in content


def test_the_title_can_stay():
    doc = read_text(FORMAL)
    assert any("phương án bồi thường)" in span.text for span in body_spans(doc, title=True))


MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
END = "\nXin trân trọng cảm ơn!\nNgười làm đơn\n"
STORY = "Tôi là Lê Văn An, ở số 9 phố Láng.\nHàng xóm xây nhà làm nứt tường nhà tôi từ tháng Ba.\nĐề nghị phường kiểm tra."


@pytest.mark.parametrize("text", [STORY, GROUP, FORMAL, NO_TONES])
@pytest.mark.parametrize(("before", "after"), [(MOTTO, ""), ("", END), (MOTTO, END)])
def test_more_boilerplate_does_not_change_the_content(text, before, after):
    def content(letter):
        return " ".join(fold(span.text) for span in body_spans(read_text(letter)))

    plain, dressed = content(text), content(before + text + after)
    assert set(dressed.split()) ^ set(plain.split()) == set()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*FORMAL.split("\n"), *GROUP.split("\n"), "???", "\f", "a" * 300]), max_size=30)
)
def test_sections_never_overlap(lines):
    doc = read_text("\n".join(lines))
    ends = 0
    for span in doc.spans["sections"]:
        assert span.start_char >= ends
        ends = span.end_char


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read(text):
    doc = read_text(text)
    for start, end in body_text(doc):
        assert 0 <= start <= end <= len(text)


def test_what_the_scanner_saw_above_the_state_name_is_no_story():
    text = "La\nSẻ Ssldz FH wl am\n" + FORMAL
    assert label_of(text, "Ssldz") == "header"
    assert label_of(text, "Kính gửi") == "addressees"
