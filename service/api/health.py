"""For those who run the service: is it alive, is it ready, and how much work is where. Numbers only."""

from __future__ import annotations

import os

import sqlalchemy as sa
from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from service.logs import log
from service.settings import settings
from service.store.database import transaction
from service.store.tables import Petition, Receipt, ReceiptState

router = APIRouter(tags=["Vận hành"])

JOBS_WAITING = sa.text("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')")
WORKERS_ALIVE = sa.text(
    "SELECT count(*) FROM procrastinate_workers"
    " WHERE last_heartbeat > now() - make_interval(secs => :seconds)"
)


@router.get("/healthz", summary="Dịch vụ còn chạy", response_class=PlainTextResponse)
def alive() -> str:
    """Answer as long as the process does; looks at nothing else."""
    return "ok\n"


@router.get("/readyz", summary="Dịch vụ sẵn sàng nhận đơn")
def ready() -> JSONResponse:
    """200 if database, folder of originals and a worker are there, else 503; names what is missing."""
    parts = {"database": _database_answers(), "originals": _originals_writable(), "worker": False}
    if parts["database"]:
        with transaction() as session:
            parts["worker"] = workers_alive(session) > 0
    return JSONResponse(parts, 200 if all(parts.values()) else 503)


@router.get("/metrics", summary="Số đo cho Prometheus", response_class=PlainTextResponse)
def metrics() -> Response:
    """Totals of receipts, petitions, jobs and workers; nothing of petitions by state, type, field or unit."""
    with transaction() as session:
        return Response(measure(session), media_type=CONTENT_TYPE_LATEST)


def measure(session: Session) -> bytes:
    """The totals in the text form of Prometheus."""
    registry = CollectorRegistry()
    _by_state(session, registry, "donthu_receipts", "Receipts by state", Receipt.state, ReceiptState)
    # Not by state: the difference to what somebody sees would tell how far sealed letters have got.
    petitions = Gauge("donthu_petitions", "Petitions", registry=registry)
    petitions.set(session.scalar(sa.select(sa.func.count(Petition.id))) or 0)
    waiting = Gauge("donthu_jobs_waiting", "Jobs that wait or run", registry=registry)
    waiting.set(session.scalar(JOBS_WAITING) or 0)
    Gauge("donthu_workers", "Workers with a heartbeat", registry=registry).set(workers_alive(session))
    return generate_latest(registry)


def workers_alive(session: Session) -> int:
    """How many workers gave a sign of life lately."""
    return session.scalar(WORKERS_ALIVE, {"seconds": settings().stalled_seconds}) or 0


def _by_state(
    session: Session,
    registry: CollectorRegistry,
    name: str,
    text: str,
    column: sa.ColumnElement[str] | sa.orm.InstrumentedAttribute[str],
    states: type[ReceiptState],
) -> None:
    gauge = Gauge(name, text, ["state"], registry=registry)
    counts = dict(session.execute(sa.select(column, sa.func.count()).group_by(column)).tuples().all())
    for state in states:
        gauge.labels(state=str(state)).set(counts.get(str(state), 0))


def _database_answers() -> bool:
    try:
        with transaction() as session:
            session.execute(sa.text("SELECT 1"))
    except SQLAlchemyError as error:
        log.error("database_silent", error=type(error).__name__)
        return False
    return True


def _originals_writable() -> bool:
    folder = settings().blobs
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)
