"""The workspace that the components of one Doc share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from spacy.tokens import Doc

from nlp.fold import capitals_tell, fold
from nlp.lines import Unit, split_units
from nlp.mentions import (
    AgencyMention,
    DateMention,
    DecisionMention,
    Fact,
    MentionSpan,
    PersonMention,
)
from nlp.normalise import Alignment

READING = "donthu.reading"
_BLANK, _FEED = re.compile(" "), re.compile(r"[\r\n\f]+")
Mention = TypeVar("Mention", AgencyMention, DateMention, DecisionMention, Fact, MentionSpan, PersonMention)


@dataclass
class Section:
    """A stretch of the letter with one label; offsets of the normalised text."""

    label: str
    start: int
    end: int


@dataclass
class Reading:
    """One letter while it is read. Everything in it counts characters of `text` (normalised)."""

    original: str
    text: str
    alignment: Alignment
    sections: list[Section] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    written_on: DateMention | None = None
    places: list[MentionSpan] = field(default_factory=list)
    agencies: list[AgencyMention] = field(default_factory=list)
    addressees: list[MentionSpan] = field(default_factory=list)
    decisions: list[DecisionMention] = field(default_factory=list)
    people: list[PersonMention] = field(default_factory=list)

    @cached_property
    def folded(self) -> str:
        """The text folded; the same offsets."""
        return fold(self.text)

    @cached_property
    def unwrapped(self) -> str:
        """The original text, of the same length, with blanks for soft line feeds and page breaks in them."""
        characters = list(self.original)
        for match in _BLANK.finditer(self.text):
            at = self.alignment.to_original(match.start(), match.end())[0]
            feed = _FEED.search(self.original, max(at - 1, 0), at + 3)
            if self.original[at] in "\r\n\f" and feed is not None:
                characters[feed.start() : feed.end()] = " " * len(feed.group())
        return "".join(characters)

    @cached_property
    def units(self) -> list[Unit]:
        """Lines and sentences."""
        return split_units(self.text, self.capitals_tell)

    @cached_property
    def capitals_tell(self) -> bool:
        """Whether capital letters mark names in this letter."""
        return capitals_tell(self.text)

    def in_section(self, *labels: str) -> list[Section]:
        """The sections that carry one of the labels, in order."""
        return [section for section in self.sections if section.label in labels]

    def section_at(self, position: int) -> str | None:
        """Label of the section that holds the character, None outside all."""
        for section in self.sections:
            if section.start <= position < section.end:
                return section.label
        return None

    def outward(self, mentions: list[Mention]) -> list[Mention]:
        """The mentions with offsets of the original text."""
        if self.alignment.starts is None:
            return list(mentions)
        moved = []
        for mention in mentions:
            start, end = self.alignment.to_original(mention.start, mention.end)
            moved.append(replace(mention, start=start, end=end))
        return moved


def reading_of(doc: Doc) -> Reading:
    """The workspace of a Doc; one that this pipeline did not make gets a fresh one."""
    data: dict[Any, Any] = doc.user_data
    found = data.get(READING)
    if not isinstance(found, Reading):
        found = Reading(doc.text, doc.text, Alignment(len(doc.text)))
        data[READING] = found
    return found
