"""What becomes of an award: demotion and revocation by two people, re-audits, expiry."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from unittest.mock import patch

import pytest
from awarded import Ended, make_ended
from district import make_account, make_participant
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import Actor, NotAllowed, Role
from evaluator.accounts.sessions import actor_of
from evaluator.audit.models import AuditLine
from evaluator.awards.changing import confirm, propose, withdraw
from evaluator.awards.expiring import expire
from evaluator.awards.models import Award, AwardChange, ChangeKind, FollowUpTask
from evaluator.awards.re_audits import enter_passed
from evaluator.database import now
from evaluator.notices.calendar import ZONE
from evaluator.organisations.standing import Standing, snapshot_of
from evaluator.outbox.models import Letter, LetterState
from evaluator.rounds.models import Round, RoundRuleSet, RoundState
from evaluator.web.errors import Refusal

AWARDED = date(2026, 2, 28)
K = ChangeKind


@pytest.fixture
def ended(session: Session) -> Ended:
    return make_ended(session)


@pytest.fixture
def awards(ended: Ended) -> dict[str, Award]:
    return ended.award_all(AWARDED)


def suggest(ended: Ended, award: Award, to_level: str, reason: str = "弄虚作假") -> AwardChange:
    version = award.version
    change = propose(
        ended.session, ended.actor, award=award, to_level=to_level, reason=reason, version=version
    )
    ended.session.commit()
    return change


def agree(ended: Ended, award: Award, change: AwardChange, actor: Actor) -> None:
    confirm(ended.session, actor, award=award, change=change, version=award.version)
    ended.session.commit()


def standing(ended: Ended, code: str, year: int = 2027) -> Standing:
    frozen = snapshot_of(ended.session, year)
    return {each.organisation.code: each.standing for each in frozen}[code]


def expire_on(ended: Ended, day: date) -> int:
    moment = datetime(day.year, day.month, day.day, 0, 1, tzinfo=ZONE)
    with patch("evaluator.awards.expiring.now", return_value=moment):
        count = expire(ended.session, Actor.system())
    ended.session.commit()
    return count


def later_round(ended: Ended, year: int = 2027) -> Round:
    stored = ended.round.rule_sets[0].stored
    made = Round(year=year, title=str(year), state=RoundState.OPEN, opened_at=now())
    made.rule_sets.append(RoundRuleSet(category="community", stored=stored))
    ended.session.add(made)
    ended.session.commit()
    return made


def test_proposal_changes_nothing_until_it_is_confirmed(
    ended: Ended, awards: dict[str, Award]
) -> None:
    suggest(ended, awards["E1"], "four_star")
    assert awards["E1"].level == "five_star"
    assert standing(ended, "E1") == Standing("five_star", 1, 2026)


def test_confirmed_demotion_is_what_the_next_round_freezes(
    ended: Ended, awards: dict[str, Award]
) -> None:
    award = awards["E1"]
    agree(ended, award, suggest(ended, award, "three_star"), ended.other)
    assert (award.level, award.first_level) == ("three_star", "five_star")
    assert standing(ended, "E1") == Standing("three_star", 1, 2026)


def test_revocation_after_another_round_was_opened_counts_for_the_one_after(
    ended: Ended, awards: dict[str, Award]
) -> None:
    later_round(ended, 2027)
    award = awards["E1"]
    agree(ended, award, suggest(ended, award, ""), ended.other)
    assert standing(ended, "E1", 2027) == Standing("five_star", 1, 2026)
    assert standing(ended, "E1", 2028) == Standing()


def test_proposer_does_not_confirm(ended: Ended, awards: dict[str, Award]) -> None:
    change = suggest(ended, awards["E1"], "")
    with pytest.raises(Refusal, match="本人提议"):
        agree(ended, awards["E1"], change, ended.actor)


def test_database_refuses_one_person_as_both(ended: Ended, awards: dict[str, Award]) -> None:
    change = suggest(ended, awards["E1"], "")
    change.confirmed_by = change.proposed_by
    with pytest.raises(IntegrityError):
        ended.session.flush()
    ended.session.rollback()


def test_proposal_without_a_reason_is_refused(ended: Ended, awards: dict[str, Award]) -> None:
    with pytest.raises(Refusal):
        suggest(ended, awards["E1"], "", " ")


@pytest.mark.parametrize("level", ["five_star", "four_star", "nothing"])
def test_level_that_is_not_lower_is_refused(
    ended: Ended, awards: dict[str, Award], level: str
) -> None:
    with pytest.raises(NotAllowed):
        suggest(ended, awards["W1"], level)


def test_second_proposal_waits_for_the_first(ended: Ended, awards: dict[str, Award]) -> None:
    suggest(ended, awards["E1"], "")
    with pytest.raises(Refusal, match="已有待确认"):
        suggest(ended, awards["E1"], "four_star")


def test_who_read_an_older_version_is_refused(ended: Ended, awards: dict[str, Award]) -> None:
    award = awards["E1"]
    read = award.version
    change = suggest(ended, award, "")
    with pytest.raises(StaleDataError):
        confirm(ended.session, ended.other, award=award, change=change, version=read)


def test_withdrawn_proposal_stays_and_holds_no_more(ended: Ended, awards: dict[str, Award]) -> None:
    award = awards["E1"]
    change = suggest(ended, award, "")
    withdraw(
        ended.session, ended.other, award=award, change=change, reason="查无实据",
        version=award.version,
    )  # fmt: skip
    ended.session.commit()
    with pytest.raises(Refusal, match="已确认或已撤回"):
        agree(ended, award, change, ended.other)
    assert suggest(ended, award, "four_star").kind is K.DEMOTION


def test_revoked_branch_hears_of_it_and_gets_the_tasks_of_its_new_group(
    ended: Ended, awards: dict[str, Award]
) -> None:
    officer = make_account(ended.session, Role.BRANCH_OFFICER, ended.district.west_one)
    award = awards["W1"]
    agree(ended, award, suggest(ended, award, ""), ended.other)
    letter = ended.session.scalars(select(Letter).where(Letter.about == "award.changed")).one()
    assert (letter.account_id, letter.title) == (officer.id, "西一社区党支部已被摘星")
    assert letter.text == "理由：弄虚作假"
    query = select(FollowUpTask.text).where(FollowUpTask.participant_id == award.participant_id)
    assert list(ended.session.scalars(query)) == ["三个月内整改"]


def test_award_followed_by_a_later_one_is_not_taken_away(
    ended: Ended, awards: dict[str, Award]
) -> None:
    award_later(ended, "four_star")
    with pytest.raises(Refusal, match="以最近一次命名为准"):
        suggest(ended, awards["E1"], "")


def award_later(ended: Ended, level: str) -> None:
    one = make_participant(later_round(ended), ended.district.east_one)
    day = AWARDED + timedelta(days=365)
    ended.session.add(
        Award(participant=one, first_level=level, level=level, awarded_on=day, at=now())
    )
    ended.session.commit()


def test_level_ends_after_its_last_day_and_only_once(
    ended: Ended, awards: dict[str, Award]
) -> None:
    assert expire_on(ended, date(2027, 2, 27)) == 0
    assert expire_on(ended, date(2027, 2, 28)) == 1
    assert expire_on(ended, date(2027, 2, 28)) == 0
    assert [(each.kind, each.from_level) for each in awards["E1"].changes] == [
        (K.EXPIRY, "five_star")
    ]
    assert (awards["E1"].level, awards["E2"].level) == ("", "three_star")
    assert standing(ended, "E1") == Standing()
    actions = list(ended.session.scalars(select(AuditLine.action)))
    assert actions.count("award.expire") == 1


def test_expiry_takes_back_what_was_proposed(ended: Ended, awards: dict[str, Award]) -> None:
    change = suggest(ended, awards["E1"], "four_star")
    expire_on(ended, date(2027, 3, 1))
    assert change.withdrawn_at is not None
    with pytest.raises(Refusal):
        agree(ended, awards["E1"], change, ended.other)


def test_expiry_of_an_older_award_leaves_the_later_level(
    ended: Ended, awards: dict[str, Award]
) -> None:
    award_later(ended, "four_star")
    expire_on(ended, date(2027, 3, 1))
    assert awards["E1"].level == ""
    assert standing(ended, "E1", 2028).level == "five_star"


def passed(ended: Ended, award: Award, day: date) -> None:
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=ZONE)
    with patch("evaluator.awards.re_audits.now", return_value=moment):
        enter_passed(
            ended.session, ended.actor, award=award, findings="保持良好", version=award.version
        )
    ended.session.commit()


def test_passed_re_audits_lead_to_the_end_and_then_to_a_new_term(
    ended: Ended, awards: dict[str, Award]
) -> None:
    award = awards["E2"]
    passed(ended, award, date(2027, 1, 10))
    assert (award.re_audit_due, award.valid_until) == (date(2028, 2, 27), date(2028, 2, 27))
    passed(ended, award, date(2028, 1, 10))
    assert (award.re_audit_due, award.valid_until) == (date(2029, 2, 27), date(2030, 2, 27))
    assert [each.kind for each in award.changes] == [K.RE_AUDIT_PASSED] * 2


def test_re_audit_long_before_its_day_is_refused(ended: Ended, awards: dict[str, Award]) -> None:
    with pytest.raises(Refusal, match="2026年8月31日"):
        passed(ended, awards["E2"], date(2026, 8, 30))


def test_level_without_re_audit_is_not_renewed(ended: Ended, awards: dict[str, Award]) -> None:
    with pytest.raises(Refusal, match="未要求复核"):
        passed(ended, awards["E1"], date(2027, 1, 1))


def test_committee_reviewer_changes_nothing(ended: Ended, awards: dict[str, Award]) -> None:
    account = make_account(ended.session, Role.COMMITTEE_REVIEWER, ended.district.east)
    award = awards["E1"]
    with pytest.raises(NotAllowed):
        propose(
            ended.session, actor_of(account, ""), award=award, to_level="", reason="x",
            version=award.version,
        )  # fmt: skip


def test_proposal_is_told_to_the_other_organisers_without_its_reason(
    ended: Ended, awards: dict[str, Award]
) -> None:
    make_account(ended.session, Role.BRANCH_OFFICER, ended.district.east_one)
    make_account(ended.session, Role.SUPERVISOR, ended.district.root)
    suggest(ended, awards["E1"], "")
    query = select(Letter).where(Letter.about == "award.proposed")
    letter = ended.session.scalars(query).one()
    assert letter.account_id == ended.second.id
    assert letter.title == "东一社区党支部的降星或摘星提议待第二人确认"
    assert letter.link == f"/awards/{awards['E1'].id}"
    assert letter.state is LetterState.SENT
    assert "弄虚作假" not in letter.title + letter.text
