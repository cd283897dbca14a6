"""The processes that do the steps of a job; where one is killed, all are replaced."""

from __future__ import annotations

import asyncio
import multiprocessing
import multiprocessing.forkserver
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from evaluator.jobs.apart import StepFailed, call

TRIES = 3
"""Of a step whose process was killed, by want of memory perhaps."""


class Pool:
    """Some processes with an app each."""

    def __init__(self, make: str, config: dict[str, Any], size: int):
        self.given = (make, config)
        self.size = size
        self.context = multiprocessing.get_context("forkserver")
        # What takes long to import is imported once, and shared by the processes.
        self.context.set_forkserver_preload([make.partition(":")[0], "evaluator.jobs.hands"])
        multiprocessing.forkserver.ensure_running()
        self.executor = self._new()

    async def call(self, name: str, *given: Any) -> Any:
        """Call a function of `hands` in one of the processes."""
        for _ in range(TRIES):
            executor = self.executor
            try:
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(executor, call, name, *given)
            except BrokenProcessPool:
                if executor is self.executor:
                    self.executor = self._new()
        raise StepFailed(f"{' '.join(map(str, given[2:])) or name}: its process was killed")

    def finish(self) -> None:
        """Wait for what is at hand, and begin nothing else."""
        self.executor.shutdown(cancel_futures=True)

    def _new(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self.size, self.context, initializer=call, initargs=("begin", *self.given)
        )
