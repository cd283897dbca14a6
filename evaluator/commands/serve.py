"""`evaluator serve`: the service with its database brought up to date, in several threads."""

from __future__ import annotations

import atexit
import gc
import logging
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from evaluator import create_app
from evaluator.application import make_application
from evaluator.awards.daily import Housekeeper
from evaluator.awards.daily import in_background as keep_house
from evaluator.certificates.daily import in_background as keep_registry
from evaluator.commands.stored_files import tidy_up
from evaluator.commands.warming import warm_up
from evaluator.database import db, unit_of_work
from evaluator.jobs import foreman
from evaluator.migrations.running import upgrade
from evaluator.outbox.sending import Sender, in_background
from evaluator.outbox.settings import WrongSettings, mail_settings
from evaluator.storage import storage

TURNS = 0.002
"""Seconds after which a busy thread lets another one go on.

A save asks the database a dozen times and gives up its turn each time; beside a thread that draws
a page it would wait Python's usual 5 ms for each of them. Still shorter turns cost more than they
bring: with 0.5 ms everything took a twelfth more of the processor.
"""


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--threads", type=click.IntRange(1, 64), default=8, show_default=True)
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the pages; `EVALUATOR_…` variables say where data is kept (docs/running.md)."""
    app = create_app()
    try:
        mail_settings(app.config)
    except WrongSettings as error:
        raise click.ClickException(str(error)) from error
    with app.app_context():
        upgrade(db.engine)
        with unit_of_work(db.session):
            tidy_up(db.session, storage())
        warm_up(app, db.session)
        db.session.close()
        # Each worker opens connections of its own; none may cross the fork.
        db.engine.dispose()
    # What is loaded by now stays and is shared by the workers: nobody's save waits while all of it
    # is looked through for what may go.
    gc.freeze()
    atexit.register(gc.unfreeze)
    click.echo(f"http://{host}:{port}  (Ctrl+C 停止 to stop)")
    Server(app, host, port, workers, threads).run()


class PageServer(BaseApplication):  # type: ignore[misc] # the package is not typed
    """Gunicorn with the settings of our options instead of a file of its own."""

    def __init__(self, app: Flask, host: str, port: int, workers: int, threads: int):
        self.app = app
        self.given = {
            "bind": f"{host}:{port}",
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "loglevel": "warning",
            "timeout": 120,
            "post_worker_init": self.begin,
            "worker_exit": self.end,
        }
        super().__init__()

    def load_config(self) -> None:
        """Hand the settings to Gunicorn."""
        for name, value in self.given.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return what answers the requests."""
        return self.app

    def begin(self, _worker: Any) -> None:
        """Prepare a worker."""
        sys.setswitchinterval(TURNS)
        # Ctrl+C reaches all processes of a terminal. Gunicorn tells its workers to quit, and one
        # that is told twice would wait for itself until it is killed.
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def end(self, _server: Any, worker: Any) -> None:
        """Leave a worker when the requests at hand are answered.

        The system takes back at once what Python would look through for seconds.
        """
        if worker.booted:
            worker.tpool.shutdown()
            logging.shutdown()
            sys.stdout.flush()
            os._exit(0)


class Server(PageServer):
    """The server of the pages, whose workers also see to letters, levels and jobs."""

    sender: Sender | None = None
    housekeepers: Sequence[Housekeeper] = ()
    foreman: foreman.Foreman | None = None

    def begin(self, worker: Any) -> None:
        """Begin what goes on beside the pages, in each worker: threads do not outlive a fork."""
        super().begin(worker)
        self.sender = in_background(self.app)
        self.housekeepers = [keep_house(self.app), keep_registry(self.app)]
        self.foreman = foreman.in_background(self.app, make_application)

    def end(self, server: Any, worker: Any) -> None:
        """Let the letter at hand be sent, if the mail server is not too slow."""
        if self.sender is not None:
            self.sender.end()
        for each in self.housekeepers:
            each.end()
        if self.foreman is not None:
            self.foreman.end()
        super().end(server, worker)
