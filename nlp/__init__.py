"""From the text of a letter to a spaCy Doc that knows its parts.

>>> doc = read_text("Kính gửi: UBND phường Kim Liên …")
>>> doc._.addressees, doc._.petitioners, doc._.decisions, doc._.written_on, …

`doc.text` is the normalised text, `doc._.original` the input; `doc._.to_original(start, end)`
leads from the one to the other. Everything that `doc._` gives, and `body_text`, counts
characters of the *input*. `doc.spans["sections"]` are spans of the normalised text.
"""

from nlp.fold import fold
from nlp.gazetteer import Agency, gazetteer
from nlp.mentions import (
    AgencyMention,
    DateMention,
    DecisionMention,
    Fact,
    MentionSpan,
    PersonMention,
)
from nlp.pipeline import pipeline, read_text
from nlp.placebook import Place, place_book, resolve_place
from nlp.sections import body_spans, body_text

__all__ = [
    "Agency",
    "AgencyMention",
    "DateMention",
    "DecisionMention",
    "Fact",
    "MentionSpan",
    "PersonMention",
    "Place",
    "body_spans",
    "body_text",
    "fold",
    "gazetteer",
    "pipeline",
    "place_book",
    "read_text",
    "resolve_place",
]
