"""What the program makes of a read letter: classifiers, stage, law, links to earlier letters."""

from models.cases import CaseIndex
from models.evaluation import evaluate
from models.propose import propose, propose_many
from models.training import train

__all__ = ["CaseIndex", "evaluate", "propose", "propose_many", "train"]
