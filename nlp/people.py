"""Component `people`: who writes, who speaks for them, about whom they write."""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from nlp.fold import fold
from nlp.mentions import PersonMention
from nlp.persondata import with_data
from nlp.reading import Reading, reading_of
from nlp.respondents import mentioned, respondents
from nlp.signers import signers
from nlp.writers import deputies, organisations, presented


@Language.component("people", assigns=["doc._.people"], requires=["doc.spans", "doc._.facts", "doc._.places"])
def people(doc: Doc) -> Doc:
    """Find the writers with their data, those complained of, and others who are named."""
    reading = reading_of(doc)
    writers = _writers(reading)
    keys = {_key(person.name) for person in writers}
    # Elsewhere in the letter the surname "Ông" was taken for the word before a name.
    keys |= {key.removeprefix("ong ") for key in keys}
    others = [person for person in respondents(reading) if _key(person.name) not in keys]
    keys |= {_key(person.name) for person in others}
    also = [person for person in mentioned(reading) if _key(person.name) not in keys]
    reading.people = [*writers, *_merged(others), *_merged(also)]
    return doc


def _writers(reading: Reading) -> list[PersonMention]:
    named = [*deputies(reading), *presented(reading), *organisations(reading)]
    named.sort(key=lambda person: person.role != "deputy")
    signed = signers(reading)
    if any(person.role == "organisation" for person in named):
        # Who signs for a company or a club is its deputy, not a second petitioner.
        signed = [replace(person, role="deputy") for person in signed]
        named = [replace(p, role="deputy") if p.role == "representative" else p for p in named]
    found = [p for p in _merged([*named, *signed]) if not _is_place(reading, p)]
    found.sort(key=lambda person: person.start)
    return [with_data(reading, person, found) for person in found]


def _is_place(reading: Reading, person: PersonMention) -> bool:
    """Whether the "name" is part of a place: "người Sơn La", "phường Trần Phú"."""
    return any(place.start <= person.start and person.end <= place.end for place in reading.places)


def _key(name: str) -> str:
    return " ".join(fold(name).split())


def _merged(found: list[PersonMention]) -> list[PersonMention]:
    """One mention per name, the first; a representative stays one wherever he signs."""
    merged: dict[str, PersonMention] = {}
    for person in found:
        first = merged.setdefault(_key(person.name), person)
        if person.role == "representative" and first.role in ("petitioner", "signer"):
            merged[_key(person.name)] = replace(first, role="representative")
    return list(merged.values())
