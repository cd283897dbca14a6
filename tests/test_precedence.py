"""Who goes first: threads that give way wait for those who save, not for ever, and never both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from service import service
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from evaluator import precedence
from evaluator.access.actor import Actor
from evaluator.audit.operations import write_line
from evaluator.database import db, only_read, take_turn
from evaluator.precedence import PRECEDENCE, Precedence

FOR_EVER = 60.0
SOON = 10.0
"""Seconds after which a thread that should have gone on did not."""


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everybody give way for so long that only the end of waiting can end it."""
    monkeypatch.setattr(precedence, "PATIENCE", FOR_EVER)


def beside(act: Callable[[], object]) -> tuple[Thread, Event]:
    """Do something in a thread; return it, and what is set once it is done."""
    done = Event()

    def run() -> None:
        act()
        done.set()

    thread = Thread(target=run)
    thread.start()
    return thread, done


def giving_way(subject: Precedence) -> Callable[[], None]:
    def act() -> None:
        with subject.patiently():
            subject.give_way()

    return act


def test_who_gives_way_waits_until_nobody_goes_first() -> None:
    subject = Precedence()
    with subject.first():
        with subject.first():
            thread, done = beside(giving_way(subject))
        assert not done.wait(0.05)
    thread.join(SOON)
    assert done.is_set()


def test_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precedence, "PATIENCE", 0.02)
    subject = Precedence()
    with subject.first():
        thread, done = beside(giving_way(subject))
        assert done.wait(SOON)
    thread.join()


def test_who_goes_first_or_has_no_patience_waits_for_nobody() -> None:
    subject = Precedence()

    def urgent() -> None:
        with subject.patiently(), subject.first():
            subject.give_way()

    with subject.first():
        for act in (subject.give_way, urgent):
            thread, done = beside(act)
            assert done.wait(SOON)
            thread.join()


def test_who_is_waited_for_by_all_goes_first_until_it_lets_go() -> None:
    subject = Precedence()
    subject.hold_for_all()
    subject.hold_for_all()
    thread, done = beside(giving_way(subject))
    assert not done.wait(0.05)
    subject.let_go()
    thread.join(SOON)
    assert done.is_set()
    subject.let_go()
    giving_way(subject)()


def test_who_holds_something_gives_way_no_longer_and_stops_nobody() -> None:
    subject = Precedence()

    def holding() -> None:
        with subject.patiently():
            subject.hold()
            giving_way(subject)()

    subject.hold()
    thread, done = beside(giving_way(subject))
    assert done.wait(SOON)
    thread.join()
    with subject.first():
        thread, done = beside(holding)
        assert done.wait(SOON)
        thread.join()


@pytest.fixture
def waiting() -> Iterator[Callable[[], tuple[Thread, Event]]]:
    """Return how to begin to give way to what this process does."""
    threads = []

    def begin() -> tuple[Thread, Event]:
        threads.append(beside(giving_way(PRECEDENCE)))
        return threads[-1]

    yield begin
    for thread, _ in threads:
        thread.join(SOON)


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_who_has_the_turn_of_sqlite_goes_first_until_its_end(
    tmp_path: Path, waiting: Callable[[], tuple[Thread, Event]], end: str
) -> None:
    with service(tmp_path).app_context():
        only_read(db.session)
        db.session.execute(text("SELECT 1"))
        _, before = waiting()
        assert before.wait(SOON)
        take_turn(db.session)
        _, done = waiting()
        with db.session.begin_nested():
            db.session.execute(text("SELECT 1"))
        assert not done.wait(0.05)
        getattr(db.session, end)()
        assert done.wait(SOON)
        db.engine.dispose()


def test_who_has_the_end_of_the_audit_log_goes_first_until_it_is_written(
    session: Session, waiting: Callable[[], tuple[Thread, Event]]
) -> None:
    write_line(session, Actor.system(), action="rounds.open", subject="round")
    done = list[Event]()

    def begin_to_wait(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "FROM audit_head" in statement:
            done.append(waiting()[1])
            assert not done[0].wait(0.05)

    event.listen(db.engine, "before_cursor_execute", begin_to_wait)
    session.commit()
    event.remove(db.engine, "before_cursor_execute", begin_to_wait)
    assert done[0].wait(SOON)
