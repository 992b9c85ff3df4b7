"""The stage of a matter: what a letter says of itself."""

from __future__ import annotations

import pytest

from models.corpus import load_letters
from models.metrics import accuracy
from models.proposal import PetitionType, Stage
from models.stage import stage_of
from nlp import read_text

C, D, R = PetitionType.COMPLAINT, PetitionType.DENUNCIATION, PetitionType.RECOMMENDATION


@pytest.mark.parametrize(
    ("kind", "text", "stage"),
    [
        (C, "Tôi khiếu nại Quyết định số 12/QĐ-UBND phạt tôi hai triệu đồng.", Stage.FIRST),
        (C, "ĐƠN KHIẾU NẠI LẦN HAI\nTôi không phục, đề nghị xem xét lại.", Stage.SECOND),
        (C, "Tôi không đồng ý với Quyết định giải quyết khiếu nại số 5/QĐ-UBND.", Stage.SECOND),
        (C, "Toi khong dong y voi quyet dinh giai quyet khieu nai lan dau.", Stage.SECOND),  # no accents
        (D, "Tôi tố cáo tiếp vì kết luận nội dung tố cáo bỏ sót chứng cứ.", Stage.CONTINUED),
        (D, "ĐƠN KHIẾU NẠI LẦN HAI\nTôi tố cáo ông A nhận tiền.", Stage.FIRST),  # second is for complaints
        (C, "Nay tôi tự nguyện rút toàn bộ đơn khiếu nại trên.", Stage.WITHDRAWAL),
        (D, "Tôi xin rút đơn tố cáo, không ai ép buộc tôi.", Stage.WITHDRAWAL),
        (R, "Nay tôi xin bổ sung tài liệu vào hồ sơ đã nộp: 5 tấm ảnh.", Stage.SUPPLEMENT),
        (R, "Đến nay đã 49 ngày tôi chưa nhận được trả lời, xin cho biết kết quả.", Stage.REMINDER),
        (C, "Thời hạn giải quyết lần đầu đã qua, đề nghị sớm trả lời. Đến nay tôi chưa nhận được trả lời.", Stage.REMINDER),
    ],
)  # fmt: skip
def test_stages(kind: PetitionType, text: str, stage: Stage) -> None:
    assert stage_of(read_text(text), kind)[0] is stage


def test_other_letters_have_no_stage() -> None:
    assert stage_of(read_text("Tôi xin rút đơn"), PetitionType.OTHER) == (None, ())


def test_the_evidence_is_what_stands_in_the_letter() -> None:
    text = "Ngày 3/2, nay tôi tự nguyện rút đơn khiếu nại."
    _, evidence = stage_of(read_text(text), C)
    assert evidence
    assert all(text[one.start : one.end] == one.text for one in evidence)


@pytest.mark.parametrize("author", ["a", "b", "c"])
def test_the_rules_hold_for_every_author(author: str) -> None:
    letters = [letter for letter in load_letters() if letter.author == author]
    said = [stage_of(read_text(letter.text), letter.type)[0] for letter in letters]
    assert accuracy([letter.stage for letter in letters], said) > 0.93
