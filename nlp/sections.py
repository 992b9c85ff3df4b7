"""Component `sections`: the parts of a letter, and the part that carries its content.

A scanner walks over the units (lines and sentences). A unit with a cue begins a section; one
without goes on the section before it if it looks like it, and is content otherwise.
"""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz import fuzz
from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.cues import Cue, Cues, load_cues
from nlp.lines import Unit
from nlp.names import looks_like_name, name_at, plausible_name
from nlp.reading import Reading, Section, reading_of

CONTENT: Final = ("body", "history", "respondent", "request")
_HEAD = ("header", "title", "addressees", "mail_marks")
_BULLET = re.compile(
    r"(?:(?:i{1,3}|iv|vi{0,3}|ix|x)[.)](?=\s)|[\s\-–—+*•·.>]|\(?\d{1,2}[.)](?=\s)|\(?[a-hđ][.)](?=\s))+"
)
_FUZZY = 82.0
_SHORT = 60
_HEADING = 40
_LAST_WORDS = 160
_NAME_PREFIX = 5
_HEAD_REACH = 300
_HEAD_START = re.compile(r"\W*(?:c.ng h.a xa h.i|.{0,12}doc.?lap\W{0,5}tu ?do)")
_NOTES = re.compile(
    r"\([^)]*\)|[\s,;-]+(?:so )?(?:sdt|dt|dien thoai|d/t)\b.*|[\s,;-]+\d[\d. ]{7,}.*|\s[-–]\s?(?:da )?ky.*|\bda ky\b|\bky ten\b"
)


@Language.component("sections", assigns=["doc.spans"])
def sections(doc: Doc) -> Doc:
    """Cut the letter into labelled sections; none overlap."""
    reading = reading_of(doc)
    reading.sections = Scanner(reading, load_cues()).scan()
    spans = [
        doc.char_span(section.start, section.end, label=section.label, alignment_mode="expand")
        for section in reading.sections
    ]
    doc.spans["sections"] = [span for span in spans if span is not None]
    return doc


def body_spans(doc: Doc, title: bool = False) -> list[Span]:
    """The sections that carry content, as spans of the normalised text, in order.

    Left out are state name and motto, addressees, the writer's data, assurance, thanks,
    signature, attachments and mailroom marks. With `title` the title and subject line stay in.
    """
    wanted = {*CONTENT, "title"} if title else set(CONTENT)
    return [span for span in doc.spans.get("sections", ()) if span.label_ in wanted]


def body_text(doc: Doc, title: bool = False) -> list[tuple[int, int]]:
    """(start, end) of the content of the letter in the original text; see `body_spans`."""
    reading = reading_of(doc)
    return [reading.alignment.to_original(span.start_char, span.end_char) for span in body_spans(doc, title)]


def _head_start(reading: Reading) -> int:
    """Where the state's name begins; what a scanner saw above it is no story yet."""
    starts = (unit.start for unit in reading.units if unit.start <= _HEAD_REACH and unit.first)
    return next((start for start in starts if _HEAD_START.match(reading.folded, start)), 0)


class Scanner:
    """The walk over one letter."""

    def __init__(self, reading: Reading, cues: Cues) -> None:
        self.text = reading.text
        self.folded = reading.folded
        self.units = reading.units
        self.capitals_tell = reading.capitals_tell
        self.cues = cues
        self.state: str | None = None
        self.begun = False
        self.head = _head_start(reading)
        self.heading = False
        self.sections: list[Section] = []

    def scan(self) -> list[Section]:
        """Label every unit and join neighbours of one label."""
        for unit in self.units:
            label = self._label(unit)
            self._enter(label)
            start = unit.start
            while (
                turn := self.cues.turn(label, self.folded, start, unit.end, self._near_end(unit))
            ) is not None:
                at, next_label = turn
                self._add(label, start, at)
                label, start = next_label, at
                self._enter(label)
            self._add(label, start, unit.end)
            # Under a heading of its own the next paragraph belongs to it ("III. Yêu cầu").
            self.heading = unit.first and unit.end - unit.start <= _HEADING
        return self.sections

    def _enter(self, label: str) -> None:
        self.state = label
        if label not in _HEAD:
            self.begun = True

    def _add(self, label: str, start: int, end: int) -> None:
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        if start >= end:
            return
        if self.sections and self.sections[-1].label == label:
            self.sections[-1].end = end
        else:
            self.sections.append(Section(label, start, end))

    def _label(self, unit: Unit) -> str:
        folded = self.folded[unit.start : unit.end]
        bullet = _BULLET.match(folded)
        stripped = folded[bullet.end() :] if bullet else folded
        offset = unit.start + (bullet.end() if bullet else 0)
        if not self.begun and (label := self._fixed_in_head(unit, stripped)):
            return label
        if unit.wrapped and self.state in ("affirmation", "closing", "title"):
            return self.state
        if unit.wrapped and self.state in CONTENT and not self._near_end(unit):
            return self.state
        cue = self.cues.find(stripped, self.text[offset : unit.end], self._allowed(unit))
        if cue is not None:
            return self._checked(cue, bool(bullet))
        return self._near_cue(stripped, unit) or self._inherited(unit, stripped, bool(bullet))

    def _fixed_in_head(self, unit: Unit, stripped: str) -> str | None:
        """A stamp goes on over "Số: 412", a title over the subject in brackets, whatever they say."""
        if self.state == "title" and self.text[unit.start] == "(":
            return "title"
        stamp = self.state == "mail_marks" and unit.end - unit.start <= _SHORT
        return "mail_marks" if stamp and self.cues.continues["mail_marks"].match(stripped) else None

    def _allowed(self, unit: Unit) -> tuple[bool, float]:
        return self.begun, unit.start / max(len(self.text), 1)

    def _near_end(self, unit: Unit) -> bool:
        """Whether the unit is among the last of the letter."""
        return unit.end > 0.55 * len(self.text)

    def _checked(self, cue: Cue, bullet: bool) -> str:
        """The cue's label, unless where it stands speaks against it."""
        inside_list = bullet and self.state in ("addressees", "request", "attachments")
        if inside_list and self.state is not None and cue.label in ("sender", "signature", "body", "request"):
            return self.state if cue.label != "sender" or self.state != "addressees" else cue.label
        if cue.label == "sender" and self.state in (*CONTENT, "affirmation", "closing", "signature"):
            # "Tôi là …" after the story has begun is story; after the signature it is signature.
            return "signature" if self.state in ("closing", "signature") else self.state
        return cue.label

    def _near_cue(self, stripped: str, unit: Unit) -> str | None:
        """Label of the model line that a short line resembles."""
        if not unit.first or not 4 <= len(stripped) <= _SHORT + 20:
            return None
        for label, exemplars in self.cues.exemplars["later" if self.begun else "begin"].items():
            for exemplar in exemplars:
                # Only what begins like it: the addressee follows "Kính gửi:" on the same line.
                piece = stripped[: len(exemplar)] if label == "addressees" else stripped
                if abs(len(piece) - len(exemplar)) <= 8 and fuzz.ratio(piece, exemplar) >= _FUZZY:
                    return label
        return None

    def _inherited(self, unit: Unit, stripped: str, bullet: bool) -> str:
        state = self.state
        length = unit.end - unit.start
        if state in (None, "header", "title"):
            return self._in_head(unit, length)
        if state == "request":
            listed = bullet or unit.wrapped or not unit.first or self.heading
            return "request" if listed else self._content(unit, stripped)
        if state in ("body", "history"):
            return self._content(unit, stripped)
        if state in ("affirmation", "closing", "signature", "attachments"):
            return self._at_end(unit, stripped, length, bullet)
        return self._goes_on(state or "header", unit, stripped, length, bullet)

    def _in_head(self, unit: Unit, length: int) -> str:
        line = self.text[unit.start : unit.end]
        if unit.end <= self.head and length <= _SHORT:
            return "header"
        if self.state == "title" and (line[0] in "([" or (line.isupper() and length <= 120)):
            return "title"
        if length <= _SHORT and line[-1] not in ".!?" and (line.isupper() or length <= 12):
            return "title" if line.isupper() and self.state is not None else "header"
        if self.state == "title" and unit.wrapped:
            return "title"
        return "body"

    def _content(self, unit: Unit, stripped: str) -> str:
        """Body, unless the line is a bare name where only a signature can stand."""
        if self._near_end(unit) and unit.first and self._is_signature_line(unit, stripped):
            return "signature"
        return "body"

    def _at_end(self, unit: Unit, stripped: str, length: int, bullet: bool) -> str:
        state = self.state or "signature"
        if unit.wrapped or (state == "attachments" and (bullet or length <= 120)):
            return state
        if state == "signature" and (length <= 120 or not unit.first):
            return "signature"
        if unit.first and (self._is_signature_line(unit, stripped) or length <= 30):
            return "signature"
        return "body" if self._open_end(unit) else "attachments"

    def _open_end(self, unit: Unit) -> bool:
        """Whether content may still follow: not after a signature with pages behind it."""
        return self.state in ("affirmation", "closing", "attachments") or unit.start < 0.5 * len(self.text)

    def _is_signature_line(self, unit: Unit, stripped: str) -> bool:
        if self._signed_with_address(unit):
            return True
        if unit.end - unit.start > _SHORT:
            return False
        folded = _NOTES.sub(lambda m: " " * len(m.group()), self.folded[unit.start : unit.end])
        text = "".join(
            c if f != " " else " " for c, f in zip(self.text[unit.start : unit.end], folded, strict=True)
        )
        return looks_like_name(text.strip(" ,.;:-–"), folded.strip(" ,.;:-–")) if stripped else False

    def _signed_with_address(self, unit: Unit) -> bool:
        """Whether one of the last lines begins with a full name: "Vũ Tất Ứng, P9 nhà 4 tầng"."""
        if len(self.text) - unit.start > _LAST_WORDS or unit.end - unit.start > 2 * _SHORT:
            return False
        bounds = name_at(self.text, self.folded, unit.start, self.capitals_tell)
        return (
            bounds is not None
            and bounds[0] - unit.start <= _NAME_PREFIX
            and self.text[bounds[1] : bounds[1] + 1] in (",", "")
            and plausible_name(self.folded[bounds[0] : bounds[1]])
        )

    def _goes_on(self, state: str, unit: Unit, stripped: str, length: int, bullet: bool) -> str:
        """Addressees, sender, respondent, mailroom marks: lists that end at the first other line."""
        if unit.wrapped and length <= 200:
            return state
        if unit.paragraph and not bullet and length > 80 and state in ("addressees", "sender"):
            return self._content(unit, stripped)
        pattern = self.cues.continues.get(state)
        fits = pattern is not None and (
            pattern.match(stripped) if state in ("addressees", "mail_marks") else pattern.search(stripped)
        )
        if fits and (state != "mail_marks" or length <= _SHORT) and length <= 260:
            return state
        if bullet and length <= 160 and unit.first and state in ("addressees", "sender"):
            return state
        if state == "mail_marks" and not self.begun:
            return self._in_head(unit, length)
        return self._content(unit, stripped)
