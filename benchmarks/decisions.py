"""The quota board of a district against the query of what it rests on.

The peer reads the participants and all their facts, as reviewed, from the database: whoever shows
a board must do that much. Ours does the same and more: it scores everybody, applies the quotas,
draws the cut lines, and renders the page. Facts that have not changed are not read again, and a
board that is kept costs no query of facts at all.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from benchmarks.platform.town import CATEGORY, SAMPLE, YEAR, organiser_cookie, settle
from evaluator import create_app
from evaluator.applications.models import Application, ApplicationState
from evaluator.database import Base, db, now
from evaluator.decisions.scored import Boards, RememberingScorer, category_of, entries_of
from evaluator.files import read_round
from evaluator.organisations.values import plain
from evaluator.records.models import KnownFact
from evaluator.rounds.models import Participant, Round
from evaluator.rule_sets.reading import rule_set_of
from evaluator.trials.data import without_collecting

BRANCHES = 1_730
GOAL, NO_GOAL = 2.0, 0.0
"""The first page of a process reads every fact besides, which is told and has no goal."""
TIMES = 5
Rows = list[dict[str, Any]]


def measure(branches: int = BRANCHES) -> Rows:
    """Return how the board compares with its query, cold and kept."""
    with TemporaryDirectory() as folder:
        app = create_app({"DATA_FOLDER": str(Path(folder))})
        with app.app_context(), app.test_request_context():
            Base.metadata.create_all(db.engine)
            client = settled(app, db.session, branches)
            made = db.session.scalars(select(Round)).one()
            # As `serve` does before it answers: what is loaded is not garbage to look through.
            gc.collect()
            gc.freeze()
            query = _seconds(lambda: _read(db.session, made), lambda: None)
            changed = _seconds(lambda: _page(client), lambda: _forget(app))
            cold = _seconds(lambda: _page(client), lambda: _forget_all(app))
            kept = _seconds(lambda: _page(client), lambda: None)
            db.session.close()
            db.engine.dispose()
    title = f"quota board of {branches} organisations"
    peer = "the query of their facts alone"
    return [
        _row(f"{title}, whole page, after something has changed", changed, query, peer),
        _row(f"{title}, whole page, first in its process", cold, query, peer, NO_GOAL),
        _row(f"{title}, whole page, board kept", kept, query, peer),
    ]


def settled(app: Flask, session: Session, branches: int) -> FlaskClient:
    """Fill the database with reviewed applications whose facts are complete; sign in."""
    settle(app, session, branches)
    _complete(session)
    moment = now()
    values = [
        {
            "participant_id": number,
            "state": ApplicationState.REVIEWED,
            "claimed_level": "",
            "created_at": moment,
            "changed_at": moment,
            "submitted_at": moment,
            "version": 1,
        }
        for number in session.scalars(select(Participant.id))
    ]
    session.execute(insert(Application), values)
    cookie = organiser_cookie(app, session)
    session.commit()
    client = app.test_client()
    client.set_cookie("evaluator", cookie)
    return client


def _complete(session: Session) -> None:
    """Let all facts of the sample be known, those of people too, so that everybody is scored."""
    made = session.scalars(select(Round)).one()
    rule_set = rule_set_of(made.rule_sets[0].stored)
    read = read_round(SAMPLE, {CATEGORY: rule_set, **_others(session)})
    sample = [each for each in read if each.organisation.category == CATEGORY]
    participants = session.scalars(select(Participant).order_by(Participant.id)).all()
    there = set(session.execute(select(KnownFact.organisation_id, KnownFact.fact)).tuples())
    rows = []
    for number, each in enumerate(participants):
        for name, value in sample[number % len(sample)].facts.items():
            if name in rule_set.facts and (each.organisation_id, name) not in there:
                source = rule_set.facts[name].source.kind
                rows.append(_fact(each.organisation_id, name, plain(value), source))
    session.execute(insert(KnownFact), rows)


def _others(session: Session) -> dict[str, Any]:
    from evaluator.rule_sets.models import StoredRuleSet

    return {each.category: rule_set_of(each) for each in session.scalars(select(StoredRuleSet))}


def _fact(organisation_id: int, name: str, value: object, source: str) -> dict[str, Any]:
    moment = now()
    return {
        "organisation_id": organisation_id,
        "year": YEAR,
        "fact": name,
        "value": value,
        "source": "appraisal" if source == "asked" else source,
        "as_of": moment.date(),
        "brought_at": moment,
        "account_id": None,
    }


def _read(session: Session, made: Round) -> None:
    with without_collecting():
        entries_of(session, made, CATEGORY)
    session.expire_all()
    session.expunge_all()
    session.add(made)


def _forget(app: Flask) -> None:
    app.extensions["decisions"] = Boards()


def _forget_all(app: Flask) -> None:
    """Forget what was read as well, as a process that has just been started."""
    _forget(app)
    for each in db.session.scalars(select(Round)).one().rule_sets:
        category_of(each.stored).scorer = RememberingScorer(rule_set_of(each.stored))


def _page(client: FlaskClient) -> None:
    answer = client.get("/decisions")
    if answer.status_code != 200 or 'href="/decisions/participants/' not in answer.text:
        raise AssertionError(f"the board was not shown: {answer.status_code}")


def _seconds(work: Callable[[], None], before: Callable[[], None]) -> float:
    """Return the median seconds of some work; the first time is not counted."""
    times = []
    for _ in range(TIMES + 1):
        before()
        begun = perf_counter()
        work()
        times.append(perf_counter() - begun)
    return median(times[1:])


def _row(name: str, ours: float, peer: float, peer_name: str, goal: float = GOAL) -> dict[str, Any]:
    ratio = ours / peer
    return {
        "name": name,
        "ours": ours * 1000,
        "peer": peer * 1000,
        "peer_name": peer_name,
        "unit": "ms",
        "ratio": ratio,
        "goal": goal,
        "met": not goal or ratio <= goal,
    }
