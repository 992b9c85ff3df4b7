"""From the text of a letter to a spaCy Doc that knows its parts.

>>> doc = read_text("Kính gửi: UBND phường Kim Liên …")
>>> doc._.addressees, doc._.petitioners, doc._.decisions, doc._.written_on, …

`doc.text` is the normalised text without soft line feeds, `doc._.original` the input and
`doc._.unwrapped` the input with blanks for its soft line feeds; `doc._.to_original(start, end)`
leads from the one to the other. Everything that `doc._` gives, and `body_text`, counts
characters of the *input*. `doc.spans["sections"]` are spans of the normalised text.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from nlp.fold import fold

if TYPE_CHECKING:
    from nlp.agencybook import Agency, gazetteer
    from nlp.language import pipeline, read_text
    from nlp.mentions import AgencyMention, DateMention, DecisionMention, Fact, MentionSpan, PersonMention
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

# spaCy takes a second to import; who only folds a search word does not wait for it.
_HOMES = {
    "agencybook": ("Agency", "gazetteer"),
    "language": ("pipeline", "read_text"),
    "mentions": ("AgencyMention", "DateMention", "DecisionMention", "Fact", "MentionSpan", "PersonMention"),
    "placebook": ("Place", "place_book", "resolve_place"),
    "sections": ("body_spans", "body_text"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'nlp' has no attribute {name!r}")
    value: object = getattr(import_module(f"nlp.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value
