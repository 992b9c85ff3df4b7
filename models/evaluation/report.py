"""Everything that `donthu evaluate` shows, as JSON and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.corpus import Part, digest, load_families, load_letters
from models.evaluation.law import law_scores
from models.evaluation.letters import judge, letter_scores, stage_scores
from models.evaluation.links import link_scores
from models.evaluation.robustness import robustness
from models.live import live


@dataclass(frozen=True)
class EvaluationReport:
    """Scores of the live model on one part of the corpus; `corpus` is its digest."""

    part: str
    letters: int
    corpus: str
    model: str
    scores: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        """The report as a JSON object."""
        return {
            "part": self.part,
            "letters": self.letters,
            "corpus": self.corpus,
            "model": self.model,
            **self.scores,
        }

    def table(self) -> str:
        """The report as lines of text for a terminal."""
        return "\n".join(_lines(self))


def evaluate(part: Part = "gold") -> EvaluationReport:
    """Judge the live model on letters of the corpus; on "train" the result flatters the model."""
    model = live()
    letters = load_letters(part)
    judged = judge(model.classifier, letters)
    known = model.classifier.thresholds
    scores = {
        **letter_scores(judged, {"type": known.type, "field": known.field}),
        "stage": stage_scores(letters),
        "robustness": robustness(model.classifier, letters, judged),
        "law": law_scores(letters),
        "links": link_scores(model.scorer, load_families(part), letters),
    }
    return EvaluationReport(part, len(letters), digest(letters), model.classifier.version, scores)


def _lines(report: EvaluationReport) -> Iterator[str]:
    scores = report.scores
    yield f"model {report.model} on {report.letters} letters ({report.part}, {report.corpus[:12]})"
    for name in ("type", "field"):
        yield from _classifier_lines(name, scores[name])
    title = scores["type"]
    yield f"type, misleading title {title['misleading_title']['accuracy']}, other {title['honest_title']['accuracy']}"
    mixed = scores["mixed"]
    yield f"mixed: precision {mixed['precision']:.3f} recall {mixed['recall']:.3f} ({mixed['support']} letters)"
    yield f"stage: accuracy {scores['stage']['accuracy']:.3f} macro-F1 {scores['stage']['macro_f1']:.3f}"
    for change, result in scores["robustness"].items():
        yield (
            f"{change:16} type {result['type']['accuracy']:.3f} (unchanged {result['type']['unchanged']:.3f})"
            f"  field {result['field']['accuracy']:.3f} (unchanged {result['field']['unchanged']:.3f})"
        )
    law = scores["law"]
    yield f"competence kind {law['kind']['accuracy']:.3f}, action {law['action']['accuracy']:.3f}"
    yield f"action among the allowed {law['action']['allowed']:.3f}, review asked {law['review_asked']:.3f}"
    links = scores["links"]["linked"]
    yield (
        f"links: precision {links['precision']:.3f} recall {links['recall']:.3f},"
        f" candidates found {scores['links']['found']:.3f}, level {scores['links']['level_accuracy']:.3f},"
        f" strangers {scores['links']['strangers']}"
    )


def _classifier_lines(name: str, scores: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"{name}: accuracy {scores['accuracy']:.3f} macro-F1 {scores['macro_f1']:.3f} top-3 {scores['top3']:.3f}"
        f" calibration error {scores['calibration_error']:.3f}"
    )
    errors = ", ".join(f"{share} {error:.3f}" for share, error in scores["error_at_coverage"].items())
    yield f"  error at coverage: {errors}"
    for label, one in scores["classes"].items():
        yield (
            f"  {label:18} P {one['precision']:.3f} R {one['recall']:.3f} F1 {one['f1']:.3f} ({one['support']})"
        )
