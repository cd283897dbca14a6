"""Evidence that is not the caller's: read by some, changed by none, and not there for others."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from district import District, make_account
from flask.testing import FlaskClient
from given import make_file, participant_of
from image_files import photo
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.evidence.queries import evidence_of
from evaluator.rounds.models import Participant

Browser = Callable[[Account], FlaskClient]


@pytest.mark.parametrize("role", [Role.COMMITTEE_REVIEWER, Role.ORGANISER, Role.SUPERVISOR])
def test_readers_see_and_change_nothing(
    role: Role,
    district: District,
    participant: Participant,
    session: Session,
    browser_of: Browser,
) -> None:
    file = make_file(session, participant, "services")
    reader = browser_of(make_account(session, role, district.root))
    page = reader.get(f"/applications/{participant.id}/evidence")
    assert (page.status_code, "照片.jpg" in page.text, "<form id" in page.text) == (
        200,
        True,
        False,
    )
    given = {"files": (BytesIO(photo()), "a.jpg")}
    assert reader.post(f"/applications/{participant.id}/evidence", data=given).status_code == 404
    assert reader.post(f"/evidence/{file.id}/remove").status_code == 404


def test_evidence_of_others_is_not_there(
    district: District, participant: Participant, session: Session, browser_of: Browser
) -> None:
    file = make_file(session, participant, "services")
    neighbour = browser_of(make_account(session, Role.BRANCH_OFFICER, district.east_two))
    gets = (f"/applications/{participant.id}/evidence", f"/files/{file.id}/照片.jpg")
    posts = (
        f"/applications/{participant.id}/evidence",
        f"/applications/{participant.id}/uploads",
        f"/evidence/{file.id}/date",
        f"/evidence/{file.id}/links",
        f"/evidence/{file.id}/remove",
    )
    given = {"name": "a", "size": "9", "x-version": "1"}
    found = [neighbour.get(each).status_code for each in gets]
    found += [neighbour.post(each, data=given).status_code for each in posts]
    assert found == [404] * 7


def test_file_of_another_application_cannot_be_used(
    district: District, officer: FlaskClient, participant: Participant, session: Session
) -> None:
    other = make_file(session, participant_of(session, district.east_two), "services")
    answer = officer.post(
        f"/applications/{participant.id}/evidence/brand", data={"use-brand": other.id}
    )
    assert (answer.status_code, evidence_of(session, participant.id)) == (404, {})
