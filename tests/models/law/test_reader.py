"""Facts read off letters, with the real pipeline."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.law import Body, LetterFacts, Level, assess, facts_from_doc
from models.law.assess import Assessment
from models.office import load_office
from models.proposal import Action, Choice, CompetenceKind, Field, PetitionType, Stage
from models.reading import Reading
from nlp import read_text

OFFICE = load_office()
DAY = date(2026, 8, 3)
HEAD = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
SENDER = "Tôi là Nguyễn Thị Bưởi, sinh năm 1961, trú tại số 9 ngõ 12 phố Thịnh Quang, phường Đống Đa, điện thoại 0900 000 111.\n"
END = "\nTôi xin cam đoan nội dung trên là đúng.\n\nHà Nội, ngày 1 tháng 8 năm 2026\nNgười làm đơn\nNguyễn Thị Bưởi\n"


def facts(
    text: str,
    petition: str = "complaint",
    field: str = "land",
    stage: Stage | None = Stage.FIRST,
    day: date = DAY,
) -> LetterFacts:
    reading = Reading(Choice(petition, 1.0), Choice(field, 1.0), is_mixed=False, parts=(), stage=stage)
    return facts_from_doc(read_text(text), reading, OFFICE, day)


def complaint(body: str, to: str = "Kính gửi: Chủ tịch UBND phường Đống Đa\n") -> str:
    return HEAD + "ĐƠN KHIẾU NẠI\n\n" + to + "\n" + SENDER + "\n" + body + END


def _said(found: Assessment) -> tuple[str, ...]:
    return (*found.reasons, *found.notes)


# the sentence, body, level, place
ISSUERS = [
    ("Tôi khiếu nại Quyết định số 12/QĐ-UBND ngày 10/7/2026 của Chủ tịch UBND phường Đống Đa về xử phạt.", Body.PEOPLE_COMMITTEE, Level.COMMUNE, "phường Đống Đa"),
    ("Tôi khiếu nại Quyết định số 12/QĐ-UBND ngày 10/7/2026 của Chủ tịch UBND phường Kim Liên về xử phạt.", Body.PEOPLE_COMMITTEE, Level.COMMUNE, "phường Kim Liên"),
    ("Tôi không đồng ý với Thông báo số 7741/TB-SXD ngày 3/7/2026 của Giám đốc Sở Xây dựng Hà Nội.", Body.DEPARTMENT, Level.PROVINCE, None),
    ("Tôi khiếu nại Quyết định số 77/QĐ-UBND ngày 3/7/2024 của UBND quận Đống Đa về thu hồi đất.", Body.PEOPLE_COMMITTEE, Level.DISTRICT, "quận Đống Đa"),
    ("Tôi khiếu nại Thông báo số 15/TB-CCT ngày 3/7/2026 về tiền thuế đất nhà tôi.", Body.TAX, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "body", "level", "place"), ISSUERS)
def test_who_decided(sentence: str, body: Body, level: Level | None, place: str | None) -> None:
    target = facts(complaint(sentence + " Quyết định này sai, đề nghị hủy bỏ.")).target
    assert target.body is body
    if level is not None:
        assert target.level is level
    if place is not None:
        assert target.place == place
    assert target.evidence


# the sentence, body, head
DENOUNCED = [
    ("Tôi tố cáo ông Hạ Văn Mít, Chủ tịch UBND phường Đống Đa, nhận tiền của chủ nhà xây trái phép.", Body.PEOPLE_COMMITTEE, True),
    ("Tôi tố cáo ông Hạ Văn Mít, công chức địa chính phường Đống Đa, đòi tiền mới làm hồ sơ.", Body.PEOPLE_COMMITTEE, False),
    ("Tôi tố cáo ông Hạ Văn Mít, tổ trưởng dân phố số 5, thu tiền không có phiếu.", Body.RESIDENTIAL_GROUP, False),
    ("Tôi tố cáo bà Hạ Thị Mít, Hiệu trưởng Trường Tiểu học Hoa Gạo, lạm thu của phụ huynh.", Body.PUBLIC_UNIT, True),
    ("Tôi tố cáo ông Hạ Văn Mít, Chấp hành viên, kê biên sai nhà tôi.", Body.ENFORCEMENT, None),
    ("Tôi tố cáo ông Hạ Văn Mít, Giám đốc Sở Xây dựng, cấp phép sai.", Body.DEPARTMENT, True),
    ("toi to cao ong ha van mit, chu tich ubnd phuong dong da, nhan tien cua chu nha xay trai phep.", Body.PEOPLE_COMMITTEE, True),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "body", "head"), DENOUNCED)
def test_who_is_denounced(sentence: str, body: Body, head: bool | None) -> None:
    text = (
        HEAD
        + "ĐƠN TỐ CÁO\nKính gửi: Thanh tra thành phố Hà Nội\n\n"
        + SENDER
        + sentence
        + " Đề nghị xác minh, xử lý."
        + END
    )
    target = facts(text, "denunciation", "officials").target
    assert target.body is body
    assert target.head is head


def test_a_whole_letter_is_assessed_with_its_words_as_evidence() -> None:
    text = complaint(
        "Tôi khiếu nại Quyết định số 12/QĐ-UBND ngày 10/7/2026 của Chủ tịch UBND phường Đống Đa. Đề nghị hủy quyết định."
    )
    found = facts(text)
    assert (found.has_name, found.has_address, found.has_date, found.has_request) == (True, True, True, True)
    assert found.written_on == date(2026, 8, 1)
    assert found.decided_on == date(2026, 7, 10)
    result = assess(found, OFFICE)
    assert result.competence.kind is CompetenceKind.COMMUNE_CHAIR
    assert result.action.code is Action.ACCEPT
    spans = [span for shown in found.evidence.values() for span in shown] + list(result.competence.evidence)
    assert spans
    assert all(text[span.start : span.end] == span.text for span in spans)


def test_offsets_are_those_of_the_original_text() -> None:
    text = complaint(
        "\u200bTôi khiếu nại\u00a0 Quyết định số 12/QĐ-UBND ngày 10/7/2026 của\u00ad Chủ tịch UBND phường Đống Đa."
    )
    target = facts(text).target
    assert target.evidence
    assert all(text[span.start : span.end] == span.text for span in target.evidence)


def test_matters_are_counted_once_and_not_in_the_addressees() -> None:
    text = "Kính gửi: Cục Thi hành án dân sự\nNgười ta lừa đảo tôi. Rõ ràng là lừa đảo. Kẻ gian lấy xe."
    hits = {hit.id: hit for hit in facts(text, "other", "police_order", None).matters}
    assert hits["CRIME"].score == 5
    assert {span.text for span in hits["CRIME"].evidence} == {"lừa đảo", "Kẻ gian"}
    assert "ENFORCEMENT" not in hits


def test_a_letter_of_nobody_is_anonymous_and_proof_makes_it_substantial() -> None:
    plain = (
        "Kính gửi UBND phường Đống Đa\nChúng tôi tố cáo chủ tịch phường ăn tiền. Chúng tôi không dám ghi tên."
    )
    found = facts(plain, "denunciation", "corruption")
    assert found.anonymous
    assert assess(found, OFFICE).action.code is Action.FILE
    proof = plain + " Gửi kèm ảnh chụp biên lai và sao kê ngân hàng."
    found = facts(proof, "denunciation", "corruption")
    assert found.substantiated
    assert assess(found, OFFICE).action.code is Action.TRANSFER


def test_one_quoted_insult_is_no_insulting_letter() -> None:
    assert (
        facts(complaint("Ông ấy gọi tôi là đồ ngu trước mặt mọi người. Tôi đề nghị xử lý.")).insulting
        is False
    )
    assert facts("Chúng mày là lũ ăn hại, đồ vô học.", "recommendation").insulting is True


def test_foreign_letter_fails_the_language_condition() -> None:
    text = "To the People's Committee. I would like to complain about the noise of the restaurant next door every night."
    met = {c.id: c.met for c in assess(facts(text, "recommendation", "environment"), OFFICE).conditions}
    assert met["X1"] is False


def test_empty_letter_asks_and_files_nothing() -> None:
    found = facts("", "other", "other", None)
    assert found.has_content is False
    assert assess(found, OFFICE).action.code is Action.ASK


def test_place_of_the_matter_goes_before_the_bearer_of_the_letter() -> None:
    text = "Gửi cán bộ (nhờ phường Đống Đa chuyển giúp)\nỞ xã Ia Hrung, đường vào xã Ia Hrung sụt lở. Xin xã Ia Hrung sửa đường.\nSiu Blơ"
    found = facts(text, "recommendation", "traffic")
    assert found.here == "xã Ia Hrung"
    assert not assess(found, OFFICE).competence.within_office


@settings(max_examples=40, deadline=None)
@given(
    st.text(max_size=300),
    st.sampled_from(PetitionType),
    st.sampled_from(Field),
    st.sampled_from([None, *Stage]),
)
def test_any_text_gives_an_answer(
    text: str, petition: PetitionType, field: Field, stage: Stage | None
) -> None:
    result = assess(facts(text, petition, field, stage), OFFICE)
    assert result.competence.agency
    assert result.action.code in result.action.allowed


FAR = HEAD + (
    "ĐƠN {title}\n\nKính gửi: UBND phường Đống Đa, thành phố Hà Nội\n\n"
    "Tôi là Lê Văn Đực, ở ấp Kinh Ngang, xã Tân Lộc Đông, tỉnh Cà Mau. Con gái tôi làm thuê ngoài phường Đống Đa.\n\n"
    "{body}\n\nCà Mau, ngày 1 tháng 8 năm 2026\nNgười làm đơn\nLê Văn Đực\n"
)


def test_a_letter_from_another_province_is_not_about_the_ward_on_the_envelope() -> None:
    text = FAR.format(
        title="KHIẾU NẠI",
        body="Bữa 11/7/2026 ông Chủ tịch xã ký Quyết định số 58/QĐ-UBND thu hồi sổ đỏ của tôi. Tôi xin hủy quyết định đó.",
    )
    found = assess(facts(text), OFFICE)
    assert found.competence.agency == "Chủ tịch UBND xã Tân Lộc Đông"
    assert not found.competence.within_office
    assert found.action.code is Action.GUIDE


def test_the_second_stage_of_another_province_goes_to_its_own_chair() -> None:
    text = FAR.format(
        title="KHIẾU NẠI LẦN HAI",
        body="Chủ tịch UBND xã ra Quyết định số 58/QĐ-UBND ngày 1/6/2026 giải quyết khiếu nại lần đầu. Tôi không đồng ý.",
    )
    found = assess(facts(text, stage=Stage.SECOND), OFFICE)
    assert found.competence.agency == "Chủ tịch UBND tỉnh Cà Mau"


def test_an_origin_in_another_province_is_no_address() -> None:
    text = complaint("Tôi quê xã Tân Lộc Đông, tỉnh Cà Mau. Tôi khiếu nại việc phường thu xe của tôi.")
    assert facts(text).province is None


# Folded, these words are names of communes that exist somewhere.
@pytest.mark.parametrize(
    "words", ["cho mời chuyên gia về xem", "án bồi thường cho dân", "cũ bảo là đã bàn giao"]
)
def test_ordinary_words_after_phuong_are_no_place(words: str) -> None:
    text = f"ĐƠN KIẾN NGHỊ\n\nKính gửi: UBND phường Đống Đa\n\n{SENDER}\nTôi xin phường {words}.{END}"
    assert facts(text, "recommendation").here == "phường Đống Đa"


@pytest.mark.parametrize(
    "sentence",
    [
        "Ngày 3/7/2026 Chủ tịch phường ra Quyết định xử phạt vi phạm hành chính số 152/QĐ-XPHC đối với tôi.",
        "Phường ra Quyết định 211/QĐ-XPHC ngày 28/7/2026 phạt tôi 15 triệu đồng.",
        "Quyết định số 152/QĐ-XPHC của Chủ tịch phường phạt tôi là sai.",
    ],
)
def test_who_signed_the_decision_is_not_doubted(sentence: str) -> None:
    found = facts(complaint(sentence + " Tôi xin hủy quyết định này."))
    assert found.target.body is Body.PEOPLE_COMMITTEE
    assert not [reason for reason in _said(assess(found, OFFICE)) if "tạm hiểu" in reason]


def test_the_one_who_is_asked_to_act_is_not_the_one_denounced() -> None:
    text = complaint(
        "Tôi tiếp tục tố cáo ông Đoàn Mạnh Sỹ, công chức xây dựng của phường, nhận tiền của nhà số 15. "
        "Tôi đề nghị Chủ tịch thành phố chỉ đạo cơ quan khác xác minh."
    )
    target = facts(text, "denunciation", "officials").target
    assert (target.body, target.level) == (Body.PEOPLE_COMMITTEE, Level.COMMUNE)


def test_a_copy_to_the_ward_does_not_make_it_the_one_complained_of() -> None:
    text = (
        HEAD
        + "ĐƠN KHIẾU NẠI\nKính gửi: Giám đốc Bảo hiểm xã hội thành phố Hà Nội\nNơi nhận: Ủy ban nhân dân phường Đống Đa\n"
        + SENDER
        + "Cơ quan bảo hiểm xã hội trả lời bằng Công văn số 2207/BHXH ngày 28/7/2026 là không chốt sổ cho tôi. "
        + "Tôi khiếu nại việc bảo hiểm xã hội không xác nhận thời gian đóng."
        + END
    )
    found = assess(facts(text, field="labour_insurance"), OFFICE)
    assert found.competence.kind is CompetenceKind.SOCIAL_INSURANCE
    assert found.action.code is Action.GUIDE


def test_a_letter_older_than_the_ward_names_the_ward_of_that_time() -> None:
    text = complaint(
        "Tôi khiếu nại Quyết định số 12/QĐ-UBND ngày 10/8/2023 của Chủ tịch phường phạt tôi.",
        to="Kính gửi: Chủ tịch UBND phường Thịnh Quang, quận Đống Đa\n",
    )
    old = assess(facts(text, day=date(2023, 9, 14)), OFFICE)
    assert old.competence.agency == "Chủ tịch UBND phường Thịnh Quang"
    assert old.competence.within_office
    assert [reason for reason in old.notes if "thành lập" in reason]
    assert not [reason for reason in assess(facts(text), OFFICE).notes if "thành lập" in reason]


def test_what_is_added_to_a_denunciation_of_the_police_stays_with_the_police() -> None:
    text = complaint(
        "Tôi bổ sung đơn tố cáo ông Bằng, cán bộ Công an phường, nhận tiền của quán karaoke. Tôi nộp thêm quyển sổ chi."
    )
    found = assess(facts(text, "denunciation", "police_order", Stage.SUPPLEMENT), OFFICE)
    assert found.competence.kind is CompetenceKind.POLICE
    assert found.action.code is Action.ATTACH


def test_a_ward_written_without_tones_is_shown_with_them() -> None:
    text = "DON KHIEU NAI\nKinh gui UBND phuong Kim Lien\nToi la Le Van Chuong. Toi khieu nai Quyet dinh so 655/QD-UBND cua UBND phuong Kim Lien."
    assert assess(facts(text), OFFICE).competence.agency == "Chủ tịch UBND phường Kim Liên"


@pytest.mark.parametrize(
    ("petition", "field", "sentence"),
    [
        ("recommendation", "police_order", "Chúng tôi phản ánh loa kéo hát đến 23 giờ 30 ở sân chung."),
        (
            "recommendation",
            "urban_order",
            "Đèn ngõ hỏng, hôm 8/7 có cháu bị giật túi xách. Đề nghị thay bóng.",
        ),
    ],
)
def test_a_recommendation_is_no_report_of_a_crime(petition: str, field: str, sentence: str) -> None:
    found = assess(facts(complaint(sentence), petition, field), OFFICE)
    assert found.deadline.rule == "NOTIFY"


@pytest.mark.parametrize(
    ("head", "on_paper"),
    [
        ("Từ: Bồ Xuân Hùng <hung@hopthu.example>\nChủ đề: Tố cáo\n\n", False),
        ("", True),
    ],
)
def test_a_denunciation_by_mail_is_not_in_the_form_of_the_law(head: str, on_paper: bool) -> None:
    text = head + complaint("Tôi tố cáo ông Bàng Thái Sơn, cán bộ địa chính phường, nhận tiền của dân.")
    found = assess(facts(text, "denunciation", "corruption"), OFFICE)
    met = {condition.id: condition.met for condition in found.conditions}
    assert met["X4-HINH-THUC"] is on_paper
    assert found.action.code is (Action.ACCEPT if on_paper else Action.ASK)
