"""What an actor may do depends on the role and on the place in the tree."""

from __future__ import annotations

from district import make_account, make_district, make_round
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Permission, Role, within
from evaluator.accounts.sessions import actor_of
from evaluator.rounds.models import Participant


def test_reviewer_sees_applications_of_own_committee_only(session: Session) -> None:
    district = make_district(session)
    make_round(session, district)
    reviewer = make_account(session, Role.COMMITTEE_REVIEWER, district.east)
    actor = actor_of(reviewer, "")
    seen = session.scalars(
        select(Participant.code)
        .where(within(Participant.path, actor, Permission.SEE_APPLICATIONS))
        .order_by(Participant.code)
    ).all()
    assert seen == ["E1", "E2"]


def test_role_without_the_permission_sees_nothing(session: Session) -> None:
    district = make_district(session)
    make_round(session, district)
    actor = actor_of(make_account(session, Role.PANELLIST, district.root), "")
    condition = within(Participant.path, actor, Permission.SEE_APPLICATIONS)
    assert session.scalars(select(Participant.code).where(condition)).all() == []


def test_reviewer_is_not_told_that_another_committee_exists(session: Session) -> None:
    district = make_district(session)
    actor = actor_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east), "")
    assert actor.may(Permission.REVIEW_APPLICATIONS, district.east_one.path)
    assert not actor.may(Permission.REVIEW_APPLICATIONS, district.west_one.path)
