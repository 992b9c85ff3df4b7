"""Earlier letters of the same case: features of a letter, a score for pairs, an index in memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from models.linking.features import LinkFeatures, extract
from models.linking.scorer import LinkEvidence, LinkScore, LinkScorer
from models.live import live
from models.proposal import LinkLevel

__all__ = [
    "CaseIndex",
    "Link",
    "LinkEvidence",
    "LinkFeatures",
    "LinkScore",
    "LinkScorer",
    "features",
    "score",
]

_HOT_KEY = 200


def features(doc: Doc) -> LinkFeatures:
    """Link features of a read letter; ModelFileError where no model is trained."""
    return extract(doc, live().scorer.common)


def score(earlier: LinkFeatures, later: LinkFeatures) -> LinkScore:
    """Score a letter against an earlier one with the live model; `level` is None below its threshold."""
    return live().scorer.score(earlier, later)


@dataclass(frozen=True, slots=True)
class Link:
    """A letter that an earlier one belongs to."""

    to: str
    level: LinkLevel
    probability: float
    evidence: tuple[LinkEvidence, ...]


class CaseIndex:
    """Letters in order of arrival; ask for links before adding the new one.

    Without `scorer` the live model's is used (ModelFileError where there is none).
    """

    def __init__(self, scorer: LinkScorer | None = None) -> None:
        self.scorer = scorer or live().scorer
        self._letters: dict[str, LinkFeatures] = {}
        self._exact: defaultdict[str, list[str]] = defaultdict(list)
        self._keys: defaultdict[int, list[str]] = defaultdict(list)
        self._rare: defaultdict[int, list[str]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._letters)

    def features(self, doc: Doc) -> LinkFeatures:
        """Link features of a read letter."""
        return extract(doc, self.scorer.common)

    def add(self, name: str, features: LinkFeatures) -> None:
        """Take in a letter; raises ValueError if the id is known already."""
        if name in self._letters:
            raise ValueError(f"letter {name} is in the index already")
        self._letters[name] = features
        self._exact[features.exact_hash].append(name)
        for key in features.keys:
            self._keys[key].append(name)
        for value in features.fp:
            self._rare[value].append(name)

    def candidates(self, features: LinkFeatures, budget: int = 300) -> list[str]:
        """At most `budget` earlier letters worth scoring, most shared features first.

        Keys that more than 200 letters have are left out; rare features are followed from the
        rarest on while the budget lasts, so that a common name cannot make a query slow.
        """
        votes: Counter[str] = Counter()
        for name in self._exact.get(features.exact_hash, ())[-budget:]:
            votes[name] += 1000
        spent = 0
        for posting, weight in self._postings(features):
            if spent and spent + len(posting) > 2 * budget:
                break
            spent += len(posting)
            for name in posting:
                votes[name] += weight
        return [name for name, _ in votes.most_common(budget)]

    def links(self, features: LinkFeatures, budget: int = 300) -> list[Link]:
        """Earlier letters that the new one belongs to, likeliest first."""
        found = []
        for name in self.candidates(features, budget):
            score = self.scorer.score(self._letters[name], features)
            if score.level:
                found.append(Link(name, score.level, score.probability, score.evidence))
        return sorted(found, key=lambda link: -link.probability)

    def _postings(self, features: LinkFeatures) -> Iterator[tuple[list[str], int]]:
        keyed = [self._keys[key] for key in features.keys if 0 < len(self._keys.get(key, ())) <= _HOT_KEY]
        rare = [self._rare[value] for value in features.fp if value in self._rare]
        yield from ((posting, 3) for posting in sorted(keyed, key=len))
        yield from ((posting, 1) for posting in sorted(rare, key=len))
