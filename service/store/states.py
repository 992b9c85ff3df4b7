"""The codes that the tables hold: channels, states and roles."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """The door through which a letter came."""

    BROWSER = "browser"
    API = "api"
    FOLDER = "folder"
    MAILBOX = "mailbox"
    ARCHIVE = "archive"
    DEMO = "demo"


class ReceiptState(StrEnum):
    """Where a receipt stands: received = waiting + filed + problem + refused, every day."""

    WAITING = "waiting"
    FILED = "filed"
    PROBLEM = "problem"
    REFUSED = "refused"


class PetitionState(StrEnum):
    """Where a petition stands on its way through the office."""

    REVIEW = "review"
    QUEUED = "queued"
    TAKEN = "taken"
    DONE = "done"


class LinkState(StrEnum):
    """What people said of a proposed link."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class Role(StrEnum):
    """What a person may do; each role may also do what those before it may, but only admin manages users."""

    CLERK = "clerk"
    HANDLER = "handler"
    LEAD = "lead"
    ADMIN = "admin"
