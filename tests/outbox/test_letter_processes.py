"""Several senders at once, and one that is killed: each letter goes out, and told if twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope
from district import make_district
from flask import Flask
from letters import let_time_pass, ready_letter, states
from mail_server import Mailbox, running, taken
from service import DATABASES
from simultaneous import own_service
from sqlalchemy import select

from evaluator.database import db, now
from evaluator.outbox.models import Letter
from evaluator.outbox.sending import Sent, in_background, send_due
from evaluator.outbox.settings import mail_settings

MANY = 24


@pytest.fixture(params=DATABASES)
def apart(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with own_service(request, tmp_path) as app, app.app_context():
        yield app


def program(app: Flask, settings: dict[str, Any]) -> subprocess.Popen[bytes]:
    """Start `evaluator letters send` on the database of a service."""
    given = {
        "DATA_FOLDER": app.config["DATA_FOLDER"],
        "DATABASE_URL": app.config["DATABASE_URL"],
        **settings,
    }
    environment = {f"EVALUATOR_{name}": str(value) for name, value in given.items()}
    return subprocess.Popen(
        [str(Path(sys.executable).with_name("evaluator")), "letters", "send"],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def test_of_several_senders_each_letter_has_one(apart: Flask) -> None:
    east = make_district(db.session).east
    for number in range(MANY):
        ready_letter(db.session, f"number-{number}@example.org", east)
    found: list[Sent] = []
    barrier = Barrier(3)
    with running(Mailbox()) as mailbox:
        settings = mail_settings({**apart.config, **mailbox.settings()})
        assert settings is not None

        def send() -> None:
            barrier.wait()
            with apart.app_context():
                found.append(send_due(db.session, settings, Event()))

        threads = [Thread(target=send) for _ in range(3)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    assert sum(each.sent for each in found) == MANY
    got = Counter(each.rcpt_tos[0] for each in mailbox.envelopes)
    assert got == Counter(f"number-{number}@example.org" for number in range(MANY))
    assert states(db.session) == ["sent"] * MANY


def test_sender_that_is_killed_after_the_server_took_the_letter(apart: Flask) -> None:
    east = make_district(db.session).east
    for name in "ab":
        ready_letter(db.session, f"{name}@example.org", east)
    killed: list[subprocess.Popen[bytes]] = []

    def kill(server: SMTP, envelope: Envelope) -> str:
        if len(mailbox.envelopes) == 1:
            killed[0].send_signal(signal.SIGKILL)
            killed[0].wait()
        return taken(server, envelope)

    with running(Mailbox(answer=kill)) as mailbox:
        killed.append(program(apart, mailbox.settings()))
        output, _ = killed[0].communicate(timeout=60)
        assert killed[0].returncode == -signal.SIGKILL, output.decode()
        assert [each.rcpt_tos for each in mailbox.envelopes] == [["a@example.org"]]
        db.session.expire_all()
        first = db.session.scalars(select(Letter).order_by(Letter.id)).first()
        assert first is not None
        assert first.sending_since is not None
        # Another process leaves it alone for now, and goes on with what else is due.
        db.session.commit()
        other = program(apart, mailbox.settings())
        assert b"sent: 1," in other.communicate(timeout=60)[0]
        let_time_pass(db.session)
        third = program(apart, mailbox.settings())
        assert b"sent: 1," in third.communicate(timeout=60)[0]
    a, b, again = mailbox.letters
    assert (a["To"], b["To"], again["To"]) == ("a@example.org", "b@example.org", "a@example.org")
    assert a["Message-ID"] == again["Message-ID"]
    assert mailbox.envelopes[0].content == mailbox.envelopes[2].content
    letters = db.session.scalars(select(Letter).order_by(Letter.id)).all()
    assert [(each.state.value, each.cut_off) for each in letters] == [
        ("sent", True),
        ("sent", False),
    ]


def test_outcome_of_a_sender_that_was_too_slow_changes_nothing(apart: Flask) -> None:
    from evaluator.outbox import claiming

    ready_letter(db.session, "a@example.org", make_district(db.session).east)
    slow = claiming.claim(db.session, "example.org")
    let_time_pass(db.session)
    db.session.commit()
    quick = claiming.claim(db.session, "example.org")
    assert slow is not None
    assert quick is not None
    assert quick.since > slow.since
    claiming.failed(db.session, slow, "too late")
    assert states(db.session) == ["ready"]
    claiming.arrived(db.session, quick)
    assert states(db.session) == ["sent"]


def test_thread_beside_the_pages_sends_until_it_is_ended(
    apart: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evaluator.outbox.sending.LOOKS_EVERY", 0.01)
    assert in_background(apart) is None
    came = Event()

    def note(server: SMTP, envelope: Envelope) -> str:
        came.set()
        return taken(server, envelope)

    with running(Mailbox(answer=note)) as mailbox:
        apart.config.update(mailbox.settings())
        sender = in_background(apart)
        assert sender is not None
        ready_letter(db.session, "a@example.org", make_district(db.session).east)
        assert came.wait(30)
        sender.end()
        assert not sender.thread.is_alive()
    assert states(db.session) == ["sent"]
    assert now() >= db.session.scalars(select(Letter.sent_at)).one()
