"""Draws invented letters as pages, so that the words and where they stand are known."""

from __future__ import annotations

import io
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"
BOLD = "/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf"

LETTER = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
ĐƠN KHIẾU NẠI
Kính gửi: Chủ tịch Ủy ban nhân dân phường Đống Đa, thành phố Hà Nội
Tôi tên là: Nguyễn Thị Thử Nghiệm, sinh năm 1962
Số căn cước: 000162003344, cấp ngày 12/03/2021
Địa chỉ: số 15, ngõ 42, phố Hoàng Cầu, phường Đống Đa, Hà Nội
Điện thoại: 0900 000 123
Tôi làm đơn này khiếu nại Quyết định số 145/QĐ-UBND ngày 20/08/2025
của Ủy ban nhân dân phường về việc xử phạt vi phạm hành chính trong lĩnh
vực xây dựng đối với gia đình tôi. Nội dung sự việc cụ thể như sau:
Ngày 05/08/2025, gia đình tôi sửa lại mái bếp đã dột nát, không cơi nới,
không thay đổi kết cấu. Ngày 12/08/2025, tổ kiểm tra của phường đến lập
biên bản số 27/BB-VPHC, ghi rằng gia đình tôi xây thêm 18,5 mét vuông
trên đất công. Ghi như vậy là không đúng, vì phần diện tích này đã có
trong giấy chứng nhận quyền sử dụng đất cấp năm 2004.
Vì vậy, tôi đề nghị Chủ tịch Ủy ban nhân dân phường xem xét, hủy bỏ quyết
định nói trên và trả lại số tiền 7.500.000 đồng mà tôi đã nộp phạt.
Tôi xin cam đoan những điều trình bày trên đây là đúng sự thật và xin
chịu trách nhiệm trước pháp luật. Kèm theo đơn: bản chụp quyết định, biên
bản và giấy chứng nhận quyền sử dụng đất.
Hà Nội, ngày 05 tháng 9 năm 2025
Người làm đơn
Nguyễn Thị Thử Nghiệm"""


@dataclass(frozen=True)
class Drawn:
    """A page as drawn: grey or RGB pixels, its dots per inch, and each word with its box in pixels."""

    pixels: np.ndarray
    dpi: int
    text: str
    words: list[tuple[str, tuple[float, float, float, float]]]


def page(text: str = LETTER, dpi: int = 200, points: float = 13) -> Drawn:
    """An A4 page with `text`, black on white."""
    scale = dpi / 72
    image = Image.new("L", (round(595 * scale), round(842 * scale)), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONT, round(points * scale))
    blank = draw.textlength(" ", font=font)
    words = []
    for row, line in enumerate(text.split("\n")):
        x, y = 70 * scale, (60 + row * points * 1.75) * scale
        for word in line.split():
            draw.text((x, y), word, font=font, fill=0)
            words.append((word, tuple(map(float, draw.textbbox((x, y), word, font=font)))))
            x += draw.textlength(word, font=font) + blank
    return Drawn(np.asarray(image), dpi, text, words)


def skewed(drawn: Drawn, degrees: float) -> np.ndarray:
    """The page turned counterclockwise by `degrees` on white."""
    height, width = drawn.pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(drawn.pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)


def stamped(drawn: Drawn) -> np.ndarray:
    """The page in colour with a round red stamp over several lines of text."""
    rgb = cv2.cvtColor(drawn.pixels, cv2.COLOR_GRAY2RGB)
    scale = drawn.dpi / 72
    layer = np.full_like(rgb, 255)
    centre = (round(300 * scale), round(340 * scale))
    for radius in (70, 64, 40):
        cv2.circle(layer, centre, round(radius * scale), (215, 45, 50), round(2.5 * scale))
    cv2.circle(layer, centre, round(20 * scale), (215, 45, 50), -1)
    for row in range(-3, 4):
        place = (centre[0] - round(50 * scale), centre[1] + round(row * 16 * scale))
        cv2.putText(
            layer,
            "UBND PHUONG",
            place,
            cv2.FONT_HERSHEY_SIMPLEX,
            0.45 * scale,
            (215, 45, 50),
            round(1.2 * scale),
        )
    return np.minimum(rgb, layer)


def shadowed(drawn: Drawn) -> np.ndarray:
    """The page in colour under a slanting shadow that takes away two thirds of the light."""
    height, width = drawn.pixels.shape[:2]
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    light = 0.30 + 0.65 / (1 + np.exp(-12 * (x + 0.4 * y - 0.7)))
    return cv2.cvtColor((drawn.pixels * light).astype(np.uint8), cv2.COLOR_GRAY2RGB)


def photographed(drawn: Drawn) -> np.ndarray:
    """The page lying on a dark desk, seen at an angle."""
    height, width = drawn.pixels.shape[:2]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = source * 0.82 + np.array([[0.12, 0.08], [0.06, 0.11], [0.09, 0.10], [0.05, 0.06]], np.float32) * (
        width,
        height,
    )
    matrix = cv2.getPerspectiveTransform(source, seen.astype(np.float32))
    grey = cv2.warpPerspective((drawn.pixels * 0.9).astype(np.uint8), matrix, (width, height), borderValue=70)
    return cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB)


def shaded(pixels: np.ndarray, share: float, softness: float) -> np.ndarray:
    """The picture with a shadow on the left that keeps 45 % of the light; both are shares of the width."""
    x = np.linspace(0, 1, pixels.shape[1])
    light = 0.45 + 0.55 / (1 + np.exp(np.clip((share - x) / softness, -50, 50)))
    return (pixels * light[None, :, None]).astype(np.uint8)


def faxed(drawn: Drawn, lost: list[int]) -> np.ndarray:
    """The page in black and white with some rows lost on the way."""
    bits = np.where(drawn.pixels > 150, 255, 0).astype(np.uint8)
    bits[lost] = 255
    return bits


def file(pixels: np.ndarray, form: str = "PNG", dpi: int = 200, **options: object) -> bytes:
    """The pixels as an image or PDF file."""
    target = io.BytesIO()
    size = {"resolution": dpi} if form == "PDF" else {"dpi": (dpi, dpi)}
    Image.fromarray(pixels).save(target, form, **size, **options)
    return target.getvalue()


def character_errors(read: str, truth: str) -> float:
    """Character error rate: edits per character of the truth, all white space as one blank."""
    a, b = " ".join(read.split()), " ".join(truth.split())
    row = list(range(len(b) + 1))
    for i, char in enumerate(a, start=1):
        above, row[0] = row[0], i
        for j, wanted in enumerate(b, start=1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (char != wanted))
    return row[-1] / len(b)
