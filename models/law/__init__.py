"""The law: facts of a letter in, conditions, competence, action and deadline out, each with its article."""

from models.law.assess import Assessment, assess, clock_for
from models.law.calendar import add_days, add_working_days, is_working_day, next_working_day
from models.law.codes import Body, Event, Level
from models.law.explain import Fired, as_text
from models.law.facts import Addressee, LetterFacts, MatterHit, Target
from models.law.reader import facts_from_doc
from models.law.rulebook import Rulebook, RulebookError, load_rulebook, rulebook

__all__ = [
    "Addressee",
    "Assessment",
    "Body",
    "Event",
    "Fired",
    "LetterFacts",
    "Level",
    "MatterHit",
    "Rulebook",
    "RulebookError",
    "Target",
    "add_days",
    "add_working_days",
    "as_text",
    "assess",
    "clock_for",
    "facts_from_doc",
    "is_working_day",
    "load_rulebook",
    "next_working_day",
    "rulebook",
]
