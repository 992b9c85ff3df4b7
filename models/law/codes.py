"""Codes that rules and facts share: kinds of bodies, levels of government, events that start a clock."""

from __future__ import annotations

from enum import StrEnum


class Body(StrEnum):
    """Kind of the body (or of the body of the person) that a letter is about."""

    PEOPLE_COMMITTEE = "people_committee"
    DIVISION = "division"
    SERVICE_CENTRE = "service_centre"
    RESIDENTIAL_GROUP = "residential_group"
    DEPARTMENT = "department"
    DEPARTMENT_UNIT = "department_unit"
    MINISTRY = "ministry"
    MINISTRY_UNIT = "ministry_unit"
    GOVERNMENT = "government"
    POLICE = "police"
    COURT = "court"
    PROCURACY = "procuracy"
    ENFORCEMENT = "enforcement"
    TAX = "tax"
    SOCIAL_INSURANCE = "social_insurance"
    PARTY = "party"
    ELECTED = "elected"
    MILITARY = "military"
    ORGANISATION = "organisation"
    PUBLIC_UNIT = "public_unit"
    ENTERPRISE = "enterprise"
    PRIVATE = "private"


class Level(StrEnum):
    """Level of government; `other` where the levels of the administration do not apply."""

    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    CENTRAL = "central"
    OTHER = "other"


class Event(StrEnum):
    """What starts a legal clock."""

    RECEIPT = "receipt"
    ACCEPTANCE = "acceptance"
    ACCEPTANCE_NOTICE = "acceptance_notice"
    DECISION = "decision"
    ACT = "act"
    NEGLECT = "neglect"
