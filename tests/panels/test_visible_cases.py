"""A conflict hides a case everywhere: each test holds a case that could leak."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from hall import Hall, codes_of, make_hall, seat_on, tie_to
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import RoleGrant
from evaluator.accounts.sessions import actor_of
from evaluator.database import now
from evaluator.panels.models import Clearance, Relation
from evaluator.panels.panellist_operations import clear_conflict, restore_conflict
from evaluator.panels.queries import (
    chair_of,
    find_case,
    may_judge,
    my_cases,
    seat_of,
    visible_cases,
)
from evaluator.panels.seating import recuse


def seated_hall(session: Session) -> tuple[Hall, Actor]:
    """Return a defence where the first panellist sits on E1, E2 and W1, not on W2."""
    hall = make_hall(session)
    seat_on(session, hall.panellists[0], *(hall.cases[code] for code in ("E1", "E2", "W1")))
    return hall, actor_of(hall.panellists[0].account, "")


def seen(session: Session, hall: Hall, actor: Actor) -> list[str]:
    query = visible_cases(session, actor, hall.round)
    count = session.scalar(select(func.count()).select_from(query.order_by(None).subquery()))
    found = list(session.scalars(query))
    assert count == len(found)
    return codes_of(found)


def test_panellist_sees_the_cases_of_its_seats_only(session: Session) -> None:
    hall, actor = seated_hall(session)
    assert seen(session, hall, actor) == ["E1", "E2", "W1"]
    assert codes_of(list(session.scalars(my_cases(session, actor, hall.round)))) == [
        "E1", "E2", "W1",
    ]  # fmt: skip
    assert not may_judge(session, actor, hall.cases["W2"])
    assert seat_of(session, actor, hall.cases["W2"]) is None


def test_tie_that_comes_up_later_hides_a_case_in_spite_of_the_seat(session: Session) -> None:
    hall, actor = seated_hall(session)
    tie_to(session, hall.panellists[0], hall.district.east_one, Relation.OWN)
    assert seen(session, hall, actor) == ["W1"]
    assert not may_judge(session, actor, hall.cases["E1"])
    assert seat_of(session, actor, hall.cases["E1"]) is None


def test_case_that_is_hidden_is_not_found_by_its_number(app: Flask, session: Session) -> None:
    hall, actor = seated_hall(session)
    tie_to(session, hall.panellists[0], hall.district.east_one, Relation.DECLARED)
    from evaluator.access import NotAllowed

    for case in (hall.cases["E1"], hall.cases["W2"]):
        try:
            find_case(session, actor, hall.round, case.id)
        except NotAllowed:
            continue
        raise AssertionError(case.participant.code)
    assert find_case(session, actor, hall.round, hall.cases["W1"].id).id == hall.cases["W1"].id


def test_other_roles_of_a_panellist_show_no_conflicting_case(session: Session) -> None:
    hall, _actor = seated_hall(session)
    account = hall.panellists[0].account
    account.grants.append(RoleGrant(role=Role.SUPERVISOR.value, organisation=hall.district.root))
    tie_to(session, hall.panellists[0], hall.district.west, Relation.FORMER_POST)
    assert seen(session, hall, actor_of(account, "")) == ["E1", "E2"]


def test_recused_panellist_sees_the_case_no_more(session: Session) -> None:
    hall, actor = seated_hall(session)
    case = hall.cases["E1"]
    recuse(session, actor, case=case, seat=case.seats[0], reason="亲属任职")
    session.commit()
    assert seen(session, hall, actor) == ["E2", "W1"]
    assert not may_judge(session, actor, case)


def test_clearance_shows_that_one_case_again(session: Session) -> None:
    hall, actor = seated_hall(session)
    tie_to(session, hall.panellists[0], hall.district.east_one, Relation.OWN)
    acting = {"panellist": hall.panellists[0], "case": hall.cases["E2"]}
    clear_conflict(session, hall.actor, **acting, reason="仅为临时党员")
    assert seen(session, hall, actor) == ["E2", "W1"]
    restore_conflict(session, hall.actor, **acting)
    assert seen(session, hall, actor) == ["W1"]


def test_clearance_of_another_panellist_shows_nothing(session: Session) -> None:
    hall, actor = seated_hall(session)
    tie_to(session, hall.panellists[0], hall.district.east_one, Relation.OWN)
    other = {"panellist_id": hall.panellists[1].id, "account_id": None, "at": now()}
    session.add(Clearance(participant_id=hall.cases["E1"].participant_id, reason="无关", **other))
    session.commit()
    assert seen(session, hall, actor) == ["W1"]


def test_account_without_the_role_sees_nothing_although_it_has_seats(session: Session) -> None:
    hall, _actor = seated_hall(session)
    account = hall.panellists[0].account
    account.grants.clear()
    session.commit()
    assert seen(session, hall, actor_of(account, "")) == []


def test_organiser_and_supervisor_see_the_cases_of_their_place(session: Session) -> None:
    hall, _actor = seated_hall(session)
    assert seen(session, hall, hall.actor) == ["E1", "E2", "W1", "W2"]
    hall.organiser.grants[0].organisation = hall.district.west
    session.commit()
    assert seen(session, hall, actor_of(hall.organiser, "")) == ["W1", "W2"]


def test_tie_that_is_over_hides_nothing(session: Session) -> None:
    hall, actor = seated_hall(session)
    ended = now().date() - timedelta(days=365 * 8)
    tie_to(session, hall.panellists[0], hall.district.east_one, Relation.FORMER_POST, ended)
    assert seen(session, hall, actor) == ["E1", "E2", "W1"]


def test_chair_leads_where_it_sits_and_else_the_first_seated(session: Session) -> None:
    hall, _actor = seated_hall(session)
    hall.panel.members[1].is_chair = True
    seat_on(session, hall.panellists[1], hall.cases["E1"])
    assert chair_of(session, hall.cases["E1"]) == hall.panellists[1]
    assert chair_of(session, hall.cases["E2"]) == hall.panellists[0]
    assert chair_of(session, hall.cases["W2"]) is None
