"""The invented letters: loading, checking and fingerprinting them.

Letters are data of the package, not of a user: `train` teaches, `gold` judges and never teaches.
"""

from models.corpus.families import Family, FamilyLetter, load_families
from models.corpus.letters import CorpusError, Letter, Part, digest, load_letters

__all__ = [
    "CorpusError",
    "Family",
    "FamilyLetter",
    "Letter",
    "Part",
    "digest",
    "load_families",
    "load_letters",
]
