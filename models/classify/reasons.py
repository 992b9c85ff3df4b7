"""Why a person has to look: in words that a mailroom clerk understands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from models.classify.content import Content
from models.classify.cues import load_cues
from models.classify.reader import CUES_SURE, LetterClassifier, Verdict
from models.proposal import PetitionType

TYPE_NAMES: Mapping[str, str] = {
    PetitionType.COMPLAINT: "khiếu nại",
    PetitionType.DENUNCIATION: "tố cáo",
    PetitionType.RECOMMENDATION: "kiến nghị, phản ánh",
    PetitionType.OTHER: "đơn khác",
}
EMPTY = "Không đọc được chữ nào trong đơn."
SHORT = "Đơn quá ngắn, máy không đủ căn cứ để phân loại."
FOREIGN = "Văn bản có vẻ không phải tiếng Việt, hoặc chữ bị hỏng nặng."
LONG = "Đơn rất dài, máy chỉ phân loại theo phần đầu."
SEVERAL = "Đơn chứa nhiều nội dung khác loại, cần xem có phải tách đơn."
PERHAPS_SEVERAL = "Đơn có thể nhắc tới thêm một việc khác, nhưng chưa đủ rõ để tách đơn."

SHORTEST = 8
KNOWN_SHARE = 0.55
_LOW_CONFIDENCE = 0.80
_PERHAPS = 0.5


def is_unreadable(known_share: float, size: int) -> bool:
    """Whether a text of `size` distinct syllables holds too little Vietnamese to be classified."""
    return size < SHORTEST or known_share < KNOWN_SHARE


def unreadable(size: int) -> str:
    """The reason for a text that `is_unreadable`."""
    return EMPTY if size == 0 else SHORT if size < SHORTEST else FOREIGN


def doubts(
    classifier: LetterClassifier, verdict: Verdict, mixed: bool, ocr_confidence: float | None
) -> list[str]:
    """All that speaks against trusting the verdict on a readable letter."""
    found = []
    types, fields = classifier.labels("type"), classifier.labels("field")
    if verdict.type.max() < classifier.thresholds.type:
        found.append(_unsure("loại đơn", verdict.type.tolist(), types, TYPE_NAMES))
    by_cues = types[int(verdict.cues.argmax())]
    if by_cues != types[int(verdict.type.argmax())] and verdict.cues.max() >= CUES_SURE:
        found.append(
            f"Các cụm từ dấu hiệu nghiêng về {TYPE_NAMES[by_cues]}, "
            f"còn cả lá đơn nghiêng về {TYPE_NAMES[types[int(verdict.type.argmax())]]}."
        )
    if verdict.field.max() < classifier.thresholds.field:
        found.append(_unsure("lĩnh vực", verdict.field.tolist(), fields, field_names()))
    if mixed:
        found.append(SEVERAL)
    if ocr_confidence is not None and ocr_confidence < _LOW_CONFIDENCE:
        found.append(f"Bản quét khó đọc: máy chỉ chắc {round(100 * ocr_confidence)} % số chữ.")
    return found


def remarks(verdict: Verdict, mixed: bool) -> list[str]:
    """What is worth knowing but changes nothing."""
    return [PERHAPS_SEVERAL] if not mixed and verdict.mixed >= _PERHAPS else []


@cache
def field_names() -> Mapping[str, str]:
    """Vietnamese names of the fields, as in the cue file."""
    known = {
        cue.name.removeprefix("field."): cue.label for cue in load_cues() if cue.name.startswith("field.")
    }
    return {**known, "other": "lĩnh vực khác"}


def _unsure(what: str, chances: list[float], labels: list[str], names: Mapping[str, str]) -> str:
    best = sorted(zip(chances, labels, strict=True), reverse=True)[:2]
    listed = ", ".join(f"{names[label]} {round(100 * chance)} %" for chance, label in best)
    return f"Máy không chắc {what}: {listed}."


def capped(content: Content, limit: int) -> tuple[Content, bool]:
    """The first `limit` characters of the content, and whether something was left out."""
    if content.size <= limit:
        return content, False
    kept, left = [], limit
    for zone in content.zones:
        if left <= 0:
            break
        end = min(zone.end, zone.start + left)
        kept.append(zone._replace(end=end))
        left -= end - zone.start
    return Content(content.text, tuple(kept)), True
