"""Awarding: all of a notice at once, those left out with the reason, and what it brings about."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from awarded import Ended, make_ended
from district import make_account, make_organisation
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import NotAllowed, Role
from evaluator.accounts.sessions import actor_of
from evaluator.applications.models import ApplicationState
from evaluator.audit.models import AuditLine
from evaluator.awards.awarding import award_notice
from evaluator.awards.models import FollowUpTask
from evaluator.awards.ready import ready_on
from evaluator.awards.validity import Term, first_term, next_term
from evaluator.decisions.models import Decision
from evaluator.notices.models import Objection
from evaluator.organisations.models import Status
from evaluator.organisations.standing import Standing, snapshot_of
from evaluator.outbox.models import Letter, LetterState
from evaluator.web.errors import Refusal
from rules.syntax.levels import Validity

S = ApplicationState


@pytest.fixture
def ended(session: Session) -> Ended:
    return make_ended(session)


def kept(ended: Ended) -> dict[str, str]:
    ready = ready_on(ended.session, ended.notice)
    return {each.entry.participant.code: each.why for each in ready.kept}


def test_award_moves_everybody_and_dates_each_by_its_level(ended: Ended) -> None:
    awards = ended.award_all(date(2026, 2, 28))
    terms = {
        code: (each.level, each.valid_until, each.re_audit_due) for code, each in awards.items()
    }
    assert terms == {
        "E1": ("five_star", date(2027, 2, 27), None),
        "E2": ("three_star", date(2028, 2, 27), date(2027, 2, 27)),
        "W1": ("four_star", date(2029, 2, 27), date(2029, 2, 27)),
    }
    states = {code: ended.application(code).state for code in ("E1", "E2", "W1", "W2")}
    assert states == {"E1": S.AWARDED, "E2": S.AWARDED, "W1": S.AWARDED, "W2": S.UNRATED}


def test_next_round_freezes_the_awarded_level_and_the_years(ended: Ended) -> None:
    ended.award_all()
    frozen = {each.organisation.code: each.standing for each in snapshot_of(ended.session, 2027)}
    assert frozen["E1"] == Standing("five_star", 1, 2026)
    assert frozen["W2"] == Standing()
    same_year = {each.organisation.code: each.standing for each in snapshot_of(ended.session, 2026)}
    assert same_year["E1"] == Standing()


def test_who_cannot_be_awarded_is_named_with_the_reason(ended: Ended) -> None:
    ended.application("E1").state = S.OBJECTED
    ended.district.east_two.status = Status.MERGED
    query = select(Decision).where(Decision.participant_id == ended.participant("W1").id)
    ended.session.scalars(query).one().level = "three_star"
    ended.session.commit()
    assert kept(ended) == {
        "E1": "有异议尚未办结",
        "E2": "公示后已合并、拆分或撤销",
        "W1": "公示后已重新审定",
    }
    with pytest.raises(Refusal):
        ended.award_all()


def test_open_objection_keeps_one_and_not_the_others(ended: Ended) -> None:
    entry = ended.notice.entries[0]
    ended.session.add(
        Objection(
            entry=entry, name="王", contact="1", text="不符", code_digest="1" * 64,
            filed_at=ended.notice.published_at,
        )
    )  # fmt: skip
    ended.session.commit()
    assert list(kept(ended)) == [entry.participant.code]
    assert sorted(ended.award_all()) == ["E2", "W1"]


def test_second_awarding_finds_nobody_left(ended: Ended) -> None:
    ended.award_all()
    assert ready_on(ended.session, ended.notice).awarded == 3
    with pytest.raises(Refusal):
        ended.award_all()


def test_list_that_changed_since_it_was_seen_is_not_awarded(ended: Ended) -> None:
    with pytest.raises(Refusal, match="打开页面后"):
        award_notice(
            ended.session, ended.actor, notice=ended.notice, document="1",
            on=ended.notice.last_day + timedelta(days=1), seen="0" * 64,
        )  # fmt: skip


@pytest.mark.parametrize("days", [0, 1000])
def test_day_within_the_notice_or_to_come_is_refused(ended: Ended, days: int) -> None:
    with pytest.raises(Refusal, match="命名日期"):
        ended.award_all(ended.notice.last_day + timedelta(days=days))


def test_running_notice_is_not_awarded(ended: Ended) -> None:
    ended.notice.last_day = date(2099, 1, 1)
    ended.session.commit()
    with pytest.raises(Refusal, match="尚未结束"):
        ended.award_all()
    assert set(kept(ended).values()) == {"公示期尚未结束"}


def test_organiser_of_one_committee_awards_nobody(ended: Ended) -> None:
    account = make_account(ended.session, Role.ORGANISER, ended.district.east, "eastern")
    with pytest.raises(NotAllowed):
        award_notice(
            ended.session, actor_of(account, ""), notice=ended.notice, document="1",
            on=ended.notice.last_day, seen="",
        )  # fmt: skip


def test_letters_wait_in_the_outbox_and_name_level_and_days(ended: Ended) -> None:
    officer = make_account(ended.session, Role.BRANCH_OFFICER, ended.district.east_two)
    make_account(
        ended.session,
        Role.BRANCH_OFFICER,
        make_organisation(ended.session, "E3", "东三", ended.district.east),
    )
    ended.award_all(date(2026, 2, 28))
    letters = ended.session.scalars(select(Letter)).all()
    assert [(each.account_id, each.state, each.title) for each in letters] == [
        (officer.id, LetterState.HELD, "东二社区党支部被命名为：三星级")
    ]
    assert letters[0].text.splitlines() == [
        "文件：临组〔2027〕8号",
        "命名日期：2026年2月28日",
        "有效期至：2028年2月27日",
        "复核期限：2027年2月27日",
    ]


def test_tasks_follow_the_groups_also_for_those_without_a_level(ended: Ended) -> None:
    ended.award_all()
    tasks = ended.session.scalars(select(FollowUpTask).order_by(FollowUpTask.id)).all()
    assert [(each.participant.code, each.group_, each.text, each.due) for each in tasks] == [
        ("E1", "示范引领", "结对帮带", date(2027, 12, 31)),
        ("E1", "示范引领", "总结推广", date(2027, 12, 31)),
        ("E2", "整顿转化", "三个月内整改", date(2027, 12, 31)),
        ("W2", "整顿转化", "三个月内整改", date(2027, 12, 31)),
    ]


def test_everything_is_in_the_log(ended: Ended) -> None:
    ended.award_all()
    found = sorted(ended.session.scalars(select(AuditLine.action)))
    assert found == [
        *["application.award"] * 3,
        "award.give",
        "follow_up.make",
        *["organisation.level"] * 3,
    ]


@pytest.mark.parametrize(
    ("validity", "first", "after"),
    [
        (Validity(years=2, re_audit="yearly"),
         Term(date(2029, 4, 19), date(2028, 4, 19)), Term(date(2029, 4, 19), date(2029, 4, 19))),
        (Validity(years=3, re_audit="at_end"),
         Term(date(2030, 4, 19), date(2030, 4, 19)), Term(date(2033, 4, 19), date(2033, 4, 19))),
        (Validity(years=1, re_audit="yearly"),
         Term(date(2028, 4, 19), date(2028, 4, 19)), Term(date(2029, 4, 19), date(2029, 4, 19))),
        (Validity(years=2, re_audit="none"),
         Term(date(2029, 4, 19), None), Term(date(2029, 4, 19), None)),
        (None, Term(), Term()),
    ],
)  # fmt: skip
def test_terms_follow_the_rule_set(validity: Validity | None, first: Term, after: Term) -> None:
    assert first_term(validity, date(2027, 4, 20)) == first
    assert next_term(validity, first) == after


def test_term_from_the_last_of_february_ends_before_its_day() -> None:
    found = first_term(Validity(years=1, re_audit="at_end"), date(2028, 2, 29))
    assert found == Term(date(2029, 2, 28), date(2029, 2, 28))
