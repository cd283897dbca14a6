"""`evaluator letters send | status`: what the outbox sends by mail."""

from __future__ import annotations

import signal
from threading import Event
from typing import Any

import click
from flask import Flask
from sqlalchemy import func, select

from evaluator import create_app
from evaluator.database import db
from evaluator.outbox.connection import Connection, Unreachable
from evaluator.outbox.models import Letter, LetterState
from evaluator.outbox.sending import Sent, send_due, watch
from evaluator.outbox.settings import MailSettings, WrongSettings, mail_settings


@click.group("letters")
def letters() -> None:
    """Send the letters of the outbox by mail."""


@letters.command("send")
@click.option("--watch", "watches", is_flag=True, help="Go on until it is stopped (Ctrl+C).")
def send(watches: bool) -> None:
    """Send what is due; fails where the mail server takes nothing."""
    app = create_app()
    settings = _settings(app)
    if settings is None:
        click.echo("未配置邮件服务器，无须发送。No mail server is set up: nothing to send.")
        return
    stop = _stopping()
    if watches:
        watch(app, stop)
        return
    with app.app_context():
        done = send_due(db.session, settings, stop)
    _tell(done)


@letters.command("status")
def status() -> None:
    """Say how many letters are in each state, and whether the mail server answers."""
    app = create_app()
    with app.app_context():
        query = select(Letter.state, func.count()).group_by(Letter.state)
        numbers = dict(list(db.session.execute(query)))
    for state in LetterState:
        click.echo(f"{state.value}: {numbers.get(state, 0)}")
    settings = _settings(app)
    if settings is None:
        click.echo("mail server: none")
        return
    connection = Connection(settings)
    try:
        connection.open()
    except Unreachable as error:
        raise click.ClickException(f"{settings.host}:{settings.port}: {error}") from error
    connection.close()
    click.echo(f"mail server: {settings.host}:{settings.port} answers")


def _settings(app: Flask) -> MailSettings | None:
    try:
        return mail_settings(app.config)
    except WrongSettings as error:
        raise click.ClickException(str(error)) from error


def _stopping() -> Event:
    """Return what is set when the process is told to end: the letter at hand is sent first."""
    stop = Event()

    def end(_signal: int, _frame: Any) -> None:
        stop.set()

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, end)
    return stop


def _tell(done: Sent) -> None:
    click.echo(
        f"已发送 sent: {done.sent}, 稍后重试 to be tried again: {done.postponed}, "
        f"未送达 failed: {done.failed}"
    )
    if done.trouble:
        raise click.ClickException(f"邮件服务器 mail server: {done.trouble}")
