"""Judging the models on letters that never taught them: what is right, how sure, how robust."""

from models.evaluation.letters import Judged, answers_of, judge
from models.evaluation.report import EvaluationReport, evaluate

__all__ = ["EvaluationReport", "Judged", "answers_of", "evaluate", "judge"]
