"""The pages as plain HTML forms, as a browser without scripts uses them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.store.tables import User
from service.web.site import day_of, inside
from tests.conftest import PASSWORD
from tests.service.letters import complaint, denunciation, file_letters, recommendation
from tests.service.routes import calls

pytestmark = pytest.mark.usefixtures("users")
Make = Callable[..., TestClient]
Work = Callable[[], None]


def token(page: str) -> str:
    found = re.search(r'name="csrf" (?:value|content)="([^"]+)"', page)
    assert found
    return found[1]


def send(client: TestClient, page: str, address: str, **fields: object) -> str:
    """Send a form of `page`, follow its answer and give the next page."""
    shown = client.get(page)
    assert shown.status_code == 200, shown.text
    answer = client.post(address, data={"csrf": token(shown.text), **fields})
    return client.get(answer.headers["location"]).text if answer.status_code == 303 else answer.text


def form_values(page: str) -> dict[str, str]:
    """What the correction form of a review page holds."""
    form = page[page.index('id="correct"') :]
    values = dict(re.findall(r'<input[^>]* name="(\w+)" value="([^"]*)"', form))
    for name, inner in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        values[name] = chosen[1] if chosen else ""
    return values


def test_whoever_is_not_signed_in_is_led_there_and_back(client: Make) -> None:
    answer = client().get("/tra-cuu?q=x")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/dang-nhap?tiep=%2Ftra-cuu%3Fq%3Dx"


def test_signing_in_and_out(client: Make) -> None:
    visitor = client()
    wrong = visitor.post("/dang-nhap", data={"login": "clerk", "password": "sai"})
    assert wrong.status_code == 401
    assert "không đúng" in wrong.text
    right = visitor.post("/dang-nhap", data={"login": "clerk", "password": PASSWORD, "tiep": "/tra-cuu"})
    assert right.headers["location"] == "/tra-cuu"
    page = visitor.get("/tiep-nhan").text
    assert "Người dùng clerk" in page
    visitor.post("/dang-xuat", data={"csrf": token(page)})
    assert visitor.get("/tiep-nhan").status_code == 303


def test_another_site_cannot_sign_a_browser_in(client: Make) -> None:
    answer = client().post(
        "/dang-nhap",
        data={"login": "clerk", "password": PASSWORD},
        headers={"sec-fetch-site": "cross-site"},
    )
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nb"]
)
def test_going_on_stays_on_our_pages(elsewhere: str) -> None:
    assert inside(elsewhere) == "/"


def test_each_role_begins_where_its_work_is(client: Make) -> None:
    assert client("clerk").get("/").headers["location"] == "/tiep-nhan"
    assert client("handler_vp").get("/").headers["location"] == "/hang-doi"


def test_a_form_without_its_token_changes_nothing(client: Make, work: Work) -> None:
    clerk = client("clerk")
    [petition] = file_letters(clerk, work, [complaint()])
    refused = clerk.post(f"/soat-xet/{petition}/nhan", data={"version": 1})
    assert refused.status_code == 403
    assert f'href="/soat-xet/{petition}"' in clerk.get("/soat-xet").text


def test_upload_without_scripts_gives_receipts_once(client: Make) -> None:
    clerk = client("clerk")
    page = clerk.get("/tiep-nhan").text
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    files = [
        ("files", ("mot.txt", complaint())),
        ("files", ("trong.txt", b"")),
        ("files", ("hai.txt", recommendation())),
    ]
    for _ in range(2):
        answer = clerk.post("/tiep-nhan", data={"csrf": token(page), "key": key[1]}, files=files)
        assert answer.status_code == 303
    shown = clerk.get("/tiep-nhan").text
    assert "Đã nhận 2 tệp, biên nhận số" in shown
    assert "trong.txt" in shown
    assert len(re.findall("data-receipt=", shown)) == 2


def test_a_message_is_shown_once(client: Make) -> None:
    clerk = client("clerk")
    clerk.post(
        "/tiep-nhan", data={"csrf": token(clerk.get("/tiep-nhan").text)}, files=[("files", ("a.txt", b"x"))]
    )
    assert "Đã nhận 1 tệp" in clerk.get("/tiep-nhan").text
    assert "Đã nhận 1 tệp" not in clerk.get("/tiep-nhan").text


def test_a_made_up_message_does_no_harm(client: Make) -> None:
    clerk = client("clerk")
    for made_up in ("%%%", "bnVsbA==", "WzEsMl0="):
        clerk.cookies.set("donthu_flash", made_up)
        assert clerk.get("/tiep-nhan").status_code == 200


def test_review_shows_the_letter_and_its_reasons(client: Make, work: Work) -> None:
    clerk = client("clerk")
    [petition] = file_letters(clerk, work, [complaint()])
    page = clerk.get(f"/soat-xet/{petition}").text
    assert "Khiếu nại" in page
    assert re.search(r'<mark class="ev [^"]*ev-type', page)
    assert "Căn cứ:" in page
    assert "Duyệt theo đề xuất" in page


def test_accepting_leads_to_the_next_letter_and_into_the_queue(client: Make, work: Work) -> None:
    clerk = client("clerk")
    first, second = file_letters(clerk, work, [complaint(), recommendation()])
    page = send(clerk, f"/soat-xet/{first}", f"/soat-xet/{first}/nhan", version=1)
    assert "Đã duyệt đề xuất" in page
    assert f'action="/soat-xet/{second}/nhan"' in page
    assert f'href="/don/{first}"' in clerk.get("/hang-doi?don_vi=").text
    assert clerk.get(f"/soat-xet/{first}").headers["location"] == f"/don/{first}"


def test_correcting_keeps_what_the_machine_said(client: Make, work: Work) -> None:
    clerk = client("clerk")
    [petition] = file_letters(clerk, work, [recommendation()])
    values = form_values(clerk.get(f"/soat-xet/{petition}").text)
    page = send(
        clerk,
        f"/soat-xet/{petition}",
        f"/soat-xet/{petition}/sua",
        **{**values, "field": "education", "reason": "Việc của trường"},
    )
    assert "Đã lưu quyết định" in page
    letter = clerk.get(f"/don/{petition}").text
    assert "Duyệt có sửa: lĩnh vực" in letter
    assert "Việc của trường" in letter
    assert "</s> Giáo dục" in letter


def test_what_cannot_be_saved_comes_back_as_it_was_filled_in(client: Make, work: Work) -> None:
    clerk = client("clerk")
    [petition] = file_letters(clerk, work, [recommendation()])
    values = form_values(clerk.get(f"/soat-xet/{petition}").text)
    page = send(
        clerk,
        f"/soat-xet/{petition}",
        f"/soat-xet/{petition}/sua",
        **{**values, "unit_code": "", "reason": "lý do đã gõ"},
    )
    assert "Cần chọn đơn vị xử lý" in page
    assert 'value="lý do đã gõ"' in page


def test_recalculating_without_scripts_follows_the_rules(client: Make, work: Work) -> None:
    clerk = client("clerk")
    [petition] = file_letters(clerk, work, [recommendation()])
    before = form_values(clerk.get(f"/soat-xet/{petition}").text)
    page = send(
        clerk,
        f"/soat-xet/{petition}",
        f"/soat-xet/{petition}/tinh-lai",
        **{**before, "type": "complaint", "field": "education"},
    )
    after = form_values(page)
    assert after["type"] == "complaint"
    assert after["unit_code"] == "P_VHXH"
    assert after["unit_code"] != before["unit_code"]
    assert f'href="/soat-xet/{petition}"' in clerk.get("/soat-xet").text


def test_two_clerks_on_one_letter(client: Make, work: Work) -> None:
    one, other = client("clerk"), client("clerk_dn")
    [petition] = file_letters(one, work, [complaint()])
    send(one, f"/soat-xet/{petition}", f"/soat-xet/{petition}/nhan", version=1)
    late = other.post(
        f"/soat-xet/{petition}/nhan", data={"csrf": token(other.get("/tiep-nhan").text), "version": 1}
    )
    assert late.status_code == 303
    there = other.get(late.headers["location"])
    assert "vừa được người khác thay đổi" in other.get(there.headers["location"]).text


def test_the_queue_of_a_unit(client: Make, work: Work) -> None:
    clerk, handler = client("clerk"), client("handler_kt")
    [petition] = file_letters(clerk, work, [recommendation()])
    send(clerk, f"/soat-xet/{petition}", f"/soat-xet/{petition}/nhan", version=1)
    assert f"/don/{petition}/nhan" in handler.get("/hang-doi").text
    assert f"/don/{petition}" not in client("handler_vp").get("/hang-doi").text

    assert "Bạn đã nhận xử lý" in send(handler, "/hang-doi", f"/don/{petition}/nhan")
    assert "Cần ghi lý do" in send(handler, "/hang-doi", f"/don/{petition}/tra-lai", note=" ")
    assert "Đã báo hoàn thành" in send(handler, "/hang-doi", f"/don/{petition}/xong", note="Trả lời số 5")
    assert f"/don/{petition}" in handler.get("/hang-doi?xong=1").text
    assert "Trả lời số 5" in handler.get(f"/don/{petition}").text


def test_a_transferred_letter_leaves_the_unit(client: Make, work: Work) -> None:
    clerk, handler = client("clerk"), client("handler_kt")
    [petition] = file_letters(clerk, work, [recommendation()])
    send(clerk, f"/soat-xet/{petition}", f"/soat-xet/{petition}/nhan", version=1)
    page = send(handler, "/hang-doi", f"/don/{petition}/chuyen", unit="VP", note="Không thuộc phòng")
    assert "Văn phòng" in page
    assert handler.get(f"/don/{petition}").status_code == 404
    assert f"/don/{petition}/nhan" in client("handler_vp").get("/hang-doi").text


def test_search_marks_what_it_found(client: Make, work: Work) -> None:
    clerk = client("clerk")
    file_letters(clerk, work, [complaint("Phùng Thị Mẫu")])
    exact = clerk.get("/tra-cuu", params={"q": "mái tôn"}).text
    assert re.search(r"<mark[^>]*>mái tôn</mark>", exact)
    assert "đúng dấu" in exact
    folded = clerk.get("/tra-cuu", params={"q": "mai ton"}).text
    assert re.search(r"<mark[^>]*>mái tôn</mark>", folded)
    assert "không dấu" in folded
    assert "Không tìm thấy đơn nào" in clerk.get("/tra-cuu", params={"q": "xe lửa"}).text


def test_words_of_the_question_are_no_markup(client: Make) -> None:
    page = client("clerk").get("/tra-cuu", params={"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in page


def test_a_letter_is_no_markup(client: Make, work: Work) -> None:
    clerk = client("clerk")
    [petition] = file_letters(clerk, work, [complaint("Phùng <img src=x onerror=alert(1)> Mẫu")])
    assert "<img src=x" not in clerk.get(f"/soat-xet/{petition}").text
    assert "<img src=x" not in clerk.get("/soat-xet").text


def test_the_tray_of_problems(client: Make, work: Work) -> None:
    clerk = client("clerk")
    for name in ("hong-1.pdf", "hong-2.pdf"):
        page = clerk.get("/tiep-nhan").text
        broken = b"%PDF-1.4\n" + name.encode()
        clerk.post("/tiep-nhan", data={"csrf": token(page)}, files=[("files", (name, broken))])
    work()
    tray = clerk.get("/khay-loi").text
    first, second = sorted(set(re.findall(r"/khay-loi/(\d+)", tray)), key=int)

    assert "quá ngắn" in send(clerk, f"/khay-loi/{first}", f"/khay-loi/{first}/nhap-tay", text="ngắn")
    typed = send(clerk, f"/khay-loi/{first}", f"/khay-loi/{first}/nhap-tay", text=complaint().decode())
    assert "Đã vào sổ với nội dung nhập tay" in typed
    assert "Duyệt theo đề xuất" in typed
    assert "Đã từ chối" in send(
        clerk, f"/khay-loi/{second}", f"/khay-loi/{second}/tu-choi", reason="Tệp hỏng"
    )
    assert "Khay trống" in clerk.get("/khay-loi").text
    assert "Tệp hỏng" in clerk.get(f"/bien-nhan/{second}").text


def test_earlier_letters_side_by_side(client: Make, work: Work) -> None:
    clerk = client("clerk")
    first, second = file_letters(clerk, work, [complaint(), complaint() + b"\nKem them anh chup.\n"])
    page = clerk.get(f"/soat-xet/{second}").text
    link = re.search(rf"/soat-xet/{second}/lien-ket/\d+", page)
    assert link
    assert f"/doi-chieu/{second}/{first}" in page
    assert "ev-shared" in clerk.get(f"/doi-chieu/{second}/{first}").text
    assert "Hoàn tác" in send(clerk, f"/soat-xet/{second}", link[0], verb="reject", back="/soat-xet")


def test_a_sealed_letter_does_not_exist_for_others(client: Make, work: Work) -> None:
    """Nothing tells it: no page, no search, no file name, no link of another letter."""
    insider, clerk = client("clerk_dn"), client("clerk")
    marker = "Chử Thị Ẩn Danh"
    [secret, twin] = file_letters(insider, work, [denunciation(marker), denunciation(marker, 4)])
    assert "Mật: tố cáo" in insider.get("/soat-xet").text
    assert marker in insider.get(f"/soat-xet/{secret}").text
    pages = [
        "/tiep-nhan",
        "/khay-loi",
        "/soat-xet",
        "/hang-doi?don_vi=",
        f"/tra-cuu?q={marker}",
        "/bien-nhan/1",
    ]
    hidden = [f"/soat-xet/{secret}", f"/don/{secret}", f"/doi-chieu/{secret}/{twin}"]
    for address in pages + hidden:
        answer = clerk.get(address)
        assert answer.status_code == (404 if address in hidden else 200)
        shown = answer.text.replace(f'value="{marker}"', "")
        assert marker not in shown
        assert "don-0.txt" not in shown
    assert "Không tìm thấy đơn nào" in clerk.get(f"/tra-cuu?q={marker}").text
    assert 'data-count="/soat-xet" hidden>0<' in clerk.get("/tiep-nhan").text


def test_only_admins_manage_users(client: Make) -> None:
    assert client("lead").get("/quan-tri").status_code == 403
    admin = client("admin")
    person = {
        "login": "moi",
        "name": "Người Mới",
        "password": "mat-khau-moi",
        "role": "handler",
        "unit_code": "",
    }
    assert "phải thuộc một đơn vị" in send(admin, "/quan-tri", "/quan-tri/nguoi-dung", **person)
    person["unit_code"] = "VP"
    assert "Đã thêm tài khoản moi" in send(admin, "/quan-tri", "/quan-tri/nguoi-dung", **person)
    assert client().post("/dang-nhap", data=person).status_code == 303


def test_errors_are_pages_of_ours(client: Make) -> None:
    answer = client("clerk").get("/khong-co")
    assert answer.status_code == 404
    assert "Về trang làm việc" in answer.text


def test_an_old_form_with_another_letter_is_another_delivery(client: Make) -> None:
    """The back button may bring back a form with its old key."""
    clerk = client("clerk")
    sent = {"csrf": token(clerk.get("/tiep-nhan").text), "key": "cu"}
    for data in (complaint(), recommendation()):
        assert clerk.post("/tiep-nhan", data=sent, files=[("files", ("don.txt", data))]).status_code == 303
    assert len(re.findall("data-receipt=", clerk.get("/tiep-nhan").text)) == 2


@pytest.mark.parametrize("version", ["", "²", "1e3", "-1", "9" * 5000])
def test_a_version_that_is_no_number_is_an_old_form(client: Make, work: Work, version: str) -> None:
    clerk = client("clerk")
    [petition] = file_letters(clerk, work, [complaint()])
    answer = send(clerk, f"/soat-xet/{petition}", f"/soat-xet/{petition}/nhan", version=version)
    assert "Biểu mẫu không đầy đủ" in answer


def test_every_form_needs_its_token(app: FastAPI, client: Make) -> None:
    posts = [path for method, path in calls(app) if method == "POST" and not path.startswith("/api/")]
    assert len(posts) > 12
    for path in set(posts) - {"/dang-nhap"}:
        clerk = client("admin")
        form = {"csrf": "x" * 32, "name": "x"}
        files = [("files", ("a.txt", b"a"))] if path == "/tiep-nhan" else None
        assert clerk.post(path, data=form, files=files).status_code == 403, path


def test_the_most_urgent_letter_stands_first_and_each_page_tells_how_many_there_are(
    client: Make, work: Work
) -> None:
    clerk = client("clerk")
    slow, fast = file_letters(clerk, work, [complaint(), recommendation()])
    page = clerk.get(f"/soat-xet/{slow}").text
    values = form_values(page)
    assert re.fullmatch(r"\d\d/\d\d/\d{4}", values["due"])
    # Put off until long after the other one.
    send(clerk, f"/soat-xet/{slow}", f"/soat-xet/{slow}/sua", **{**values, "due": "31/12/2099"})
    send(clerk, f"/don/{slow}", f"/soat-xet/{slow}/rut-lai")
    shown = clerk.get("/soat-xet").text
    assert shown.index(f'class="number" href="/soat-xet/{fast}"') < shown.index(
        f'class="number" href="/soat-xet/{slow}"'
    )
    last = clerk.get(f"/soat-xet/{slow}").text
    assert "Đơn 2/2" in last
    assert form_values(last)["due"] == "31/12/2099"
    # At the end of the list work goes on with what was left aside.
    assert f'action="/soat-xet/{fast}/nhan"' in send(
        clerk, f"/soat-xet/{slow}", f"/soat-xet/{slow}/nhan", version=form_values(last)["version"]
    )


def test_what_is_no_day_is_said_and_kept(client: Make, work: Work) -> None:
    clerk = client("clerk")
    [petition] = file_letters(clerk, work, [complaint()])
    values = form_values(clerk.get(f"/soat-xet/{petition}").text)
    page = send(
        clerk, f"/soat-xet/{petition}", f"/soat-xet/{petition}/sua", **{**values, "due": "31/02/2027"}
    )
    assert "Thời hạn phải là một ngày" in page
    assert form_values(page)["due"] == "31/02/2027"
    assert "không phải là ngày" in clerk.get("/tra-cuu", params={"q": "x", "tu": "40/40/2026"}).text
    assert clerk.get("/tiep-nhan", params={"ngay": "01/01/0001"}).status_code == 200


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("23/11/2026", date(2026, 11, 23)),
        (" 3-4-2026 ", date(2026, 4, 3)),
        ("2026-11-23", date(2026, 11, 23)),
        ("31/02/2026", None),
        ("01/01/0001", None),
        ("hôm nay", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(text: str, found: date | None) -> None:
    assert day_of(text) == found


def test_a_decision_made_by_mistake_is_taken_back_until_the_unit_takes_the_letter(
    client: Make, work: Work
) -> None:
    clerk, handler = client("clerk"), client("handler_kt")
    [petition] = file_letters(clerk, work, [recommendation()])
    told = send(clerk, f"/soat-xet/{petition}", f"/soat-xet/{petition}/nhan", version=1)
    assert f'<a href="/don/{petition}">Xem lại đơn đó</a>' in told
    back = send(clerk, f"/don/{petition}", f"/soat-xet/{petition}/rut-lai")
    assert "Đã rút đơn về bàn soát xét" in back
    send(clerk, f"/soat-xet/{petition}", f"/soat-xet/{petition}/nhan", version=form_values(back)["version"])
    send(handler, "/hang-doi", f"/don/{petition}/nhan")
    assert "Rút lại" not in clerk.get(f"/don/{petition}").text.replace("Rút lại để soát xét</q>", "")
    assert "Hãy nhờ đơn vị trả lại" in send(clerk, "/tiep-nhan", f"/soat-xet/{petition}/rut-lai")


def test_related_letters_are_told_before_the_decision_and_judged_side_by_side(
    client: Make, work: Work
) -> None:
    clerk = client("clerk")
    first, second = file_letters(clerk, work, [complaint(), complaint() + b"\nKem them anh chup.\n"])
    page = clerk.get(f"/soat-xet/{second}").text
    assert "Có 1 đơn liên quan" in page
    beside = f"/doi-chieu/{second}/{first}"
    link = re.search(rf"/soat-xet/{second}/lien-ket/\d+", clerk.get(beside).text)
    assert link
    assert f'href="/soat-xet/{second}#don-truoc"' in clerk.get(beside).text
    send(clerk, beside, link[0], verb="confirm", back="/soat-xet")
    assert "đơn liên quan</strong>" not in clerk.get(f"/soat-xet/{second}").text
    assert "Hoàn tác" in clerk.get(beside).text


def test_ones_own_password(client: Make) -> None:
    clerk = client("clerk")
    form = {"current": PASSWORD, "new": "mat-khau-khac", "again": "mat-khau-khac"}
    change = "/tai-khoan", "/tai-khoan/mat-khau"
    assert "không giống nhau" in send(clerk, *change, **{**form, "again": "mat-khau-nham"})
    assert "hiện tại không đúng" in send(clerk, *change, **{**form, "current": "sai"})
    assert "ít nhất 8 ký tự" in send(clerk, *change, current=PASSWORD, new="ngan", again="ngan")
    assert "Đã đổi mật khẩu" in send(clerk, *change, **form)
    visitor = client()
    assert visitor.post("/dang-nhap", data={"login": "clerk", "password": PASSWORD}).status_code == 401
    assert visitor.post("/dang-nhap", data={"login": "clerk", "password": form["new"]}).status_code == 303


def test_an_admin_sets_a_forgotten_password_and_locks(client: Make, users: dict[str, User]) -> None:
    admin, base = client("admin"), f"/quan-tri/nguoi-dung/{users['clerk'].id}"
    told = send(admin, "/quan-tri", f"{base}/mat-khau", password="mat-khau-moi")
    assert "Đã đặt mật khẩu mới cho clerk" in told
    signing_in = {"login": "clerk", "password": "mat-khau-moi"}
    assert client().post("/dang-nhap", data=signing_in).status_code == 303
    assert "Đã khóa tài khoản clerk" in send(admin, "/quan-tri", f"{base}/khoa")
    assert client().post("/dang-nhap", data=signing_in).status_code == 401
    assert "Đã mở lại tài khoản clerk" in send(admin, "/quan-tri", f"{base}/mo")
