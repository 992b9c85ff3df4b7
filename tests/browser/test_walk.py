"""The way of a letter in a real browser: dropped, read, reviewed, taken, finished, found."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Desk
from tests.service.letters import complaint, recommendation

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SitDown = Callable[..., Desk]
SAMPLES = Path(__file__).parents[2] / "samples"
# A scan, a photo and a file that opens only with a password.
DROPPED = ("1-don-kien-nghi-ngap-nuoc.pdf", "5-don-quan-bia-chup-lai.jpg", "9-tep-co-mat-khau.pdf")
# Reading three scans on a slow machine; the limit only ends a test that hangs.
PATIENCE = 300_000
# The second half of a double press, on every page: it decides nothing about a letter that nobody has seen.
HASTY = """document.addEventListener("DOMContentLoaded", () =>
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true })))"""
# From then on a key may decide about the letter that is shown.
SEEN_AFTER = 600

DROP = """files => {
    const transfer = new DataTransfer();
    for (const [name, data] of files) {
        const bytes = Uint8Array.from(atob(data), char => char.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
    }
    return transfer;
}"""
# Contrast of every visible text with what lies behind it (WCAG 2.2, 1.4.3); gives those below 4.5:1.
FAINT = """() => {
    const numbers = colour => (colour.match(/[\\d.]+/g) ?? []).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
        .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = element => {
        for (let at = element; at; at = at.parentElement) {
            const style = getComputedStyle(at);
            if (style.backgroundImage !== "none") return null;
            const colour = numbers(style.backgroundColor);
            if (style.backgroundColor.startsWith("rgb") && (colour[3] ?? 1) === 1) return colour;
        }
        return [255, 255, 255];
    };
    const faint = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement;
        if (!texts.currentNode.data.trim() || !element.checkVisibility()) continue;
        const back = behind(element);
        if (!back) continue;
        const pair = [light(numbers(getComputedStyle(element).color)), light(back)].sort((a, b) => b - a);
        const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
        if (ratio < 4.5) faint.push(`${texts.currentNode.data.trim()}: ${ratio.toFixed(2)}`);
    }
    return faint;
}"""


def drop(page: Page, *names: str) -> None:
    """Drop files on the page as from a folder window."""
    files = [[name, base64.b64encode((SAMPLES / name).read_bytes()).decode()] for name in names]
    transfer = page.evaluate_handle(DROP, files)
    page.dispatch_event("main", "dragenter", {"dataTransfer": transfer})
    assert page.locator("#veil").is_visible()
    page.dispatch_event("main", "drop", {"dataTransfer": transfer})


def check_looks(page: Page) -> None:
    """Text is legible, and nothing sticks out to the side."""
    page.wait_for_load_state()
    assert page.evaluate(FAINT) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def all_read(page: Page, count: int) -> None:
    from playwright.sync_api import expect

    expect(page.locator("#uploads .chip.good")).to_have_count(count)
    expect(page.locator("#receipts [data-state=waiting]")).to_have_count(0, timeout=PATIENCE)


def test_the_way_of_a_letter(sit_down: SitDown) -> None:
    from playwright.sync_api import expect

    clerk = sit_down("clerk_dn")
    page = clerk.page
    page.add_init_script(HASTY)
    clerk.picture("1-tiep-nhan-trong")
    drop(page, *DROPPED)
    clerk.picture("2-tiep-nhan-dang-gui")
    all_read(page, len(DROPPED))
    expect(page.locator("#receipts [data-state=filed]")).to_have_count(2)
    expect(page.locator("#receipts [data-state=problem]")).to_have_count(1)
    expect(page.locator("#balance [data-key=filed]")).to_have_text("2")
    expect(page.locator("#balance [data-key=problem]")).to_have_text("1")
    check_looks(page)
    clerk.picture("3-tiep-nhan-xong")

    review_by_keyboard(clerk)
    empty_the_tray(clerk)
    handle(sit_down("lead"))
    find(clerk)


def review_by_keyboard(clerk: Desk) -> None:
    from playwright.sync_api import expect

    page = clerk.page
    page.click("nav >> text=Soát xét")
    check_looks(page)
    page.click("a:has-text('Bắt đầu')")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".paper img").first).to_have_js_property("complete", True)
    assert page.locator(".over .ev-type").count() > 0
    check_looks(page)
    clerk.picture("4-soat-xet")

    page.hover(".line.ev-type")
    expect(page.locator(".over .ev-type.lit").first).to_be_attached()
    clerk.picture("5-soat-xet-vi-sao")
    page.keyboard.press("t")
    expect(page.locator(".sheet .typed").first).to_be_visible()
    page.keyboard.press("t")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_timeout(SEEN_AFTER)

    first = page.url
    page.keyboard.press("a")
    page.wait_for_url(lambda url: url != first)
    expect(page.locator(".flash.ok")).to_contain_text("Đã duyệt")

    correct_by_keyboard(clerk)


def correct_by_keyboard(clerk: Desk) -> None:
    from playwright.sync_api import expect

    page = clerk.page
    kind = page.locator("#correct [name=type]")
    page.keyboard.press("1")
    expect(kind).to_have_value("complaint")
    page.select_option("#correct [name=field]", "education")
    expect(page.locator("#correct [name=unit_code]")).to_have_value("P_VHXH")
    clerk.picture("6-sua-de-xuat")

    # What is half corrected is not lost to a key for accepting.
    here = page.url
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.locator(".toasts .flash.error")).to_contain_text("sửa dở")
    assert page.url == here
    page.fill("#correct [name=reason]", "Khiếu nại về trường học")
    page.click("#correct button.primary")
    expect(page.locator(".flash.ok")).to_contain_text("Đã lưu quyết định")


def empty_the_tray(clerk: Desk) -> None:
    from playwright.sync_api import expect

    page = clerk.page
    page.click("nav >> text=Khay lỗi")
    page.click("tbody a.button")
    check_looks(page)
    clerk.picture("7-khay-loi")
    page.fill("[name=text]", recommendation("Kiều Văn Mẫu").decode())
    page.click("button:has-text('Vào sổ')")
    expect(page.locator(".sheet .typed mark").first).to_be_visible()
    page.wait_for_timeout(SEEN_AFTER)
    page.keyboard.press("Enter")
    expect(page.locator(".flash.ok")).to_contain_text("Đã duyệt")


def handle(lead: Desk) -> None:
    from playwright.sync_api import expect

    page = lead.page
    page.click("nav >> text=Hàng đợi")
    expect(page.locator("tbody tr")).to_have_count(3)
    check_looks(page)
    lead.picture("8-hang-doi")
    row = page.locator("tbody tr").first
    row.get_by_role("button", name="Nhận", exact=True).click()
    expect(page.locator(".flash.ok")).to_contain_text("đã nhận xử lý")
    taken = page.locator("tbody tr", has_text="Người dùng lead")
    expect(taken).to_have_count(1)
    taken.locator(".row-link").click()
    check_looks(page)
    page.click("summary:has-text('Hoàn thành')")
    page.fill(".step[open] [name=note]", "Đã trả lời bằng văn bản số 12")
    page.click("button:has-text('Báo hoàn thành')")
    expect(page.locator(".timeline")).to_contain_text("văn bản số 12")
    lead.picture("9-don-da-xong")


def find(clerk: Desk) -> None:
    from playwright.sync_api import expect

    page = clerk.page
    for words, how in (("Kiều Văn Mẫu", "đúng dấu"), ("kieu van mau", "không dấu")):
        page.click("nav >> text=Tra cứu")
        page.fill("#q", words)
        page.keyboard.press("Enter")
        expect(page.locator(".hit")).to_have_count(1)
        expect(page.locator(".hit")).to_contain_text(how)
        assert "Kiều Văn Mẫu" in page.locator(".hit mark").all_inner_texts()
    check_looks(page)
    clerk.picture("10-tra-cuu")


def test_upload_and_accept_without_scripts(sit_down: SitDown, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    letter = tmp_path / "don.txt"
    letter.write_bytes(complaint())
    page = sit_down("clerk", scripts=False).page
    page.set_input_files("#files", [letter])
    page.click("button:has-text('Gửi tệp đã chọn')")
    expect(page.locator(".flash.ok")).to_contain_text("Đã nhận 1 tệp")
    while page.locator("#receipts [data-state=waiting]").count():
        page.wait_for_timeout(500)
        page.reload()
    page.click("nav >> text=Soát xét")
    page.click("tbody .number")
    expect(page.locator(".sheet .typed mark").first).to_be_visible()
    page.click("#sua summary")
    expect(page.locator("text=Tính lại thẩm quyền")).to_be_visible()
    page.click("button:has-text('Duyệt theo đề xuất')")
    expect(page.locator(".flash.ok")).to_contain_text("Đã duyệt")


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_pages_fit_the_window(sit_down: SitDown, width: int, tmp_path: Path) -> None:
    letter = tmp_path / ("mot-ten-tep-rat-dai-khong-co-khoang-trang-" * 4 + ".txt")
    letter.write_bytes(complaint())
    page = sit_down("admin", width=width).page
    page.click("nav >> text=Tiếp nhận")
    page.set_input_files("#files", [letter])
    all_read(page, 1)
    for place in (
        "/tiep-nhan",
        "/khay-loi",
        "/soat-xet",
        "/soat-xet/1",
        "/don/1",
        "/hang-doi",
        "/tra-cuu",
        "/quan-tri",
    ):
        page.goto(re.sub(r"(://[^/]+).*", rf"\1{place}", page.url))
        check_looks(page)
