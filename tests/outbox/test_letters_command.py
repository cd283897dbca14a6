"""`evaluator letters …`: sending by hand or by a timer, and how the outbox stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from district import make_district
from flask import Flask
from letters import letter_to, ready_letter, states
from mail_server import Mailbox, running
from service import service

from evaluator.cli import main
from evaluator.database import db


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Yield a service with letters to outside that the command line finds by the environment."""
    monkeypatch.setenv("EVALUATOR_DATA_FOLDER", str(tmp_path))
    app = service(tmp_path)
    with app.app_context():
        east = make_district(db.session).east
        letter_to(db.session, "held@example.org", east)
        ready_letter(db.session, "a@example.org", east)
        db.session.commit()
        yield app
        db.session.close()
        db.engine.dispose()


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with running(Mailbox()) as mailbox:
        for name, value in mailbox.settings().items():
            monkeypatch.setenv(f"EVALUATOR_{name}", str(value))
        yield mailbox


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["letters", *arguments])


def test_nothing_is_sent_without_a_mail_server(database: Flask) -> None:
    done = run("send")
    assert (done.exit_code, "No mail server" in done.output) == (0, True)
    assert run("send", "--watch").exit_code == 0
    assert run("status").output.splitlines()[-1] == "mail server: none"
    assert states(db.session) == ["held", "ready"]


def test_what_is_due_is_sent_once(database: Flask, mailbox: Mailbox) -> None:
    first, second = run("send"), run("send")
    assert (first.exit_code, "sent: 1," in first.output) == (0, True), first.output
    assert (second.exit_code, "sent: 0," in second.output) == (0, True)
    assert [each.rcpt_tos for each in mailbox.envelopes] == [["a@example.org"]]
    assert states(db.session) == ["held", "sent"]


def test_status_counts_and_calls_the_server(database: Flask, mailbox: Mailbox) -> None:
    done = run("status")
    server = f"mail server: 127.0.0.1:{mailbox.port} answers"
    lines = ["held: 1", "ready: 1", "sent: 0", "failed: 0", "withdrawn: 0", server]
    assert (done.exit_code, done.output.splitlines()) == (0, lines)


def test_server_that_does_not_answer_is_an_error(
    database: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(Mailbox()) as mailbox:
        settings = mailbox.settings()
    for name, value in settings.items():
        monkeypatch.setenv(f"EVALUATOR_{name}", str(value))
    for command in ("send", "status"):
        done = run(command)
        assert done.exit_code == 1
        assert "ConnectionRefusedError" in done.output
    assert states(db.session) == ["held", "ready"]


@pytest.mark.parametrize("command", [["letters", "send"], ["letters", "status"], ["serve"]])
def test_wrong_setting_is_told_at_the_start(
    database: Flask, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("EVALUATOR_SMTP_HOST", "mail.example.org")
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 1
    assert "EVALUATOR_SMTP_SENDER" in done.output
