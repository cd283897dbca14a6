"""Deciding as computed: what is stored, who is left to people, what cannot be done twice."""

from __future__ import annotations

import hashlib
import json

import pytest
from deciding_round import acting, known, participant_of, state_of
from district import District
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import NotAllowed
from evaluator.accounts.models import Account
from evaluator.applications.models import Application, ApplicationState
from evaluator.audit.models import AuditLine
from evaluator.decisions.deciding import close_unrated, decide_as_computed, reconsider
from evaluator.decisions.models import Basis, Decision
from evaluator.decisions.queries import decision_of
from evaluator.decisions.scored import board_for
from evaluator.panels.models import Case
from evaluator.records.models import KnownFact
from evaluator.rounds.models import Round
from evaluator.web.errors import Refusal


def decide_all(session: Session, made: Round, account: Account, reason: str = "") -> int:
    seen = board_for(session, made, "community").digest
    count = decide_as_computed(
        session, acting(account), made=made, category="community", seen=seen, reason=reason
    )
    session.commit()
    return count


def test_all_computed_levels_are_decided_at_once_with_what_they_rest_on(
    session: Session, made: Round, district: District, first: Account
) -> None:
    assert decide_all(session, made, first) == 4
    decided = {
        each.participant.code: (each.level, each.computed, each.basis, each.total)
        for each in session.scalars(select(Decision))
    }
    assert (
        decided
        == {
            "E1": ("four_star", "four_star", Basis.COMPUTED, 940_000),
            "E2": ("five_star", "five_star", Basis.COMPUTED, 940_000),
            "W1": ("four_star", "four_star", Basis.COMPUTED, 900_000),
            "W2": ("three_star", "three_star", Basis.COMPUTED, 780_000),
        }
        or decided
    )
    east = decision_of(session, participant_of(session, made, district.east_one))
    assert east is not None
    told = json.loads(east.result)
    assert hashlib.sha256(east.result.encode()).hexdigest() == east.digest
    assert told["total"] == "94.00"
    assert told["given"]["services"] == "10"
    assert (told["digest"], east.confirmed_by) == (east.rule_set, first.id)


def test_every_application_is_moved_and_logged(
    session: Session, made: Round, district: District, first: Account
) -> None:
    decide_all(session, made, first)
    states = set(session.scalars(select(Application.state)))
    assert states == {ApplicationState.DECIDED}
    lines = session.scalars(select(AuditLine.action).order_by(AuditLine.number)).all()
    assert sorted(lines) == sorted([*["application.decide"] * 4, "decision.confirm_all"])


def test_nothing_is_decided_twice(session: Session, made: Round, first: Account) -> None:
    decide_all(session, made, first)
    with pytest.raises(Refusal, match="已没有可按计算结果"):
        decide_all(session, made, first)


def test_board_that_has_changed_is_not_decided(
    session: Session, made: Round, district: District, first: Account
) -> None:
    with pytest.raises(Refusal, match="名额板已有变化"):
        decide_as_computed(
            session, acting(first), made=made, category="community", seen="another board"
        )
    assert session.scalars(select(Decision)).all() == []


def test_application_in_an_earlier_step_asks_for_a_reason(
    session: Session, made: Round, district: District, first: Account
) -> None:
    late = participant_of(session, made, district.west_two)
    query = select(Application).where(Application.participant_id == late.id)
    session.scalars(query).one().state = ApplicationState.IN_DEFENCE
    session.commit()
    with pytest.raises(Refusal, match="还有1份申报"):
        decide_all(session, made, first)
    assert decide_all(session, made, first, "答辩另行安排") == 3
    assert state_of(session, late) == "in_defence"


def test_direct_award_and_higher_level_are_left_to_people(
    session: Session, made: Round, district: District, first: Account
) -> None:
    facts = {each.fact: each for each in session.scalars(select(KnownFact)).all()
             if each.organisation_id == district.west_two.id}  # fmt: skip
    facts["honoured"].value = "true"
    top = {each.fact: each for each in session.scalars(select(KnownFact)).all()
           if each.organisation_id == district.west_one.id}  # fmt: skip
    top["attitude"].value = {"value": "20", "reason": "已核"}
    session.commit()
    assert decide_all(session, made, first) == 2
    assert state_of(session, participant_of(session, made, district.west_two)) == "reviewed"
    assert state_of(session, participant_of(session, made, district.west_one)) == "reviewed"


def test_who_is_decided_to_have_no_level_is_closed(
    session: Session, made: Round, district: District, first: Account
) -> None:
    low = {each.fact: each for each in session.scalars(select(KnownFact)).all()
           if each.organisation_id == district.west_two.id}  # fmt: skip
    low["services"].value, low["satisfied"].value = "0", "0%"
    low["attitude"].value = {"value": "0", "reason": "已核"}
    session.commit()
    decide_all(session, made, first)
    assert close_unrated(session, acting(first), made=made, category="community") == 1
    session.commit()
    assert state_of(session, participant_of(session, made, district.west_two)) == "unrated"
    with pytest.raises(Refusal, match="没有审定为不评星级"):
        close_unrated(session, acting(first), made=made, category="community")


@pytest.mark.parametrize("heard", [False, True])
def test_decision_that_is_taken_back_goes_where_it_came_from(
    session: Session, made: Round, district: District, first: Account, heard: bool
) -> None:
    decide_all(session, made, first)
    participant = participant_of(session, made, district.east_one)
    if heard:
        session.add(Case(participant=participant))
        session.commit()
    decision = decision_of(session, participant)
    assert decision is not None
    with pytest.raises(Refusal, match="已被他人更改"):
        reconsider(session, acting(first), participant=participant, version=99, reason="复核")
    with pytest.raises(Refusal, match="请填写理由"):
        reconsider(
            session, acting(first), participant=participant, version=decision.version, reason=" "
        )
    reconsider(
        session, acting(first), participant=participant, version=decision.version, reason="复核"
    )
    session.commit()
    assert state_of(session, participant) == ("defended" if heard else "reviewed")
    assert decision_of(session, participant) is None
    line = session.scalars(select(AuditLine).where(AuditLine.action == "decision.take_back")).one()
    assert (json.loads(line.before)["level"], line.reason) == (decision.level, "复核")


def test_organiser_of_one_place_decides_nothing(
    session: Session, made: Round, district: District, first: Account
) -> None:
    seen = board_for(session, made, "community").digest
    with pytest.raises(NotAllowed):
        decide_as_computed(
            session,
            acting(first, district.east.path),
            made=made,
            category="community",
            seen=seen,
        )


def test_board_is_worked_out_anew_once_a_fact_has_changed(
    session: Session, made: Round, district: District
) -> None:
    before = board_for(session, made, "community")
    assert board_for(session, made, "community") is before
    known(session, district.east_one, of_no_rule="1")
    assert board_for(session, made, "community").digest == before.digest
