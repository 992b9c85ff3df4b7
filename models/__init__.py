"""What the program makes of a read letter: classifiers, stage, law, links to earlier letters."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.cases import CaseIndex
    from models.evaluation import evaluate
    from models.proposing import propose, propose_many
    from models.training import train

__all__ = ["CaseIndex", "evaluate", "propose", "propose_many", "train"]

# spaCy and scikit-learn take seconds to import; who only needs a code or a label does not wait for them.
_HOME_OF = {
    "CaseIndex": "models.cases",
    "evaluate": "models.evaluation",
    "propose": "models.proposing",
    "propose_many": "models.proposing",
    "train": "models.training",
}


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'models' has no attribute {name!r}")
    value: object = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value
