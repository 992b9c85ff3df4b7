"""Invented letters for the tests of the service; nobody in them exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fastapi.testclient import TestClient

COMPLAINT = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Hà Nội, ngày 05 tháng 3 năm 2026

ĐƠN KHIẾU NẠI

Kính gửi: Chủ tịch UBND phường Đống Đa, thành phố Hà Nội

Tôi là {name}, địa chỉ: số 12 ngõ 34 phố Tôn Đức Thắng, phường Đống Đa, Hà Nội, điện thoại 0900 000 {tail}.
Tôi khiếu nại Quyết định số {number}/QĐ-UBND ngày 12/02/2026 của Chủ tịch UBND phường Đống Đa về việc xử phạt
vi phạm hành chính trong xây dựng đối với gia đình tôi. Gia đình tôi chỉ sửa lại mái tôn đã hỏng, không xây
thêm, không lấn chiếm, nên việc xử phạt là không đúng quy định của pháp luật.
Tôi đề nghị Chủ tịch UBND phường xem xét, hủy bỏ quyết định nêu trên.
Tôi xin chịu trách nhiệm về nội dung khiếu nại. Xin trân trọng cảm ơn.

Người khiếu nại
(đã ký)
{name}
"""
RECOMMENDATION = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Hà Nội, ngày 06 tháng 3 năm 2026

ĐƠN KIẾN NGHỊ

Kính gửi: UBND phường Đống Đa

Tôi là {name}, địa chỉ: số {number} phố Khâm Thiên, phường Đống Đa, Hà Nội, điện thoại 0900 000 {tail}.
Đoạn vỉa hè trước khu dân cư bị hỏng đã lâu, trời mưa nước đọng, người già và trẻ nhỏ đi lại rất khó khăn.
Tôi kiến nghị UBND phường cho sửa lại vỉa hè và thay hai bóng đèn chiếu sáng đã cháy để bà con đi lại an toàn.
Xin trân trọng cảm ơn.

Người viết đơn
(đã ký)
{name}
"""
DENUNCIATION = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Hà Nội, ngày 07 tháng 3 năm 2026

ĐƠN TỐ CÁO

Kính gửi: Chủ tịch UBND phường Đống Đa, thành phố Hà Nội

Tôi là {name}, địa chỉ: số 7 ngõ 89 phố Đê La Thành, phường Đống Đa, Hà Nội, điện thoại 0900 000 {tail}.
Tôi tố cáo ông Trịnh Văn Mẫu, cán bộ địa chính phường, đã nhận tiền của người dân {number} lần để làm giấy tờ,
vi phạm pháp luật trong khi thi hành công vụ. Hành vi nhận hối lộ này nhiều người biết và tôi có giấy biên nhận.
Tôi đề nghị giữ bí mật họ tên, địa chỉ của tôi và xử lý người vi phạm theo pháp luật về tố cáo.
Tôi cam đoan nội dung tố cáo là đúng sự thật và chịu trách nhiệm trước pháp luật.

Người tố cáo
(đã ký)
{name}
"""


def complaint(name: str = "Phùng Thị Mẫu", number: int = 41) -> bytes:
    """A complaint about a fine; nothing in it could be taken for a denunciation."""
    return _fill(COMPLAINT, name, number)


def recommendation(name: str = "Lưu Văn Mẫu", number: int = 52) -> bytes:
    """A recommendation about a pavement."""
    return _fill(RECOMMENDATION, name, number)


def denunciation(name: str = "Chử Thị Mẫu", number: int = 3) -> bytes:
    """A denunciation of an official, who takes bribes."""
    return _fill(DENUNCIATION, name, number)


def _fill(letter: str, name: str, number: int) -> bytes:
    return letter.format(name=name, number=number, tail=f"{number % 1000:03d}").encode()


def upload(client: TestClient, *files: tuple[str, bytes], key: str | None = None) -> list[dict[str, object]]:
    """Send files as (name, bytes); the outcomes, in order."""
    headers = {"Idempotency-Key": key} if key else {}
    parts = [("files", (name, data, "application/octet-stream")) for name, data in files]
    answer = client.post("/api/v1/receipts", files=parts, headers=headers)
    assert answer.status_code in {201, 422}, answer.text
    results: list[dict[str, object]] = answer.json()["results"]
    return results


def file_letters(client: TestClient, work: Callable[[], None], letters: Sequence[bytes]) -> list[int]:
    """Upload letters and let the worker read them; ids of the petitions, as somebody with the right sees them."""
    import sqlalchemy as sa

    from service.store.database import transaction
    from service.store.tables import Petition

    outcomes = upload(client, *[(f"don-{index}.txt", data) for index, data in enumerate(letters)])
    ids = [outcome["receipt"]["id"] for outcome in outcomes]  # type: ignore[index]
    work()
    with transaction() as session:
        found = dict(
            session.execute(
                sa.select(Petition.receipt_id, Petition.id).where(Petition.receipt_id.in_(ids))
            ).all()
        )
    return [found[receipt] for receipt in ids]
