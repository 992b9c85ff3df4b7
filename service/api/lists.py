"""Codes and units with their Vietnamese names, for forms."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from service import labels
from service.api.access import CurrentUser
from service.office import unit_names

router = APIRouter(tags=["Danh mục"])


class UnitView(BaseModel):
    """A unit of the office."""

    code: str
    name: str


@router.get("/units", summary="Các đơn vị của cơ quan")
def units(user: CurrentUser) -> list[UnitView]:
    """In the order of the office file."""
    del user
    return [UnitView(code=code, name=name) for code, name in unit_names().items()]


@router.get("/codes", summary="Các mã và tên tiếng Việt")
def codes(user: CurrentUser) -> dict[str, dict[str, str]]:
    """By kind of code."""
    del user
    return labels.ALL
