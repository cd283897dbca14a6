"""Levels that people give: a reason, a second person, and quotas that are broken in the open."""

from __future__ import annotations

import json

import pytest
from deciding_round import acting, participant_of, state_of
from district import District, make_account
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.audit.models import AuditLine
from evaluator.decisions.models import Basis, Decision
from evaluator.decisions.proposing import Wish, confirm, propose, record_higher, refuse
from evaluator.decisions.queries import decision_of
from evaluator.outbox.models import Letter, LetterState
from evaluator.records.models import KnownFact
from evaluator.rounds.models import Participant, Round
from evaluator.web.errors import Refusal

LOWER = Wish("three_star", Basis.DEVIATION, "审计问题未整改")


@pytest.fixture
def east(session: Session, made: Round, district: District) -> Participant:
    return participant_of(session, made, district.east_one)


def test_deviation_holds_once_a_second_person_confirms(
    session: Session, east: Participant, first: Account, second: Account
) -> None:
    decision = propose(session, acting(first), participant=east, wish=LOWER)
    session.commit()
    assert (decision.is_final, state_of(session, east)) == (False, "reviewed")
    with pytest.raises(Refusal, match="另一名组织部管理员"):
        confirm(session, acting(first), participant=east, version=decision.version)
    confirm(session, acting(second), participant=east, version=decision.version)
    session.commit()
    assert (decision.proposed_by, decision.confirmed_by) == (first.id, second.id)
    assert (decision.level, decision.basis, state_of(session, east)) == (
        "three_star",
        Basis.DEVIATION,
        "decided",
    )


def test_database_knows_nobody_who_confirms_himself(
    session: Session, east: Participant, first: Account
) -> None:
    decision = propose(session, acting(first), participant=east, wish=LOWER)
    session.commit()
    decision.confirmed_by = first.id
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_second_proposal_waits_for_the_first(
    session: Session, east: Participant, first: Account, second: Account
) -> None:
    propose(session, acting(first), participant=east, wish=LOWER)
    session.commit()
    with pytest.raises(Refusal, match="已有待确认的提议"):
        propose(session, acting(second), participant=east, wish=LOWER)


@pytest.mark.parametrize("second_person", [True, False])
def test_proposal_is_refused_or_withdrawn_with_a_reason(
    session: Session, east: Participant, first: Account, second: Account, second_person: bool
) -> None:
    decision = propose(session, acting(first), participant=east, wish=LOWER)
    session.commit()
    actor = acting(second if second_person else first)
    version = decision.version
    with pytest.raises(Refusal, match="请填写理由"):
        refuse(session, actor, participant=east, version=version, reason="")
    refuse(session, actor, participant=east, version=version, reason="依据不足")
    session.commit()
    assert decision_of(session, east) is None
    verb = "refuse" if second_person else "withdraw"
    line = session.scalars(select(AuditLine).where(AuditLine.action == f"decision.{verb}")).one()
    assert json.loads(line.before)["reason"] == "审计问题未整改"


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (Wish("three_star", Basis.DEVIATION, " "), "请填写理由"),
        (Wish("model", Basis.DEVIATION, "优秀"), "由区委组织部审定"),
        (Wish("five_star", Basis.DIRECT, "表彰"), "不具备规则集规定"),
    ],
)
def test_proposal_against_the_rules_is_refused(
    session: Session, east: Participant, first: Account, wish: Wish, words: str
) -> None:
    with pytest.raises(Refusal, match=words):
        propose(session, acting(first), participant=east, wish=wish)
    assert session.scalars(select(Decision)).all() == []


def test_computed_level_is_no_deviation(
    session: Session, made: Round, district: District, first: Account
) -> None:
    west = participant_of(session, made, district.west_two)
    with pytest.raises(Refusal, match="这就是计算结果"):
        propose(session, acting(first), participant=west,
                wish=Wish("three_star", Basis.DEVIATION, "相同"))  # fmt: skip


def test_broken_quota_must_be_known_and_is_logged(
    session: Session, made: Round, district: District, first: Account
) -> None:
    west = participant_of(session, made, district.west_two)
    wish = Wish("four_star", Basis.DEVIATION, "特色突出")
    with pytest.raises(Refusal, match="西片党工委：名额1个，实有2个"):
        propose(session, acting(first), participant=west, wish=wish)
    accepted = Wish(wish.level, wish.basis, wish.reason, accepts=True)
    propose(session, acting(first), participant=west, wish=accepted)
    session.commit()
    line = session.scalars(select(AuditLine).where(AuditLine.action == "decision.propose")).one()
    assert json.loads(line.after)["breaks"] == ["fours"]


def honour(session: Session, district: District) -> None:
    query = select(KnownFact).where(
        KnownFact.fact == "honoured", KnownFact.organisation_id == district.west_two.id
    )
    session.scalars(query).one().value = "true"
    session.commit()


def test_direct_award_needs_its_fact_a_reason_and_a_second_person(
    session: Session, made: Round, district: District, first: Account, second: Account
) -> None:
    honour(session, district)
    west = participant_of(session, made, district.west_two)
    wish = Wish("five_star", Basis.DIRECT, "区委表彰决定〔2026〕5号", accepts=True)
    decision = propose(session, acting(first), participant=west, wish=wish)
    session.commit()
    confirm(session, acting(second), participant=west, version=decision.version)
    session.commit()
    assert (decision.level, decision.basis) == ("five_star", Basis.DIRECT)


def test_changed_rules_stop_a_confirmation(
    session: Session, made: Round, district: District, first: Account, second: Account
) -> None:
    west = participant_of(session, made, district.west_two)
    wish = Wish("", Basis.DEVIATION, "停止活动")
    decision = propose(session, acting(first), participant=west, wish=wish)
    session.commit()
    decision.computed = "five_star"
    session.commit()
    with pytest.raises(Refusal, match="计算结果已有变化"):
        confirm(session, acting(second), participant=west, version=decision.version)


def test_higher_authority_is_recorded_with_its_document(
    session: Session, east: Participant, first: Account
) -> None:
    lower = Wish("three_star", Basis.HIGHER, "区组〔2027〕3号")
    with pytest.raises(Refusal, match="没有规定该星级由上级"):
        record_higher(session, acting(first), participant=east, wish=lower)
    top = Wish("model", Basis.HIGHER, "区组〔2027〕3号")
    decision = record_higher(session, acting(first), participant=east, wish=top)
    session.commit()
    assert (decision.level, decision.basis, decision.reason, decision.is_final) == (
        "model",
        Basis.HIGHER,
        "区组〔2027〕3号",
        True,
    )
    assert state_of(session, east) == "decided"


def test_proposed_level_is_told_to_the_other_organisers(
    session: Session, east: Participant, first: Account, second: Account, district: District
) -> None:
    make_account(session, Role.BRANCH_OFFICER, district.east_one)
    propose(session, acting(first), participant=east, wish=LOWER)
    session.commit()
    letter = session.scalars(select(Letter)).one()
    assert (letter.account_id, letter.about) == (second.id, "decision.proposed")
    assert letter.title == "东一社区党支部的星级审定提议待第二人确认"
    assert letter.link == f"/decisions/participants/{east.id}"
    assert (letter.state, LOWER.reason in letter.text) == (LetterState.SENT, False)
