"""The report of a committee of 40 pages, from the request to the finished PDF, against its limit.

The organisations are those of the shipped rule set for communities, reviewed, with all their facts.
Facts are read, everybody is scored and the pages are set for every request; a process keeps the
compiled rule set and the faces alone. The first request of a process is told besides. Times are
CPU seconds of the process, which does nothing else: on a machine of its own it is the time waited.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import pypdf
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from benchmarks.decisions import settled
from benchmarks.measuring import Measured
from evaluator import create_app
from evaluator.database import Base, db
from evaluator.organisations.models import Organisation, Tier
from evaluator.rounds.models import Participant

ORGANISATIONS = 320
LIMIT, PAGES = 2.0, 40
TIMES = 5
Rows = list[dict[str, Any]]


def measure(organisations: int = ORGANISATIONS) -> Rows:
    """Return how long the report takes, with its pages in the name of the row."""
    with TemporaryDirectory() as folder:
        app = create_app({"DATA_FOLDER": str(Path(folder))})
        with app.app_context(), app.test_request_context():
            Base.metadata.create_all(db.engine)
            client = settled(app, db.session, organisations)
            address = _address(db.session)
            first, content = _timed(client, address)
            later = median(_timed(client, address)[0] for _ in range(TIMES))
            db.session.close()
            db.engine.dispose()
    pages = len(pypdf.PdfReader(BytesIO(content)).pages)
    if pages < PAGES:
        raise AssertionError(f"{pages} pages; {PAGES} are to be measured")
    title = f"committee report of {organisations} organisations, {pages} pages, whole request"
    return [_row(title, later), _row(f"{title}, first in its process", first)]


def _address(session: Session) -> str:
    """Give all organisations to one committee, and return where its report is."""
    query = select(Organisation).where(Organisation.tier == Tier.COMMITTEE).limit(1)
    committee = session.scalars(query).one()
    everybody = {"committee_id": committee.id, "committee": committee.name}
    session.execute(update(Participant).values(everybody))
    session.commit()
    return f"/score-reports/committees/{committee.id}/committee.pdf"


def _timed(client: FlaskClient, address: str) -> tuple[float, bytes]:
    begun = process_time()
    answer = client.get(address)
    seconds = process_time() - begun
    if answer.status_code != 200:
        raise AssertionError(f"the report was not sent: {answer.status_code}")
    return seconds, answer.data


def _row(name: str, seconds: float) -> dict[str, Any]:
    return Measured(name, seconds, LIMIT, "limit of 2 s", "CPU s", LIMIT / seconds, 1.0).as_json()


if __name__ == "__main__":
    for row in measure():
        print(row)
