"""The procedure of an application, walked from end to end: no dead end, no act for a wrong role."""

from __future__ import annotations

import pytest
from district import make_account
from drafting import Case
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from evaluator.access import PERMISSIONS, Actor, NotAllowed, Role
from evaluator.accounts.models import Account
from evaluator.accounts.sessions import actor_of
from evaluator.applications.models import ApplicationState
from evaluator.applications.procedure import (
    FINAL,
    PROCEDURE,
    REVIEWED_OR_LATER,
    Act,
)
from evaluator.applications.queries import application_of
from evaluator.applications.states import move
from evaluator.audit.models import AuditLine
from evaluator.rounds.models import RoundState
from evaluator.web.errors import Refusal

S = ApplicationState
MEANT_FOR = {
    Act.SUBMIT: {Role.BRANCH_OFFICER},
    Act.RETURN: {Role.COMMITTEE_REVIEWER},
    Act.FINISH_REVIEW: {Role.COMMITTEE_REVIEWER},
    Act.REOPEN_REVIEW: {Role.COMMITTEE_REVIEWER},
    Act.ADMIT: {Role.ORGANISER},
    Act.DISMISS: {Role.ORGANISER},
    Act.CLOSE_CASE: {Role.PANELLIST},
    Act.REOPEN_CASE: {Role.ORGANISER},
    Act.DECIDE: {Role.ORGANISER},
    Act.RECONSIDER: {Role.ORGANISER},
    Act.RECONSIDER_DEFENDED: {Role.ORGANISER},
    Act.CLOSE_UNRATED: {Role.ORGANISER},
    Act.PUBLISH: {Role.ORGANISER},
    Act.OBJECT: set(Role),
    Act.DISMISS_OBJECTION: {Role.PANELLIST, Role.ORGANISER},
    Act.UPHOLD_OBJECTION: {Role.PANELLIST, Role.ORGANISER},
    Act.AWARD: {Role.ORGANISER},
}
EVERY = [(act, origin) for act, way in PROCEDURE.items() for origin in sorted(way.origins)]


def reached(start: ApplicationState) -> set[ApplicationState]:
    """Return every state to which some way leads from a state, itself among them."""
    found, ahead = {start}, [start]
    while ahead:
        here = ahead.pop()
        for way in PROCEDURE.values():
            if here in way.origins and way.to not in found:
                found.add(way.to)
                ahead.append(way.to)
    return found


def actor(case: Case, role: Role) -> Actor:
    """Return somebody who has a role over the whole district."""
    name = f"whole_{role}"
    account = case.session.scalar(select(Account).where(Account.login_name == name))
    return actor_of(account or make_account(case.session, role, case.district.root, name), "")


def place(case: Case, state: ApplicationState) -> None:
    """Let the application of a case stand somewhere, however it came there."""
    if application_of(case.session, case.participant) is None:
        case.save(visits="10")
    case.application.state = state
    case.session.commit()


def moved(case: Case, role: Role, act: Act, reason: str = "有理由") -> None:
    move(
        case.session,
        actor(case, role),
        participant=case.participant,
        act=act,
        met=PROCEDURE[act].needs,
        reason=reason,
    )


def test_every_act_and_every_state_is_declared() -> None:
    assert set(PROCEDURE) == set(Act)
    assert reached(S.DRAFT) == set(S)
    assert S.RETURNED not in REVIEWED_OR_LATER


def test_no_state_is_a_dead_end() -> None:
    assert {state for state in S if FINAL & reached(state)} == set(S)
    assert {state for state in S if reached(state) == {state}} == set(FINAL)


def test_each_act_is_open_to_the_roles_that_it_is_meant_for() -> None:
    found = {
        act: {role for role in Role if way.who is None or way.who in PERMISSIONS[role]}
        for act, way in PROCEDURE.items()
    }
    assert found == MEANT_FOR


@pytest.mark.parametrize(("act", "origin"), EVERY)
def test_act_leads_where_the_table_says_and_is_written_down(
    case: Case, act: Act, origin: ApplicationState
) -> None:
    way = PROCEDURE[act]
    place(case, origin)
    moved(case, min(MEANT_FOR[act]), act)
    case.session.commit()
    assert case.application.state is way.to
    line = case.session.scalars(select(AuditLine).order_by(AuditLine.number.desc())).first()
    assert line is not None
    assert (line.action, line.before, line.after) == (
        f"application.{act}",
        f'{{"state":"{origin}"}}',
        f'{{"state":"{way.to}"}}',
    )


@pytest.mark.parametrize("act", list(Act))
def test_act_is_refused_from_every_other_state_and_to_every_other_role(
    case: Case, act: Act
) -> None:
    way = PROCEDURE[act]
    role = min(MEANT_FOR[act])
    for state in sorted(set(S) - way.origins):
        place(case, state)
        with pytest.raises(Refusal):
            moved(case, role, act)
    place(case, min(way.origins))
    for other in sorted(set(Role) - MEANT_FOR[act]):
        with pytest.raises(NotAllowed):
            moved(case, other, act)
    assert case.application.state is min(way.origins)


def test_act_without_its_reason_its_need_or_its_time_is_refused(case: Case) -> None:
    place(case, S.REVIEWED)
    with pytest.raises(Refusal, match="理由"):
        moved(case, Role.COMMITTEE_REVIEWER, Act.REOPEN_REVIEW, reason=" ")
    place(case, S.DECIDED)
    with pytest.raises(AssertionError, match="notice_published"):
        move(
            case.session, actor(case, Role.ORGANISER), participant=case.participant, act=Act.PUBLISH
        )
    place(case, S.ON_NOTICE)
    case.participant.round.state = RoundState.CLOSED
    with pytest.raises(Refusal, match="环节"):
        moved(case, Role.ORGANISER, Act.AWARD)


@given(st.lists(st.sampled_from(list(Act)), max_size=40))
def test_any_walk_stays_where_it_can_end(acts: list[Act]) -> None:
    state = S.DRAFT
    for act in acts:
        if state in PROCEDURE[act].origins:
            state = PROCEDURE[act].to
    assert reached(state) & FINAL
