"""All of /api/v1."""

from __future__ import annotations

from fastapi import APIRouter

from service.api import decisions, events, lists, petitions, queue, receipts, session, uploads, users

router = APIRouter()
for part in (session, uploads, events, receipts, petitions, decisions, queue, lists, users):
    router.include_router(part.router)
