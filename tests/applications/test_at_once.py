"""Many at the same application in the same moment: nothing is lost, nothing is doubled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from threading import Event, Semaphore, Thread, current_thread

import pytest
from drafting import COMPLETE, make_case
from flask.testing import FlaskClient
from service import service, sign_in_as
from sqlalchemy import Connection, event, select, update

from evaluator import precedence
from evaluator.accounts.models import SignIn
from evaluator.applications.models import Answer, Application, Submission
from evaluator.database import db, now
from evaluator.storage import storage

MANY = 8


def at_once(acts: Sequence[Callable[[], object]]) -> None:
    threads = [Thread(target=act) for act in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def test_first_answers_and_submissions_at_once_are_each_kept_once(tmp_path: Path) -> None:
    app = service(tmp_path)
    with app.app_context():
        case = make_case(db.session)
        clients = [sign_in_as(app, db.session, case.officer) for _ in range(MANY)]
        address = case.address()
        db.session.commit()
    facts, told = list(COMPLETE.items()), []

    def save(client: FlaskClient, name: str, value: object) -> None:
        sent = {name: {"value": value, "reason": "", "was": ""}}
        answer = client.post(f"{address}/autosave", json={"part": "life", "facts": sent})
        told.append(answer.status_code)

    def submit(client: FlaskClient) -> None:
        form = {"claimed_level": "four_star", "secretary": "王书记", "declared": "y"}
        told.append(client.post(f"{address}/submission", data=form).status_code)

    at_once([lambda c=c, f=facts[n % 4]: save(c, *f) for n, c in enumerate(clients)])  # type: ignore[misc]
    at_once([lambda c=c: submit(c) for c in clients])  # type: ignore[misc]
    assert told == [200] * MANY + [303] * MANY
    with app.app_context():
        assert len(db.session.scalars(select(Application)).all()) == 1
        answers = {each.fact: each.value for each in db.session.scalars(select(Answer))}
        submission = db.session.scalars(select(Submission)).one()
        assert answers == COMPLETE
        assert list(storage().keys("submissions/")) == [submission.pdf_key]
        db.session.rollback()
        db.engine.dispose()


def test_save_after_a_pause_goes_beside_what_others_write(tmp_path: Path) -> None:
    app = service(tmp_path)
    with app.app_context():
        case = make_case(db.session)
        client, address = sign_in_as(app, db.session, case.officer), case.address()
        long_ago = now() - timedelta(minutes=20)
        db.session.execute(update(SignIn).values(seen_at=long_ago))
        db.session.commit()
        engine = db.engine
    write, written = update(SignIn).values(browser="another"), list[str]()

    def write_meanwhile(
        _connection: Connection, _cursor: object, statement: str, *_: object
    ) -> None:
        """Write what another branch writes, once, after the request began to read."""
        if statement.startswith("SELECT sign_in") and not written:
            written.append(statement)
            with engine.begin() as other:
                other.execute(write)

    event.listen(engine, "after_cursor_execute", write_meanwhile)
    name, value = next(iter(COMPLETE.items()))
    sent = {name: {"value": value, "reason": "", "was": ""}}
    answer = client.post(f"{address}/autosave", json={"part": "life", "facts": sent})
    assert answer.status_code == 200
    assert len(written) == 1
    with app.app_context():
        assert db.session.scalars(select(SignIn)).one().seen_at > long_ago
        db.session.rollback()
        db.engine.dispose()


@pytest.mark.parametrize("way", ["autosave", "form"])
def test_a_page_gives_way_to_a_save(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    # So long that a page which does not give way is seen, and one that does is drawn afterwards.
    monkeypatch.setattr(precedence, "PATIENCE", 60.0)
    app = service(tmp_path)
    with app.app_context():
        case = make_case(db.session)
        reader, writer = (sign_in_as(app, db.session, case.officer) for _ in range(2))
        address, form = case.address(), case.form(writer, "service")
        db.session.commit()
        engine = db.engine
    shown, saving, go_on, saved = Event(), Event(), Event(), list[int]()

    def read() -> None:
        if reader.get(address).status_code == 200:
            shown.set()

    def save() -> None:
        if way == "form":
            answer = writer.post(address, data={**form, "f-visits": "10"})
        else:
            sent = {"visits": {"value": "10", "reason": "", "was": ""}}
            answer = writer.post(f"{address}/autosave", json={"part": "service", "facts": sent})
        saved.append(answer.status_code)

    def stop_in_the_middle(*_statement: object) -> None:
        if current_thread() is write:
            saving.set()
            assert go_on.wait(60.0)

    write, page = Thread(target=save), Thread(target=read)
    event.listen(engine, "after_cursor_execute", stop_in_the_middle)
    write.start()
    assert saving.wait(60.0)
    page.start()
    assert not shown.wait(0.2)
    go_on.set()
    for each in (write, page):
        each.join()
    assert (saved, shown.is_set()) == ([303 if way == "form" else 200], True)
    with app.app_context():
        db.engine.dispose()


def test_a_third_save_begins_when_one_of_two_is_over(tmp_path: Path) -> None:
    app = service(tmp_path)
    with app.app_context():
        case = make_case(db.session)
        clients = [sign_in_as(app, db.session, case.officer) for _ in range(3)]
        address = case.address()
        db.session.commit()
        engine = db.engine
    begun, go_on, saved = Semaphore(0), Event(), list[int]()
    at_work: set[Thread] = set()

    def stop_at_the_first(*_statement: object) -> None:
        if current_thread() not in at_work:
            at_work.add(current_thread())
            begun.release()
            assert go_on.wait(60.0)

    def save(client: FlaskClient) -> None:
        sent = {"visits": {"value": "10", "reason": "", "was": ""}}
        answer = client.post(f"{address}/autosave", json={"part": "service", "facts": sent})
        saved.append(answer.status_code)

    event.listen(engine, "after_cursor_execute", stop_at_the_first)
    threads = [Thread(target=save, args=(each,)) for each in clients]
    for each in threads:
        each.start()
    assert begun.acquire(timeout=60.0)
    assert begun.acquire(timeout=60.0)
    assert not begun.acquire(timeout=0.2)
    go_on.set()
    for each in threads:
        each.join()
    assert saved == [200] * 3
    with app.app_context():
        db.engine.dispose()
