"""Invented letters for the tests of this folder; no real person stands behind them."""

FORMAL = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

ĐƠN KHIẾU NẠI
(V/v không đồng ý phương án bồi thường)

Kính gửi: - Chủ tịch Ủy ban nhân dân phường Kim Liên;
          - Thanh tra thành phố Hà Nội.

Tôi tên là: Trần Thị Bích Hà, sinh năm 1962
CCCD số: 000162000123, cấp ngày 10/5/2021
Thường trú tại: số 5 ngõ 12 phố Lương Định Của, phường Kim Liên, thành phố Hà Nội
Điện thoại: 0900 000 321

Người bị khiếu nại: Chủ tịch UBND phường Kim Liên.

Ngày 12/01/2026 tôi nhận được Quyết định số 88/QĐ-UBND ngày 05/01/2026 của UBND phường Kim Liên về phê duyệt phương án bồi thường thửa đất số 47, tờ bản đồ số 12.
Giá bồi thường 25.000.000 đồng/m2 thấp hơn giá thị trường. Tôi đã gửi đơn hai lần nhưng không được trả lời.

Tôi đề nghị Chủ tịch UBND phường:
1. Hủy Quyết định nói trên;
2. Tính lại giá bồi thường.

Tôi xin cam đoan nội dung trên là đúng sự thật và chịu trách nhiệm trước pháp luật.
Tôi xin chân thành cảm ơn.

Hà Nội, ngày 20 tháng 01 năm 2026
NGƯỜI KHIẾU NẠI
Trần Thị Bích Hà

Tài liệu gửi kèm: bản sao Quyết định số 88.
"""

NO_TONES = """kinh gui ubnd phuong dong da
toi ten la le van chuong o so 48 ngo 298 tay son, cccd 000081006622
ngay 20/10/2025 phuong ra quyet dinh so 655/qd-kphq bat toi thao do mai ton
toi khong chap nhan quyet dinh 655. de nghi ong chu tich huy bo
toi xin cam doan va chiu trach nhiem
ha noi ngay 25 thang 10 nam 2025
nguoi khieu nai
le van chuong
"""

GROUP = """ĐƠN KIẾN NGHỊ

Kính gửi: UBND phường Láng, Công an phường Láng

Chúng tôi gồm:
1. Ông Đỗ Văn Sửu, sinh năm 1950, số 3 ngõ 9 Pháo Đài Láng
2. Bà Lý Thị Mai, sinh năm 1956, số 7 ngõ 9 Pháo Đài Láng

Quán nhậu đầu ngõ mở loa đến 1 giờ sáng, cả ngõ không ai ngủ được.
Đề nghị phường kiểm tra, xử lý.

Hà Nội, ngày 3 tháng 6 năm 2026
Thay mặt các hộ
Đỗ Văn Sửu (đã ký)
Lý Thị Mai (đã ký)
"""

DENUNCIATION = """ĐƠN TỐ CÁO

Kính gửi: Thanh tra thành phố Hà Nội

Tôi là Hồ Minh Tuệ, trú tại số 8 ngõ 4 Đặng Văn Ngữ, phường Kim Liên.
Tôi tố cáo ông Vũ Đình Khải, Phó Chủ tịch UBND phường Đống Đa, đã nhận 30 triệu đồng của bà Phạm Thị Cúc.
Đề nghị xác minh, xử lý nghiêm.

Ngày 2/3/2026
Người tố cáo
Hồ Minh Tuệ
"""
