"""The print files of a real batch, whose service is killed at random moments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from issued_batch import issued
from service import service
from sqlalchemy import delete, select
from working import Start, await_end_through_kills

from evaluator.certificates.models import PrintFile, PrintRun
from evaluator.certificates.printing import PRINTING
from evaluator.database import db
from evaluator.jobs.models import JobState
from evaluator.jobs.plans import plan_of
from evaluator.storage import storage

KILLS = 2
SERVE = "from evaluator.application import make_application as make; at_work.serve(make)"


@pytest.fixture
def printing(config: dict[str, Any]) -> Iterator[PrintRun]:
    """Yield the print run of a batch that has just been issued, in a service of its own."""
    app = service(Path(config["DATA_FOLDER"]), config["DATABASE_URL"])
    with app.app_context(), app.test_request_context():
        yield issued().prints[0]
        db.session.rollback()
        db.engine.dispose()


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
    number = printing.job_id
    assert number is not None
    ended = await_end_through_kills(number, program, SERVE, KILLS)
    assert ended.state is JobState.DONE
    drawn = files_of(printing)
    assert len(drawn) == len(list(storage().keys("certificates")))
    assert drawn == undisturbed(printing)
