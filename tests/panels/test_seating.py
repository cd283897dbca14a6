"""Seats: by a proposal that is confirmed as it was read, or by hand."""

from __future__ import annotations

import pytest
from district import make_account
from flask import Flask
from hall import Hall, make_hall, make_panellist, seat_on, tie_to
from sqlalchemy.orm import Session

from evaluator.access import NotAllowed, Role
from evaluator.accounts.models import RoleGrant
from evaluator.accounts.sessions import actor_of
from evaluator.panels.models import Relation
from evaluator.panels.panellist_operations import enter_panellist
from evaluator.panels.proposals import Proposal, propose
from evaluator.panels.queries import accounts_to_enter
from evaluator.panels.seating import begin_judging, confirm, fix, recuse, seat_by_hand, unseat
from evaluator.web.errors import Refusal


def proposed(session: Session, hall: Hall) -> Proposal:
    session.commit()
    session.expire_all()
    return propose(session, hall.round)


def seated(hall: Hall) -> dict[str, list[str]]:
    """Return who sits where, by code and log-in name."""
    return {
        code: sorted(
            each.panellist.account.login_name for each in case.seats if each.recused_at is None
        )
        for code, case in hall.cases.items()
    }


def assigned(session: Session, hall: Hall) -> dict[str, list[str]]:
    proposal = proposed(session, hall)
    confirm(session, hall.actor, made=hall.round, proposal=proposal, digest=proposal.digest)
    session.commit()
    return seated(hall)


def test_confirmed_assignment_seats_everybody_evenly(session: Session) -> None:
    hall = make_hall(session)
    found = assigned(session, hall)
    assert {code: len(names) for code, names in found.items()} == dict.fromkeys(found, 2)
    assert sorted(each.then for each in proposed(session, hall).loads) == [2, 3, 3]
    assert proposed(session, hall).changes == []


def test_conflict_is_never_assigned(session: Session) -> None:
    hall = make_hall(session)
    tie_to(session, hall.panellists[0], hall.district.east_one, Relation.OWN)
    found = assigned(session, hall)
    assert (found["E1"], found["E2"]) == (["p2", "p3"], ["p2", "p3"])


def test_conflict_that_comes_up_later_ends_even_a_fixed_seat(session: Session) -> None:
    hall = make_hall(session)
    seat_on(session, hall.panellists[0], hall.cases["E1"], is_fixed=True)
    tie_to(session, hall.panellists[0], hall.district.east_one, Relation.DECLARED)
    assert "p1" not in assigned(session, hall)["E1"]


def test_fixed_and_begun_seats_stay(session: Session) -> None:
    hall = make_hall(session)
    make_panellist(session, hall.district.root, "outsider")
    seat_on(session, hall.panellists[0], *hall.cases.values(), is_fixed=True)
    (begun,) = seat_on(session, hall.panellists[1], hall.cases["E1"])
    begin_judging(begun)
    found = assigned(session, hall)
    assert found["E1"] == ["p1", "p2"]
    assert [names[0] for names in found.values()] == ["p1"] * 4


def test_proposal_that_was_overtaken_is_not_confirmed(session: Session) -> None:
    hall = make_hall(session)
    read = proposed(session, hall).digest
    tie_to(session, hall.panellists[0], hall.district.east_one, Relation.DECLARED)
    now = proposed(session, hall)
    with pytest.raises(Refusal):
        confirm(session, hall.actor, made=hall.round, proposal=now, digest=read)
    assert seated(hall) == {code: [] for code in hall.cases}


def test_lack_is_told_for_every_member(app: Flask, session: Session) -> None:
    hall = make_hall(session, "E1")
    hall.panel.wanted = {"财务": 1}
    hall.panellists[1].competences = ["财务"]
    tie_to(session, hall.panellists[1], hall.district.east_one, Relation.DECLARED)
    hall.panellists[2].most_cases = 0
    with app.test_request_context():
        (lack,) = proposed(session, hall).lacks(9)
        assert (lack.shortage.competence, lack.shortage.seats) == ("财务", 1)
        assert [(who.account.login_name, why) for who, why in lack.reasons] == [
            ("p1", "已评审该答辩"),
            ("p2", "申报的利害关系：东一社区党支部"),
            ("p3", "不具备“财务”专业特长"),
        ]


def test_full_panellists_are_told_with_the_cases_that_compete(app: Flask, session: Session) -> None:
    hall = make_hall(session)
    for each in hall.panellists:
        each.most_cases = 2
    with app.test_request_context():
        found = proposed(session, hall)
        assert sum(each.seats for each in found.assignment.shortages) == 2
        words = found.narrow(found.assignment.shortages[0])
        assert words.startswith("4个答辩争用3名已满额的评委")


def test_calibration_case_is_judged_by_all_members(session: Session) -> None:
    hall = make_hall(session)
    hall.cases["W1"].is_calibration = True
    assert assigned(session, hall)["W1"] == ["p1", "p2", "p3"]


def test_closed_account_and_lost_role_are_assigned_nothing(session: Session) -> None:
    hall = make_hall(session)
    hall.panellists[0].account.is_active = False
    hall.panellists[1].account.grants.clear()
    assert set(map(tuple, assigned(session, hall).values())) == {("p3",)}


def test_who_oversees_the_rating_neither_judges_nor_is_entered(session: Session) -> None:
    hall = make_hall(session)
    grant = {"role": Role.SUPERVISOR.value, "organisation": hall.district.root}
    hall.panellists[0].account.grants.append(RoleGrant(**grant))
    other = make_account(session, Role.PANELLIST, hall.district.root, "other")
    other.grants.append(RoleGrant(**grant))
    session.commit()
    assert all("p1" not in names for names in assigned(session, hall).values())
    assert list(accounts_to_enter(session)) == []
    with pytest.raises(Refusal):
        enter_panellist(session, hall.actor, account=other)


def test_conflict_is_refused_by_hand_with_its_reason(app: Flask, session: Session) -> None:
    hall = make_hall(session)
    tie_to(session, hall.panellists[0], hall.district.east_one, Relation.DECLARED)
    case = hall.cases["E1"]
    with app.test_request_context(), pytest.raises(Refusal) as refused:
        seat_by_hand(session, hall.actor, case=case, version=1, panellist=hall.panellists[0])
    assert "申报的利害关系：东一社区党支部" in refused.value.words
    assert case.seats == []


def test_hand_made_change_on_an_old_page_is_refused(session: Session) -> None:
    hall = make_hall(session)
    case, version = hall.cases["E1"], hall.cases["E1"].version
    acting = {"case": case, "version": version}
    seat = seat_by_hand(session, hall.actor, **acting, panellist=hall.panellists[0])
    session.commit()
    with pytest.raises(Refusal):
        unseat(session, hall.actor, **acting, seat=seat)
    fix(session, hall.actor, case=case, version=case.version, seat=seat, fixed=False)
    session.commit()
    unseat(session, hall.actor, case=case, version=case.version, seat=seat)
    assert case.seats == []


def test_begun_seat_is_not_taken_off(session: Session) -> None:
    hall = make_hall(session)
    (seat,) = seat_on(session, hall.panellists[0], hall.cases["E1"])
    begin_judging(seat)
    session.commit()
    case = hall.cases["E1"]
    with pytest.raises(Refusal):
        unseat(session, hall.actor, case=case, version=case.version, seat=seat)


def test_panellist_recuses_itself_and_nobody_else(session: Session) -> None:
    hall = make_hall(session)
    case = hall.cases["E1"]
    mine, other = (seat_on(session, each, case)[0] for each in hall.panellists[:2])
    actor = actor_of(hall.panellists[0].account, "")
    with pytest.raises(NotAllowed):
        recuse(session, actor, case=case, seat=other, reason="不应")
    with pytest.raises(Refusal):
        recuse(session, actor, case=case, seat=mine, reason=" ")
    recuse(session, actor, case=case, seat=mine, reason="亲属")
    assert assigned(session, hall)["E1"] == ["p2", "p3"]


def test_panellist_may_compose_nothing(session: Session) -> None:
    hall = make_hall(session)
    actor = actor_of(hall.panellists[0].account, "")
    proposal = proposed(session, hall)
    with pytest.raises(NotAllowed):
        confirm(session, actor, made=hall.round, proposal=proposal, digest=proposal.digest)
