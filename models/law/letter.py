"""One letter as the fact readers see it: text, sections and hits, all in offsets of the original."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from models.law.cues import Cues, cues
from models.law.phrases import Hit
from models.proposal import Evidence

if TYPE_CHECKING:
    from spacy.tokens import Doc


# A letter of hundreds of pages says what it wants on the first ones; the rest is attachments.
_READ_CHARACTERS = 60_000


@dataclass
class Letter:
    """A Doc with what the readers ask of it several times, worked out once."""

    doc: Doc
    text: str = field(init=False)
    cues: Cues = field(init=False)
    sections: list[tuple[str, int, int]] = field(init=False)

    def __post_init__(self) -> None:
        """Take the original text, its lines joined to sentences, and the sections in its offsets."""
        self.cues = cues()
        self.text = str(self.doc._.unwrapped)[:_READ_CHARACTERS]
        spans = self.doc.spans.get("sections", ())
        self.sections = [
            (span.label_, *self.doc._.to_original(span.start_char, span.end_char)) for span in spans
        ]

    @cached_property
    def agencies(self) -> list[Any]:
        """Mentions of public bodies."""
        return [mention for mention in self.doc._.agencies if mention.end <= _READ_CHARACTERS]

    @cached_property
    def hits(self) -> dict[str, list[Hit]]:
        """Cue words of facts by fact."""
        return _by_owner(self.cues.facts.find(self.text))

    @cached_property
    def matters(self) -> dict[str, list[Hit]]:
        """Cue words of matters by matter."""
        return _by_owner(self.cues.matters.find(self.text))

    @cached_property
    def posts(self) -> list[Hit]:
        """Words for posts and bodies, in their order in the text."""
        return list(self.cues.posts_index.find(self.text))

    def section_at(self, position: int) -> str | None:
        """Label of the section around a character."""
        return next((label for label, start, end in self.sections if start <= position < end), None)

    def spans_of(self, *labels: str) -> list[tuple[int, int]]:
        """Where the sections with these labels stand."""
        return [(start, end) for label, start, end in self.sections if label in labels]

    def evidence(self, start: int, end: int, weight: float = 1.0) -> Evidence:
        """A span of the letter as evidence."""
        return Evidence(start, end, self.text[start:end], weight)

    def evidence_of(self, name: str, limit: int = 3) -> tuple[Evidence, ...]:
        """The first cue words of a fact as evidence."""
        return tuple(self.evidence(hit.start, hit.end) for hit in self.hits.get(name, ())[:limit])


def _by_owner(hits: Any) -> dict[str, list[Hit]]:
    found: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        found[hit.owner].append(hit)
    return dict(found)
