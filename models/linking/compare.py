"""Comparing two letters field by field: each comparison has a level, each level is a feature.

Independent agreements cannot tell a repeat from the same person with another matter, so agreement
of person and of matter also enter together (measured before the project: AP .87 without, .94 with).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from models.linking.features import LinkFeatures, hashed

FEATURES = (
    "text_same", "text_near", "text_far", "size_ratio", "rare_shared", "topic", "name_same", "name_near",
    "name_differs", "name_unknown", "name_mentioned", "people_shared", "id_same", "id_differs", "phone_same", "phone_differs",
    "decision_same", "decision_differs", "parcel_same", "parcel_differs", "place_same", "place_differs",
    "respondent_same", "respondent_differs", "numbers_shared", "numbers_differ", "dates_shared",
    "cites_letter", "follows_up", "name_and_text", "name_and_rare", "name_and_topic", "name_and_fact", "other_name_text",
    "name_without_fact", "same_written", "anchors_shared", "name_and_anchor", "shape_same", "size_same", "written_differs", "name_other_paper",
)  # fmt: skip
_GIVEN_ALIKE = 0.7
_WORDS_OF_TOPIC = 5
_FOLLOW_UPS = {"second", "continued", "supplement", "withdrawal", "reminder"}


@dataclass
class Comparison:
    """Values of FEATURES for a pair, and what to put into their labels."""

    values: dict[str, float] = field(default_factory=dict)
    shown: dict[str, dict[str, str]] = field(default_factory=dict)

    def note(self, name: str, value: float, **shown: object) -> None:
        """Set a feature, with the words for its label."""
        self.values[name] = value
        self.shown[name] = {key: str(text) for key, text in shown.items()}

    def vector(self) -> NDArray[np.float64]:
        """The values in the order of FEATURES; 0 where a feature does not speak."""
        return np.array([self.values.get(name, 0.0) for name in FEATURES])


def compare(later: LinkFeatures, earlier: LinkFeatures) -> Comparison:
    """Compare a letter with an earlier one."""
    result = Comparison()
    text = shared_text(later, earlier)
    _text(result, text, later, earlier)
    name = _names(result, later, earlier)
    facts = [
        _sets(result, "id", later.ids, earlier.ids, slack=1),
        _sets(result, "phone", later.phones, earlier.phones, slack=1),
        _decisions(result, later, earlier),
        _sets(result, "parcel", later.parcels, earlier.parcels),
    ]
    _sets(result, "place", later.places, earlier.places)
    _respondents(result, later.respondents, earlier.respondents)
    matter = _matter(result, later, earlier) or any(facts[2:])
    _course(result, later, earlier)
    _together(result, name, text, matter)
    return result


def shared_text(one: LinkFeatures, other: LinkFeatures) -> float:
    """Estimated share of word pairs in common (0..1)."""
    return 1.0 if one.exact_hash == other.exact_hash else _overlap(one.sketch, other.sketch)


def _overlap(one: Sequence[int], other: Sequence[int]) -> float:
    """Jaccard index of two sets, estimated from the smallest hashes of both."""
    union = sorted({*one, *other})[: max(len(one), len(other))]
    both = set(one) & set(other)
    return sum(value in both for value in union) / len(union) if union else 0.0


def _text(result: Comparison, text: float, later: LinkFeatures, earlier: LinkFeatures) -> None:
    percent = round(100 * text)
    result.note("text_same", max(text - 0.7, 0) / 0.3, percent=percent)
    result.note("text_near", min(text / 0.7, 1.0), percent=percent)
    result.note("text_far", float(text < 0.1), percent=percent)
    longest = max(later.size, earlier.size, 1)
    result.note("size_ratio", min(later.size, earlier.size) / longest, a=later.size, b=earlier.size)
    ratio = result.values["size_ratio"]
    result.note("size_same", max(ratio - 0.9, 0) / 0.1, a=later.size, b=earlier.size)
    shapes = 1.0 if text == 1.0 else _overlap(later.shapes, earlier.shapes)
    result.note("shape_same", max(shapes - 0.7, 0) / 0.3, percent=round(100 * shapes))
    rare = len(set(later.fp) & set(earlier.fp))
    result.note("rare_shared", min(rare / 12, 1.0), count=rare)
    words = len(set(later.terms) & set(earlier.terms))
    topic = words / max((len(later.terms) * len(earlier.terms)) ** 0.5, 1.0)
    # One or two words that two short letters share say nothing, however large their share.
    result.note("topic", min(2 * topic, 1.0) * min(words / _WORDS_OF_TOPIC, 1.0), count=words)
    anchors = len(set(later.anchors) & set(earlier.anchors))
    result.note("anchors_shared", min(anchors / 4, 1.0), count=anchors)


def _names(result: Comparison, later: LinkFeatures, earlier: LinkFeatures) -> float:
    """Likeness of the senders (0..1): names compared, or one named in the other letter; 0.5 if unread."""
    shared = set(later.mentioned) & set(earlier.mentioned)
    if shared:
        result.note("people_shared", min(len(shared) / 2, 1.0), a=", ".join(sorted(shared)[:3]).title())
    pairs = [(_alike(a, b), a, b) for a in later.names[:10] for b in earlier.names[:10]]
    likeness, a, b = max(pairs, default=(0.0, "", ""))
    if likeness > 0.96 or (pairs and likeness > 0.85):
        result.note("name_same" if likeness > 0.96 else "name_near", 1.0, a=a.title(), b=b.title())
        return likeness
    named = (set(later.names) & set(earlier.mentioned)) | (set(earlier.names) & set(later.mentioned))
    if named:
        result.note("name_mentioned", 1.0, a=min(named).title())
        return 0.9
    if pairs:
        result.note("name_differs", 1.0, a=a.title(), b=b.title())
        return min(likeness, 0.4)
    result.note("name_unknown", 1.0)
    return 0.5


def _alike(one: str, other: str) -> float:
    """Likeness of two names (0..1); a name without its surname is nearly the same.

    Brothers share all but the given name, which stands last, so that one has to fit by itself.
    """
    if one != other and (one.endswith(f" {other}") or other.endswith(f" {one}")):
        return 0.9
    whole = fuzz.ratio(one, other) / 100
    given = fuzz.ratio(one.rsplit(" ", 1)[-1], other.rsplit(" ", 1)[-1]) / 100
    return whole if given >= _GIVEN_ALIKE else min(whole, given)


def _sets(
    result: Comparison, name: str, later: Sequence[str], earlier: Sequence[str], slack: int = 0
) -> bool:
    """Whether two sets of values meet; `slack` typing errors are forgiven. No sign if one is empty."""
    if not later or not earlier:
        return False
    for a in later:
        for b in earlier:
            if a == b or (slack and Levenshtein.distance(a, b, score_cutoff=slack) <= slack):
                result.note(f"{name}_same", 1.0, a=_plain(a), b=_plain(b))
                return True
    result.note(f"{name}_differs", 1.0, a=_plain(later[0]), b=_plain(earlier[0]))
    return False


def _decisions(result: Comparison, later: LinkFeatures, earlier: LinkFeatures) -> bool:
    """Cited papers; "quyết định phạt 133" in plain words counts as the number alone."""
    for paper in (*later.decisions, *earlier.decisions):
        number = hashed(f"#{_plain(paper)}")
        if number in later.numbers and number in earlier.numbers:
            result.note("decision_same", 1.0, a=_plain(paper))
            return True
    return _sets(result, "decision", later.decisions, earlier.decisions)


def _respondents(result: Comparison, later: Sequence[str], earlier: Sequence[str]) -> None:
    if not later or not earlier:
        return
    likeness, a, b = max((fuzz.ratio(a, b) / 100, a, b) for a in later[:10] for b in earlier[:10])
    level = "respondent_same" if likeness > 0.85 else "respondent_differs"
    result.note(level, 1.0, a=a.title(), b=b.title())


def _matter(result: Comparison, later: LinkFeatures, earlier: LinkFeatures) -> bool:
    """Numbers and dates of the story in common; tells whether there are enough to speak of one matter."""
    own = {later.written_on, earlier.written_on}
    numbers = len(set(later.numbers) & set(earlier.numbers))
    dates = len(set(later.dates) & set(earlier.dates) - own)
    if numbers:
        result.note("numbers_shared", min(numbers / 4, 1.0), count=numbers)
    elif later.numbers and earlier.numbers:
        result.note("numbers_differ", 1.0)
    if dates:
        result.note("dates_shared", min(dates / 3, 1.0), count=dates)
    return numbers + dates >= 2


def _course(result: Comparison, later: LinkFeatures, earlier: LinkFeatures) -> None:
    """Signs that one letter goes on from the other."""
    if earlier.written_on and earlier.written_on in later.dates and later.written_on != earlier.written_on:
        result.note("cites_letter", 1.0, b=earlier.written_on)
    if later.written_on and later.written_on == earlier.written_on:
        result.note("same_written", 1.0, a=later.written_on)
    elif later.written_on and earlier.written_on:
        result.note("written_differs", 1.0, a=later.written_on, b=earlier.written_on)
    if later.stage in _FOLLOW_UPS:
        result.note("follows_up", 1.0, a=later.stage)


def _together(result: Comparison, name: float, text: float, matter: bool) -> None:
    """Person and matter in one: what no single agreement can tell."""
    same = name > 0.85
    rare = result.values["rare_shared"]
    if same:
        result.note("name_and_text", text, percent=round(100 * text))
        result.note("name_and_rare", rare, count=result.shown["rare_shared"]["count"])
        topic = result.values["topic"]
        result.note("name_and_topic", topic, count=result.shown["topic"]["count"])
        anchors = result.values["anchors_shared"]
        result.note("name_and_anchor", anchors, count=result.shown["anchors_shared"]["count"])
        result.note("name_and_fact" if matter else "name_without_fact", 1.0)
        if "decision_differs" in result.values:
            result.note("name_other_paper", 1.0)
    elif name < 0.5:
        result.note("other_name_text", text, percent=round(100 * text))


def _plain(value: str) -> str:
    """A stored value for display: without the kind that precedes a decision's number."""
    return value.rsplit(" ", 1)[-1] if value.rsplit(" ", maxsplit=1)[-1].isdigit() else value
