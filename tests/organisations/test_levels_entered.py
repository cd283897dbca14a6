"""Levels entered for many organisations at once: each keeps its own line and its own history."""

from __future__ import annotations

import json

import pytest
from district import District, make_district
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, NotAllowed
from evaluator.audit.models import AuditLine
from evaluator.organisations.levels import enter_level, enter_levels
from evaluator.organisations.models import OrganisationChange, StandingLevel

SYSTEM = Actor.system()


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


def held(session: Session) -> dict[tuple[int, int], str]:
    session.expire_all()
    rows = session.scalars(select(StandingLevel))
    return {(each.organisation_id, each.year): each.level for each in rows}


def test_new_levels_are_added_and_those_of_the_year_replaced(
    session: Session, district: District
) -> None:
    one, two = district.east_one, district.east_two
    enter_level(session, SYSTEM, organisation=one, year=2026, level="three_star")
    session.commit()
    levels = {one: "four_star", two: "five_star"}
    enter_levels(session, SYSTEM, levels=levels, year=2026, reason="8号")
    session.commit()
    assert held(session) == {(one.id, 2026): "four_star", (two.id, 2026): "five_star"}


def test_each_organisation_has_its_line_and_its_history(
    session: Session, district: District
) -> None:
    levels = {district.east_one: "four_star", district.west_one: ""}
    enter_levels(session, SYSTEM, levels=levels, year=2026, reason="8号")
    session.commit()
    lines = session.scalars(select(AuditLine).order_by(AuditLine.number)).all()
    assert [(each.organisation_path, json.loads(each.after)) for each in lines] == [
        (one.path, {"year": 2026, "level": level}) for one, level in levels.items()
    ]
    changes = session.scalars(select(OrganisationChange).order_by(OrganisationChange.id)).all()
    assert [(each.organisation_id, each.what, each.reason) for each in changes] == [
        (one.id, "level", "8号") for one in levels
    ]


def test_nothing_is_entered_where_one_of_them_is_not_allowed(
    session: Session, district: District
) -> None:
    nobody = Actor(None, "无", ())
    with pytest.raises(NotAllowed):
        enter_levels(session, nobody, levels={district.east_one: "four_star"}, year=2026)
    assert held(session) == {}
