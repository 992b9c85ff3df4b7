"""What changes if letters are damaged, stripped of accents, or dressed in other formulas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from models.classify.noise import ocr_noise, rng_for, without_accents
from models.classify.reader import LetterClassifier
from models.corpus import Letter
from models.evaluation.letters import Judged, judge
from models.metrics import accuracy

_HEADER = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
_CLOSING = (
    "\nTôi cam đoan những điều trên là đúng sự thật, nếu sai tôi xin chịu trách nhiệm trước pháp luật.\n"
    "Rất mong được quý cơ quan quan tâm xem xét, giải quyết. Tôi xin chân thành cảm ơn!\n"
)
NOISE = 0.05


def robustness(classifier: LetterClassifier, letters: Sequence[Letter], clean: Judged) -> dict[str, Any]:
    """Accuracy on damaged copies, and the share of labels that formulas leave unchanged."""
    changes: dict[str, Callable[[Letter], str]] = {
        "ocr_5_percent": lambda letter: ocr_noise(letter.text, NOISE, rng_for("evaluate", letter.id)),
        "without_accents": lambda letter: without_accents(letter.text),
        "with_header": lambda letter: _HEADER + letter.text,
        "with_closing": lambda letter: letter.text.rstrip() + _CLOSING,
        "with_both": lambda letter: _HEADER + letter.text.rstrip() + _CLOSING,
    }
    return {name: _changed(classifier, letters, clean, change) for name, change in changes.items()}


def _changed(
    classifier: LetterClassifier, letters: Sequence[Letter], clean: Judged, change: Callable[[Letter], str]
) -> dict[str, Any]:
    judged = judge(classifier, letters, [change(letter) for letter in letters])
    result: dict[str, Any] = {}
    for name in ("type", "field"):
        result[name] = {
            "accuracy": round(accuracy(judged.truth(name), judged.predicted(name)), 4),
            "unchanged": round(accuracy(clean.predicted(name), judged.predicted(name)), 4),
        }
    return result
