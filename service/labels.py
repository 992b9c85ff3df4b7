"""Vietnamese words for every code, as people read them on pages, letters and tables."""

from __future__ import annotations

from models.proposal import Action, CompetenceKind, Field, LinkLevel, PetitionType, Stage
from service.store.tables import Channel, LinkState, PetitionState, ReceiptState, Role

TYPES: dict[str, str] = {
    PetitionType.COMPLAINT: "Khiếu nại",
    PetitionType.DENUNCIATION: "Tố cáo",
    PetitionType.RECOMMENDATION: "Kiến nghị, phản ánh",
    PetitionType.OTHER: "Không phải đơn khiếu nại, tố cáo, kiến nghị",
}
FIELDS: dict[str, str] = {
    Field.LAND: "Đất đai",
    Field.COMPENSATION: "Bồi thường, giải phóng mặt bằng",
    Field.CONSTRUCTION: "Xây dựng",
    Field.ENVIRONMENT: "Môi trường",
    Field.TRAFFIC: "Giao thông",
    Field.LABOUR_INSURANCE: "Lao động, bảo hiểm xã hội",
    Field.SOCIAL_POLICY: "Người có công, bảo trợ xã hội",
    Field.EDUCATION: "Giáo dục",
    Field.HEALTH: "Y tế",
    Field.JUDICIARY: "Tố tụng, thi hành án",
    Field.POLICE_ORDER: "An ninh, trật tự",
    Field.OFFICIALS: "Cán bộ, công vụ",
    Field.CORRUPTION: "Tham nhũng",
    Field.CIVIL_STATUS: "Hộ tịch, cư trú",
    Field.CIVIL_DISPUTE: "Tranh chấp dân sự",
    Field.HOUSING: "Nhà ở, chung cư",
    Field.URBAN_ORDER: "Trật tự đô thị",
    Field.PUBLIC_SERVICE: "Thủ tục hành chính",
    Field.UTILITIES: "Điện, nước, viễn thông",
    Field.TAX_FINANCE: "Thuế, tài chính",
    Field.COMMERCE: "Thương mại, tiêu dùng",
    Field.CULTURE_RELIGION: "Văn hóa, tôn giáo",
    Field.OTHER: "Lĩnh vực khác",
}
STAGES: dict[str, str] = {
    Stage.FIRST: "Lần đầu",
    Stage.SECOND: "Khiếu nại lần hai",
    Stage.CONTINUED: "Tố cáo tiếp",
    Stage.SUPPLEMENT: "Bổ sung đơn trước",
    Stage.WITHDRAWAL: "Rút đơn",
    Stage.REMINDER: "Đôn đốc, nhắc lại",
}
KINDS: dict[str, str] = {
    CompetenceKind.COMMUNE_CHAIR: "Chủ tịch UBND cấp xã",
    CompetenceKind.PROVINCE_CHAIR: "Chủ tịch UBND cấp tỉnh",
    CompetenceKind.DISTRICT_CHAIR: "Chủ tịch UBND cấp huyện (trước 01/7/2025)",
    CompetenceKind.DEPARTMENT_HEAD: "Giám đốc sở, thủ trưởng cơ quan thuộc UBND tỉnh",
    CompetenceKind.MINISTER: "Bộ trưởng",
    CompetenceKind.PRIME_MINISTER: "Thủ tướng Chính phủ",
    CompetenceKind.POLICE: "Cơ quan công an",
    CompetenceKind.COURT: "Tòa án nhân dân",
    CompetenceKind.PROCURACY: "Viện kiểm sát nhân dân",
    CompetenceKind.ENFORCEMENT: "Cơ quan thi hành án dân sự",
    CompetenceKind.SOCIAL_INSURANCE: "Cơ quan bảo hiểm xã hội",
    CompetenceKind.TAX: "Cơ quan thuế",
    CompetenceKind.PARTY: "Tổ chức đảng có thẩm quyền",
    CompetenceKind.COMMUNE_MEDIATION: "Hòa giải tại UBND cấp xã",
    CompetenceKind.PUBLIC_UNIT: "Đơn vị sự nghiệp công lập",
    CompetenceKind.ENTERPRISE: "Doanh nghiệp",
    CompetenceKind.OTHER: "Cơ quan khác",
}
ACTIONS: dict[str, str] = {
    Action.ACCEPT: "Đề xuất thụ lý, giải quyết",
    Action.GUIDE: "Hướng dẫn gửi đúng nơi",
    Action.TRANSFER: "Chuyển đơn",
    Action.RETURN: "Trả lại đơn",
    Action.FILE: "Lưu đơn",
    Action.SPLIT: "Hướng dẫn tách nội dung",
    Action.ASK: "Yêu cầu bổ sung",
    Action.ATTACH: "Ghép vào vụ việc trước",
    Action.NOT_A_PETITION: "Không phải đơn, chuyển bộ phận liên quan",
}
LEVELS: dict[str, str] = {
    LinkLevel.SAME_FILE: "Cùng một tệp",
    LinkLevel.SAME_TEXT: "Cùng một văn bản",
    LinkLevel.SAME_LETTER: "Cùng một lá đơn, có sửa",
    LinkLevel.SAME_CASE: "Cùng một vụ việc",
}
LINK_STATES: dict[str, str] = {
    LinkState.PROPOSED: "Máy đề xuất",
    LinkState.CONFIRMED: "Đã xác nhận",
    LinkState.REJECTED: "Đã bác bỏ",
}
RECEIPT_STATES: dict[str, str] = {
    ReceiptState.WAITING: "Đang đọc",
    ReceiptState.FILED: "Đã vào sổ",
    ReceiptState.PROBLEM: "Cần người xem",
    ReceiptState.REFUSED: "Đã từ chối",
}
PETITION_STATES: dict[str, str] = {
    PetitionState.REVIEW: "Chờ soát xét",
    PetitionState.QUEUED: "Chờ đơn vị nhận",
    PetitionState.TAKEN: "Đang xử lý",
    PetitionState.DONE: "Hoàn thành",
}
CHANNELS: dict[str, str] = {
    Channel.BROWSER: "Trang web",
    Channel.API: "Phần mềm khác",
    Channel.FOLDER: "Thư mục máy quét",
    Channel.MAILBOX: "Hộp thư điện tử",
    Channel.ARCHIVE: "Kho lưu trữ",
    Channel.DEMO: "Thư mẫu",
}
ROLES: dict[str, str] = {
    Role.CLERK: "Văn thư",
    Role.HANDLER: "Cán bộ xử lý",
    Role.LEAD: "Lãnh đạo",
    Role.ADMIN: "Quản trị",
}
STEPS: dict[str, str] = {
    "queue": "Chuyển vào hàng đợi",
    "take": "Nhận xử lý",
    "return": "Trả lại bàn soát xét",
    "transfer": "Chuyển đơn vị khác",
    "done": "Hoàn thành",
    "reopen": "Mở lại",
}

ALL: dict[str, dict[str, str]] = {
    "type": TYPES,
    "field": FIELDS,
    "stage": STAGES,
    "competence_kind": KINDS,
    "action": ACTIONS,
    "level": LEVELS,
    "link_state": LINK_STATES,
    "receipt_state": RECEIPT_STATES,
    "petition_state": PETITION_STATES,
    "channel": CHANNELS,
    "role": ROLES,
    "step": STEPS,
}
