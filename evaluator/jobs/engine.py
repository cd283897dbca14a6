"""The engine of one job, in a process of its own: DBOS notes each step and goes on after a kill.

It knows nothing of our tables and imports nothing that does: `hands` does the steps.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any

import dbos
from dbos._serialization import DBOSPortableJSON

from evaluator.jobs.apart import NotWanted
from evaluator.jobs.pool import Pool

VERSION = "1"
"""The version of our workflow: DBOS would hash its source, and leave what an older one began."""
LOOKS_EVERY = 0.1
_ENDS = {"SUCCESS": "done", "CANCELLED": "cancelled"}
_UNDER_WAY = {"PENDING", "ENQUEUED", "DELAYED"}


@dataclass(frozen=True)
class Order:
    """What an engine is to do, and with what."""

    token: str
    attempt: int
    database: str
    make: str
    config: dict[str, Any]
    hands: int

    @property
    def name(self) -> str:
        """Return the name of this attempt."""
        return f"{self.token}-{self.attempt}"


class Engine:
    """One attempt at one job."""

    def __init__(self, order: Order, pool: Pool):
        self.order = order
        self.pool = pool
        dbos.DBOS(config=_config(order))

        @dbos.DBOS.workflow(name="job")
        async def workflow() -> None:
            await self._follow()

        self.workflow = workflow

    def run(self) -> tuple[str, str]:
        """Do the job, or go on with it; return how it ended and what was wrong."""
        dbos.DBOS.launch()
        if dbos.DBOS.get_workflow_status(self.order.name) is None:
            with dbos.SetWorkflowID(self.order.name):
                dbos.DBOS.start_workflow(self.workflow)
        while (found := dbos.DBOS.get_workflow_status(self.order.name)) is not None:
            if found.status not in _UNDER_WAY:
                break
            time.sleep(LOOKS_EVERY)
        # What is at hand is finished, so that it is kept.
        self.pool.finish()
        return _end(found)

    def cancel(self) -> None:
        """Let no further step begin."""
        dbos.DBOS.cancel_workflow(self.order.name)

    async def _follow(self) -> None:
        """Let the steps be done, as many at once as there are hands, and the last one last."""
        identity = self.order.token, self.order.attempt
        steps = await dbos.DBOS.run_step_async({"name": "plan"}, self.pool.call, "plan", *identity)
        # Numbers are drawn in order, so that a later run finds each step under its own.
        places = [(each, dbos.DBOS.reserve_step()) for each in steps]
        slots, stopped = asyncio.Semaphore(self.order.hands), asyncio.Event()

        async def do(step: str, place: dbos.StepReservation) -> None:
            async with slots:
                if stopped.is_set():
                    return
                try:
                    await place.run_async({"name": step}, self.pool.call, "work", *identity, step)
                except BaseException:
                    stopped.set()
                    raise

        for group in (places[:-1], places[-1:]):
            ends = await asyncio.gather(*(do(*each) for each in group), return_exceptions=True)
            for each in ends:
                if isinstance(each, BaseException):
                    raise each


def _end(found: dbos.WorkflowStatus | None) -> tuple[str, str]:
    status, error = (found.status, found.error) if found else ("LOST", None)
    # The hands may have heard of a cancellation before the engine did.
    if getattr(error, "name", "") == NotWanted.__name__:
        status = "CANCELLED"
    return (_ENDS[status], "") if status in _ENDS else ("failed", str(error or status))


def _config(order: Order) -> dbos.DBOSConfig:
    return {
        "name": "evaluator",
        "system_database_url": order.database,
        "application_version": VERSION,
        # An engine takes up its own job alone, not what another left behind.
        "executor_id": order.name,
        "serializer": DBOSPortableJSON,
        "use_listen_notify": False,
        "sys_db_pool_size": 4,
        "enable_otlp": False,
        "log_level": "WARNING",
    }
