"""All appraisals of a place set up at once, and their slips in one document."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from district import District, make_account, make_district, make_round
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.appraisals import together
from evaluator.appraisals.models import Appraisal, BallotCode, Way
from evaluator.rounds.models import Participant, Round

Browsers = Callable[[Account], FlaskClient]
SET_UP = {"way": "codes", "share": "50"}


@pytest.fixture
def district(session: Session) -> District:
    made = make_district(session)
    made.east_one.members, made.west_one.members = 25, 4
    make_round(session, made)
    return made


@pytest.fixture
def reviewer(session: Session, district: District, browser_of: Browsers) -> FlaskClient:
    return browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east))


@pytest.fixture
def organiser(session: Session, district: District, browser_of: Browsers) -> FlaskClient:
    return browser_of(make_account(session, Role.ORGANISER, district.root))


def minimums(session: Session) -> dict[int, int]:
    """Return the fewest ballots of each appraisal by the members of its participant."""
    session.expire_all()
    return {each.participant.members: each.minimum for each in session.scalars(select(Appraisal))}


def slips_per_organisation(session: Session) -> list[int]:
    """Return how many slips each appraisal has that work."""
    session.expire_all()
    query = select(BallotCode.appraisal_id).where(BallotCode.withdrawn.is_(False))
    found = list(session.scalars(query))
    return sorted(found.count(each) for each in set(found))


def test_reviewer_sets_up_those_of_the_own_committee(
    session: Session, district: District, reviewer: FlaskClient
) -> None:
    own = [
        each.members for each in participants(session) if each.path.startswith(district.east.path)
    ]
    assert f"{len(own)}个党组织尚未组织测评" in reviewer.get("/appraisals").text
    answer = reviewer.post("/appraisals/set-up", data=SET_UP, follow_redirects=True)
    assert f"已组织{len(own)}场测评" in answer.text
    assert "尚未组织测评" not in answer.text
    found = session.scalars(select(Appraisal)).all()
    assert sorted(each.participant.members for each in found) == sorted(own)
    assert {each.way for each in found} == {Way.CODES}


def test_fewest_ballots_are_a_share_of_the_members_and_three_at_least(
    session: Session, organiser: FlaskClient
) -> None:
    organiser.post("/appraisals/set-up", data=SET_UP)
    found = minimums(session)
    assert (found[25], found[4]) == (13, 3)


def test_appraisal_that_is_there_stays_as_it_is(session: Session, organiser: FlaskClient) -> None:
    first = next(each for each in participants(session) if each.members == 25)
    organiser.post(f"/appraisals/{first.id}", data={"way": "paper", "minimum": "7"})
    organiser.post("/appraisals/set-up", data=SET_UP)
    organiser.post("/appraisals/set-up", data={**SET_UP, "share": "90"})
    found = minimums(session)
    assert (found[25], found[4]) == (7, 3)


def test_wrong_share_is_told_and_nothing_is_set_up(
    session: Session, organiser: FlaskClient
) -> None:
    answer = organiser.post("/appraisals/set-up", data={**SET_UP, "share": "101"})
    assert (answer.status_code, 'id="share-errors"' in answer.text) == (422, True)
    assert session.scalars(select(Appraisal)).all() == []


def test_every_member_gets_a_slip_and_each_organisation_its_own_pages(
    session: Session, organiser: FlaskClient
) -> None:
    organiser.post("/appraisals/set-up", data=SET_UP)
    answer = organiser.post("/appraisals/slips")
    members = sorted(each.members for each in participants(session))
    assert slips_per_organisation(session) == members
    assert pages(answer.data) == sum(-(-each // 10) for each in members)
    text = pypdfium2.PdfDocument(answer.data)[0].get_textpage().get_text_bounded()
    code = re.findall(r"[A-Z0-9]{5}-[A-Z0-9]{5}", text)[0]
    assert organiser.get(f"/b/{code.replace('-', '')}").status_code == 200


def test_slips_are_made_again_only_where_nobody_voted(
    session: Session, organiser: FlaskClient
) -> None:
    organiser.post("/appraisals/set-up", data=SET_UP)
    organiser.post("/appraisals/slips")
    before = slips_per_organisation(session)
    assert organiser.post("/appraisals/slips").status_code == 409
    voted = session.scalars(select(BallotCode)).first()
    assert voted is not None
    kept = voted.appraisal_id
    voted.used = True
    session.commit()
    assert organiser.post("/appraisals/slips", data={"anew": "y"}).status_code == 200
    assert slips_per_organisation(session) == before
    withdrawn = select(BallotCode.appraisal_id).where(BallotCode.withdrawn.is_(True)).distinct()
    assert kept not in set(session.scalars(withdrawn))


def test_slips_made_again_go_on_where_a_document_was_full(
    session: Session, organiser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "MOST_SLIPS", 30)
    organiser.post("/appraisals/set-up", data=SET_UP)
    everybody = {each.name for each in participants(session)}
    seen: set[str] = set()
    for _ in everybody:
        seen |= organisations(
            organiser.post("/appraisals/slips", data={"anew": "y"}).data, everybody
        )
    assert seen == everybody


def test_nothing_is_offered_where_the_step_is_over(
    session: Session, organiser: FlaskClient
) -> None:
    made = session.scalars(select(Round)).one()
    step = made.step("appraisal")
    assert step is not None
    step.closes_at = step.opens_at + timedelta(seconds=1)
    session.commit()
    assert "尚未组织测评" not in organiser.get("/appraisals").text
    assert organiser.post("/appraisals/set-up", data=SET_UP).status_code == 409
    assert organiser.post("/appraisals/slips").status_code == 409


def participants(session: Session) -> list[Participant]:
    return list(session.scalars(select(Participant)))


def organisations(pdf: bytes, names: set[str]) -> set[str]:
    """Return which of the names stand on the slips of a document."""
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    return {each for each in names if each in text}


def pages(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)
