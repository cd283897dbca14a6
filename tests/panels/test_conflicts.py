"""Whom a tie or a role keeps from which cases, and for how long."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from district import District, make_organisation
from flask import Flask
from hall import Hall, make_hall, taking_part, tie_to
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import RoleGrant
from evaluator.database import now
from evaluator.organisations.models import Succession
from evaluator.panels.conflicts import bars_of, conflicts, in_words
from evaluator.panels.models import PanelRules, Relation

TODAY = now().date()


def barred(session: Session, hall: Hall) -> dict[str, str]:
    """Return why the first panellist may not judge whom, by code."""
    session.expire_all()
    bars = bars_of(session, hall.round, hall.panellists)
    participants = taking_part(session)
    codes = {each.id: each.code for each in participants}
    return {
        codes[participant]: in_words(found)
        for (panellist, participant), found in conflicts(bars, participants).items()
        if panellist == hall.panellists[0].id
    }


@pytest.fixture
def hall(app: Flask, session: Session) -> Hall:
    """Return a defence."""
    return make_hall(session)


def test_own_organisation_bars_its_whole_committee(
    app: Flask, session: Session, hall: Hall
) -> None:
    tie_to(session, hall.panellists[0], hall.district.east_one, Relation.OWN)
    with app.test_request_context():
        words = "本人所在党组织：东一社区党支部（回避所属整个直属党（工）委）"
        assert barred(session, hall) == {"E1": words, "E2": words}


def test_declared_relation_bars_the_organisation_and_all_below_it(
    session: Session, hall: Hall
) -> None:
    tie_to(session, hall.panellists[0], hall.district.east_one, Relation.DECLARED)
    tie_to(session, hall.panellists[0], hall.district.west, Relation.DECLARED)
    assert sorted(barred(session, hall)) == ["E1", "W1", "W2"]


def test_own_organisation_that_is_the_district_bars_nobody_below(
    session: Session, hall: Hall
) -> None:
    tie_to(session, hall.panellists[0], hall.district.root, Relation.OWN)
    assert barred(session, hall) == {}


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (None, ["E1"]),
        (TODAY - timedelta(days=30), ["E1"]),
        (TODAY - timedelta(days=365 * 5 - 10), ["E1"]),
        (TODAY - timedelta(days=365 * 5 + 10), []),
    ],
)
def test_former_post_bars_for_five_years(
    session: Session, hall: Hall, until: date | None, expected: list[str]
) -> None:
    tie_to(session, hall.panellists[0], hall.district.east_one, Relation.FORMER_POST, until)
    assert sorted(barred(session, hall)) == expected


def test_years_of_former_posts_are_set_for_a_round(session: Session, hall: Hall) -> None:
    ended = TODAY - timedelta(days=365 * 2)
    tie_to(session, hall.panellists[0], hall.district.east_one, Relation.FORMER_POST, ended)
    session.add(PanelRules(round_id=hall.round.id, former_years=1))
    session.commit()
    assert barred(session, hall) == {}


@pytest.mark.parametrize(
    ("role", "place", "expected"),
    [
        (Role.COMMITTEE_REVIEWER, "east", ["E1", "E2"]),
        (Role.BRANCH_OFFICER, "west_one", ["W1"]),
        (Role.SUPERVISOR, "east", []),
    ],
)
def test_role_inside_a_committee_bars(
    session: Session, hall: Hall, role: Role, place: str, expected: list[str]
) -> None:
    organisation = getattr(hall.district, place)
    grant = RoleGrant(role=role.value, organisation=organisation)
    hall.panellists[0].account.grants.append(grant)
    session.commit()
    assert sorted(barred(session, hall)) == expected


def test_tie_follows_where_the_participant_stood_when_frozen(session: Session, hall: Hall) -> None:
    tie_to(session, hall.panellists[0], hall.district.east, Relation.DECLARED)
    move(session, hall.district)
    assert sorted(barred(session, hall)) == ["E1", "E2"]


def test_own_organisation_that_moved_bars_both_committees(session: Session, hall: Hall) -> None:
    tie_to(session, hall.panellists[0], hall.district.east_one, Relation.OWN)
    move(session, hall.district)
    assert sorted(barred(session, hall)) == ["E1", "E2", "W1", "W2"]


def test_tie_to_what_was_merged_bars_its_successor(session: Session, hall: Hall) -> None:
    former = make_organisation(session, "E9", "东九社区党支部", hall.district.west)
    successor = hall.district.east_two.id
    kin = {"predecessor_id": former.id, "successor_id": successor}
    session.add(Succession(what="merge", on=TODAY, **kin))
    tie_to(session, hall.panellists[0], former, Relation.FORMER_POST)
    assert sorted(barred(session, hall)) == ["E2"]


def move(session: Session, district: District) -> None:
    """Move the first eastern branch below the western committee, after the round was opened."""
    district.east_one.parent_id = district.west.id
    district.east_one.path = f"{district.west.path}{district.east_one.id}/"
    session.commit()
