"""A notice is drawn up from decisions, frozen when it is published, and corrected in the open."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from decided import Decided, at, make_decided
from district import make_account
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import NotAllowed, Role
from evaluator.accounts.sessions import actor_of
from evaluator.applications.models import ApplicationState
from evaluator.audit.models import AuditLine
from evaluator.decisions.models import Decision
from evaluator.notices.content import content_in, digest_of
from evaluator.notices.preparing import discard, edit, prepare
from evaluator.notices.publishing import Changes, close, correct, publish
from evaluator.notices.queries import find_published, is_over, said
from evaluator.web.errors import Refusal

FRIDAY = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)


@pytest.fixture
def decided(session: Session) -> Decided:
    return make_decided(session)


def test_draft_holds_everybody_with_a_level(decided: Decided) -> None:
    notice = decided.draft()
    found = [(each.participant.code, each.level) for each in notice.entries]
    assert found == [("E1", "five_star"), ("E2", "three_star"), ("W1", "four_star")]
    assert decided.state("E1") is ApplicationState.DECIDED


def test_name_stands_in_one_draft_only(decided: Decided) -> None:
    decided.draft()
    with pytest.raises(Refusal):
        decided.draft()


def test_published_notice_is_frozen_and_moves_the_applications(decided: Decided) -> None:
    with at(FRIDAY):
        notice = decided.published()
    assert (notice.first_day.isoformat(), notice.last_day.isoformat()) == (
        "2026-11-23",
        "2026-11-27",
    )
    assert notice.digest == digest_of(notice.content)
    assert [decided.state(code) for code in ("E1", "E2", "W1", "W2")] == [
        ApplicationState.ON_NOTICE,
        ApplicationState.ON_NOTICE,
        ApplicationState.ON_NOTICE,
        ApplicationState.DECIDED,
    ]
    content = content_in(notice.content)
    levels = [
        (level.en, [each.name for each in names])
        for _, groups in content.grouped()
        for level, names in groups
    ]
    assert levels == [
        ("Five-star", ["东一社区党支部"]),
        ("Four-star", ["西一社区党支部"]),
        ("Three-star", ["东二社区党支部"]),
    ]
    decided.participant("E1").name = "改名的党支部"
    assert "改名" not in said(notice).name(notice.entries[0].id).name  # type: ignore[union-attr]


def test_no_points_stand_on_a_notice(decided: Decided) -> None:
    for decision in decided.session.scalars(select(Decision)):
        decision.total = 912_345
    notice = decided.published()
    assert "912" not in notice.content
    assert "91.2" not in notice.content


def test_notice_with_fewer_days_than_the_rule_sets_ask_is_refused(decided: Decided) -> None:
    with pytest.raises(Refusal) as refused:
        decided.draft(working_days=4)
    assert "5" in refused.value.words


def test_notice_is_not_published_where_a_name_was_decided_anew(decided: Decided) -> None:
    notice = decided.draft()
    query = select(Decision).where(Decision.participant_id == decided.participant("E2").id)
    decided.session.scalars(query).one().level = "four_star"
    decided.session.flush()
    with pytest.raises(Refusal) as refused:
        publish(decided.session, decided.actor, notice=notice, version=notice.version)
    assert "东二社区党支部" in refused.value.words
    edit(decided.session, decided.actor, notice=notice, plan=decided.plan(), version=notice.version)
    publish(decided.session, decided.actor, notice=notice, version=notice.version)
    assert decided.entry(notice, "E2").level == "four_star"


def test_stale_draft_is_not_published(decided: Decided) -> None:
    notice = decided.draft()
    with pytest.raises(StaleDataError):
        publish(decided.session, decided.actor, notice=notice, version=notice.version - 1)


def test_published_notice_is_neither_edited_nor_thrown_away(decided: Decided) -> None:
    notice = decided.published()
    with pytest.raises(Refusal):
        edit(
            decided.session,
            decided.actor,
            notice=notice,
            plan=decided.plan(),
            version=notice.version,
        )
    with pytest.raises(Refusal):
        discard(decided.session, decided.actor, notice=notice)
    with pytest.raises(Refusal):
        publish(decided.session, decided.actor, notice=notice, version=notice.version)


def test_organiser_of_one_committee_prepares_no_notice(decided: Decided) -> None:
    account = make_account(decided.session, Role.ORGANISER, decided.district.east, "of_east")
    with pytest.raises(NotAllowed):
        prepare(decided.session, actor_of(account, ""), made=decided.round, plan=decided.plan())


def test_correction_stands_beside_what_was_published(decided: Decided) -> None:
    with at(FRIDAY):
        notice = decided.published()
        before = (notice.content, notice.digest)
        entry = decided.entry(notice, "W1")
        changes = Changes("名称误写，予以更正。", entry.id, "西一社区党总支", "", 2)
        version = notice.version
        correct(decided.session, decided.actor, notice=notice, changes=changes, version=version)
        with pytest.raises(StaleDataError):
            correct(decided.session, decided.actor, notice=notice, changes=changes, version=version)
    assert (notice.content, notice.digest) == before
    assert said(notice).name(entry.id).name == "西一社区党总支"  # type: ignore[union-attr]
    assert notice.last_day.isoformat() == "2026-12-01"
    assert notice.corrections[0].digest == digest_of(notice.corrections[0].content)
    assert content_in(before[0]).name(entry.id).name == "西一社区党支部"  # type: ignore[union-attr]


def test_correction_that_changes_nothing_is_refused(decided: Decided) -> None:
    notice = decided.published()
    with pytest.raises(Refusal):
        correct(
            decided.session,
            decided.actor,
            notice=notice,
            changes=Changes("无"),
            version=notice.version,
        )


def test_notice_is_over_at_midnight_after_its_last_day(decided: Decided) -> None:
    with at(FRIDAY):
        notice = decided.published()
    participant, unrated = decided.participant("E1"), decided.participant("W2")
    for moment, expected in (
        (datetime(2026, 11, 27, 15, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 27, 16, 0, tzinfo=UTC), True),
    ):
        with at(moment):
            assert is_over(decided.session, participant) is expected
            assert is_over(decided.session, unrated) is False
            if not expected:
                with pytest.raises(Refusal):
                    close(decided.session, decided.actor, notice=notice)
    with at(datetime(2026, 11, 27, 16, 0, tzinfo=UTC)):
        close(decided.session, decided.actor, notice=notice)
        assert notice.closed_at is not None
        assert is_over(decided.session, participant)


def test_draft_does_not_exist_for_the_public(decided: Decided) -> None:
    notice = decided.draft()
    with pytest.raises(NotAllowed):
        find_published(decided.session, notice.id)


def test_log_tells_each_act(decided: Decided) -> None:
    decided.published()
    query = select(AuditLine.action).where(AuditLine.subject == "notice")
    assert decided.session.scalars(query.order_by(AuditLine.number)).all() == [
        "notice.prepare",
        "notice.publish",
    ]
