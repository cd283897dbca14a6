"""The print files of a real batch, whose service is killed at random moments."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from awarded import make_ended
from district import make_organisation, make_participant
from flask import Flask
from service import service
from sqlalchemy import delete, select
from working import Start, await_end, await_more, kill

from evaluator.awards.models import Award
from evaluator.certificates.issuing import issue
from evaluator.certificates.models import PrintFile, PrintRun
from evaluator.certificates.preparing import prepare
from evaluator.certificates.printing import PRINTING
from evaluator.database import db, now
from evaluator.jobs.models import JobState
from evaluator.jobs.plans import plan_of
from evaluator.notices.calendar import day_of
from evaluator.storage import storage
from reports.certificate.templates import CERTIFICATE_A4

ADDRESS = "HTTPS://VERIFY.EXAMPLE.ORG/V/"
COMMITTEES, EACH = 6, 25
KILLS = 2
SERVE = "from evaluator.application import make_application as make; at_work.serve(make)"


@pytest.fixture
def printing(config: dict[str, Any]) -> Iterator[PrintRun]:
    """Yield the print run of a batch that has just been issued, in a service of its own."""
    app = service(Path(config["DATA_FOLDER"]), config["DATABASE_URL"])
    with app.app_context(), app.test_request_context():
        yield issued(app)
        db.session.rollback()
        db.engine.dispose()


def issued(app: Flask) -> PrintRun:
    """Issue certificates for the branches of several committees."""
    ended = make_ended(db.session)
    for number in range(COMMITTEES):
        committee = make_organisation(
            db.session, f"C{number}", f"第{number}片党工委", ended.district.root
        )
        for other in range(EACH):
            code = f"C{number}-{other}"
            branch = make_organisation(db.session, code, f"{code}社区党支部", committee)
            one = make_participant(ended.round, branch)
            db.session.add(
                Award(
                    participant=one,
                    first_level="five_star",
                    level="five_star",
                    awarded_on=day_of(now()),
                    at=now(),
                )
            )
    db.session.commit()
    seen = prepare(db.session, ended.round, CERTIFICATE_A4).digest
    given: dict[str, Any] = {
        "made": ended.round,
        "template": CERTIFICATE_A4,
        "address": ADDRESS,
        "seen": seen,
    }
    batch = issue(db.session, ended.actor, **given)
    db.session.commit()
    return batch.prints[0]


def undisturbed(run: PrintRun) -> dict[str, bytes]:
    """Return the files as they are drawn again here, one after another."""
    db.session.execute(delete(PrintFile).where(PrintFile.run_id == run.id))
    plan, arguments = plan_of(PRINTING), {"run": run.id}
    for step in plan.steps(arguments):
        plan.do(arguments, step)
    db.session.commit()
    return files_of(run)


def files_of(run: PrintRun) -> dict[str, bytes]:
    """Return the files of a run that its rows name, each once."""
    rows = db.session.scalars(select(PrintFile).where(PrintFile.run_id == run.id)).all()
    assert max(Counter(each.name for each in rows).values()) == 1
    return {each.name: storage().get(each.storage_key) for each in rows}


def test_batch_killed_again_and_again_has_the_same_files_once(
    printing: PrintRun, program: Start
) -> None:
    chance = random.Random(6)  # noqa: S311 - when it is killed is no secret
    number = printing.job_id
    assert number is not None
    for _ in range(KILLS):
        process = program(SERVE)
        await_more(number)
        time.sleep(chance.uniform(0, 0.3))
        kill(process)
    program(SERVE)
    assert await_end(number).state is JobState.DONE
    drawn = files_of(printing)
    assert len(drawn) == len(list(storage().keys("certificates")))
    assert drawn == undisturbed(printing)
