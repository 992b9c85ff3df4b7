"""What can go wrong at the desk; messages are Vietnamese and meant for the person.

DeskError
├── Conflict      somebody else changed the record meanwhile
└── NotPossible   the record's state does not allow this
"""

from __future__ import annotations


class DeskError(Exception):
    """Something at the desk cannot be done."""


class Conflict(DeskError):
    """Somebody else has changed the record since it was shown."""


class NotPossible(DeskError):
    """The record is not in a state that allows this."""
