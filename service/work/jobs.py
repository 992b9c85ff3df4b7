"""The job queue: one task, which reads a receipt; every worker also revives the jobs of dead workers.

A job is deferred in the transaction that stores its receipt, so neither can exist without the other.
Jobs may run twice (a worker died after its work was stored): `process.process_receipt` is harmless then.
"""

from __future__ import annotations

import asyncio
from typing import Any

import procrastinate
import sqlalchemy as sa
from procrastinate import App, JobContext, PsycopgConnector, SyncPsycopgConnector
from sqlalchemy.orm import Session

from service.logs import log
from service.settings import settings
from service.store.database import driver_connection, plain_url, transaction
from service.store.tables import Channel

# (queue, priority): a clerk waits for what she dropped; the archive can wait for everybody.
QUEUES = {
    Channel.BROWSER: ("intake", 100),
    Channel.API: ("intake", 100),
    Channel.DEMO: ("intake", 90),
    Channel.FOLDER: ("intake", 80),
    Channel.MAILBOX: ("mail", 50),
    Channel.ARCHIVE: ("archive", 0),
}
MAX_ATTEMPTS = 3
# A letter that has taken so many workers along is no accident any more.
MAX_REVIVALS = 20


class ReadFailed(Exception):
    """Reading a receipt failed and is to be tried again; the message names the kind of error only."""


app = App(connector=SyncPsycopgConnector())


@app.task(
    name="read_receipt",
    queue="intake",
    retry=procrastinate.RetryStrategy(max_attempts=MAX_ATTEMPTS),
    pass_context=True,
)
def read_receipt(context: JobContext, receipt_id: int) -> None:
    """Read one receipt; after the last failed attempt it lands in the tray of problems."""
    from service.work.process import give_up, process_receipt

    attempt = (context.job.attempts if context.job else 0) + 1
    if attempt > MAX_REVIVALS:
        log.error("read_abandoned", receipt=receipt_id, attempt=attempt)
        give_up(receipt_id)
        return
    try:
        process_receipt(receipt_id)
    except Exception as error:  # noqa: BLE001  # whatever it is, the receipt ends in a tray, not in limbo
        log.error("read_failed", receipt=receipt_id, attempt=attempt, error=type(error).__name__)
        if attempt < MAX_ATTEMPTS:
            # The queue logs what it catches; the words of the error could be words of the letter.
            raise ReadFailed(type(error).__name__) from None
        give_up(receipt_id)


async def revive(queue: App, stalled_seconds: float) -> int:
    """Retry every job whose worker has been silent for `stalled_seconds`; returns how many."""
    stalled = await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=stalled_seconds)
    count = 0
    for job in stalled:
        await queue.job_manager.retry_job(job)
        count += 1
    if count:
        log.info("jobs_revived", count=count)
    return count


def defer_reading(session: Session, receipt_id: int, channel: Channel) -> None:
    """Put the reading of a receipt into the queue, in the transaction of `session`."""
    queue, priority = QUEUES[channel]
    configured = read_receipt.configure(
        connection=driver_connection(session), queue=queue, priority=priority, lock=f"receipt-{receipt_id}"
    )
    configured.defer(receipt_id=receipt_id)


def worker_app() -> App:
    """The queue with the connections that a worker needs."""
    return app.with_connector(PsycopgConnector(conninfo=plain_url(), min_size=1, max_size=8))


async def _work(**options: Any) -> None:
    config = settings()
    queue = worker_app()
    async with queue.open_async():
        await revive(queue, config.stalled_seconds)
        watch = asyncio.create_task(_watch_stalled(queue, config.stalled_seconds))
        try:
            await queue.run_worker_async(
                concurrency=config.worker_concurrency,
                update_heartbeat_interval=config.heartbeat_seconds,
                stalled_worker_timeout=config.stalled_seconds,
                fetch_job_polling_interval=2.0,
                delete_jobs="successful",
                **options,
            )
        finally:
            watch.cancel()


async def _watch_stalled(queue: App, stalled_seconds: float) -> None:
    while True:
        await asyncio.sleep(stalled_seconds / 2)
        await revive(queue, stalled_seconds)


def run_worker(wait: bool = True, queues: list[str] | None = None) -> None:
    """Work until told to stop (`wait=True`) or until the queue is empty (`wait=False`); None: all queues."""
    _warm_up()
    asyncio.run(_work(wait=wait, queues=queues))
    # A worker that does not wait stops asking before its last job is over; that job may come back for
    # another attempt. More rounds than attempts would only turn around a job that a dead worker blocks.
    for _ in range(0 if wait else MAX_ATTEMPTS):
        if not _job_is_due():
            return
        asyncio.run(_work(wait=False, queues=queues))


def _warm_up() -> None:
    # Jobs run in threads: loading the models here spares the first letter the wait and the threads a race.
    import models.proposing
    import service.work.linking  # noqa: F401
    from nlp import read_text

    read_text("")
    models.live.live()


def _job_is_due() -> bool:
    due = sa.text(
        "SELECT EXISTS (SELECT FROM procrastinate_jobs"
        " WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now())"
    )
    with transaction() as session:
        return bool(session.scalar(due))
