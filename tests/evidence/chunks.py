"""Uploads in chunks, as the script on the pages sends them."""

from __future__ import annotations

from flask.testing import FlaskClient
from image_files import photo
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.evidence.models import Upload
from evaluator.rounds.models import Participant
from evaluator.storage import storage

CONTENT = photo()


def begin(
    browser: FlaskClient, participant: Participant, size: int = len(CONTENT), **more: str
) -> str:
    given = {"name": "a.jpg", "size": size, "indicator": "services", **more}
    answer = browser.post(f"/applications/{participant.id}/uploads", data=given)
    assert (answer.status_code, answer.json["received"]) == (201, 0)
    return str(answer.json["token"])


def put(browser: FlaskClient, token: str, offset: int, chunk: bytes) -> tuple[int, int]:
    answer = browser.put(f"/uploads/{token}/{offset}", data=chunk)
    return answer.status_code, answer.json["received"]


def upload_of(session: Session, token: str) -> Upload:
    session.expire_all()
    return session.scalars(select(Upload).where(Upload.token == token)).one()


def stored() -> list[str]:
    return sorted(key.split("/")[0] for key in storage().keys(""))
