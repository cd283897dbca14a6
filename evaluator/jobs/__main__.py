"""`python -m evaluator.jobs`: the engine of one job, which a foreman starts and listens to.

The first line of its input is an order, a further line `cancel` stops it; when its input ends, it
ends at once. The one line of its output says how the job ended.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from threading import Thread

import structlog


def main() -> None:
    """Do one job."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What anybody prints is for the log; the answer alone goes to the foreman.
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    given = json.loads(sys.stdin.readline())
    from evaluator.jobs.pool import Pool

    pool = Pool(given["make"], given["config"], given["hands"])
    _quiet()
    from evaluator.jobs.engine import Engine, Order

    engine = Engine(Order(**given), pool)
    Thread(target=_listen, args=(engine,), name="foreman", daemon=True).start()
    state, error = engine.run()
    print(json.dumps({"state": state, "error": error}), file=answer, flush=True)
    # All is written; the threads of DBOS would take their time to end.
    os._exit(0)


class ToStructlog(logging.Handler):
    """Hands the lines of a library to the log of the service."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log a line."""
        structlog.get_logger().log(
            record.levelno, record.getMessage(), logger=record.name, exc_info=record.exc_info
        )


def _quiet() -> None:
    """Let DBOS say what is wrong, in our log; it makes no handler where it finds one."""
    logger = logging.getLogger("dbos")
    logger.propagate = False
    logger.addHandler(ToStructlog())


def _listen(engine: object) -> None:
    from evaluator.jobs.engine import Engine

    assert isinstance(engine, Engine)  # noqa: S101 - the import comes late
    for line in sys.stdin:
        if line.strip() == "cancel":
            engine.cancel()
    os._exit(1)


if __name__ == "__main__":
    main()
