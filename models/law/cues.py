"""The words of `reading_cues.yaml` and `matter_cues.yaml`, indexed once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml
from pydantic import TypeAdapter

from models.law.codes import Body, Level
from models.law.phrases import PhraseIndex
from models.law.rulebook import rulebook
from models.law.schema import Strict


class Post(Strict):
    """Words for a post or a body, and what they tell about it."""

    words: tuple[str, ...]
    body: Body
    level: Level | None = None
    head: bool | None = None
    state_owned: bool | None = None


class _CueFile(Strict):
    facts: dict[str, tuple[str, ...]]
    posts: tuple[Post, ...]
    codes: dict[Body, tuple[str, ...]]
    numbers: dict[Body, tuple[str, ...]]
    heads: tuple[str, ...]


@dataclass(frozen=True)
class Cues:
    """Indexes over all phrases; the owner of a post's phrase is its number in `posts`."""

    facts: PhraseIndex
    matters: PhraseIndex
    posts_index: PhraseIndex
    posts: tuple[Post, ...]
    codes: dict[str, Body]
    prefixes: tuple[tuple[str, Body], ...]
    numbers: dict[str, Body]
    heads: frozenset[str]

    def body_of_code(self, code: str) -> Body | None:
        """The kind of body of a code of the agency gazetteer."""
        exact = self.codes.get(code)
        if exact is not None:
            return exact
        return next((body for prefix, body in self.prefixes if code.startswith(prefix)), None)


@cache
def cues() -> Cues:
    """The cue words of this version of the program."""
    text = (resources.files("models") / "rulebook" / "reading_cues.yaml").read_text(encoding="utf-8")
    file = TypeAdapter(_CueFile).validate_python(yaml.safe_load(text))
    codes = [(code, body) for body, known in file.codes.items() for code in known]
    return Cues(
        facts=PhraseIndex((name, word) for name, words in file.facts.items() for word in words),
        matters=PhraseIndex(
            (name, word) for name, row in rulebook().matter_cues.items() for word in row.cues
        ),
        posts_index=PhraseIndex((str(at), word) for at, post in enumerate(file.posts) for word in post.words),
        posts=file.posts,
        codes={code: body for code, body in codes if not code.endswith("*")},
        prefixes=tuple((code.rstrip("*"), body) for code, body in codes if code.endswith("*")),
        numbers={mark: body for body, marks in file.numbers.items() for mark in marks},
        heads=frozenset(file.heads),
    )
