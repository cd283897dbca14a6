"""A small district whose notice is over, for tests of what comes after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from district import RULES, District, make_account, make_district, make_round
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account
from evaluator.accounts.sessions import actor_of
from evaluator.applications.models import Application, ApplicationState
from evaluator.awards.awarding import award_notice
from evaluator.awards.models import Award
from evaluator.awards.ready import ready_on
from evaluator.database import now
from evaluator.decisions.models import Decision
from evaluator.notices.calendar import day_of
from evaluator.notices.models import Notice, NoticeEntry
from evaluator.rounds.models import Participant, Round

LEVELS = {"E1": "five_star", "E2": "three_star", "W1": "four_star"}
TERMS = {
    "at_least: 60, below: 75": "validity: {years: 2, re_audit: yearly}",
    "at_least: 75, below: 90": "validity: {years: 3, re_audit: at_end}",
    "at_least: 90": "validity: {years: 1, re_audit: none}",
}
MORE = """\
follow_up:
  - group: {zh: 示范引领, en: Leading}
    levels: [five_star]
    actions: [{zh: 结对帮带, en: Pairs}, {zh: 总结推广, en: Spreads}]
  - group: {zh: 整顿转化, en: Rectification}
    levels: [unrated, three_star]
    actions: [{zh: 三个月内整改, en: Mends}]
procedure:
  - {step: follow_up, from: 2027-05-06, to: 2027-12-31}
"""
S = ApplicationState


def rules() -> str:
    """Return the rules of the district with validity and follow-up groups."""
    text = RULES
    for band, term in TERMS.items():
        text = text.replace(f"{band}}}", f"{band}, {term}}}")
    return text + MORE


@dataclass
class Ended:
    """The district with a notice that is over, two organisers, and what tests do with it."""

    session: Session
    district: District
    round: Round
    notice: Notice
    organiser: Account
    second: Account
    actor: Actor
    other: Actor

    def participant(self, code: str) -> Participant:
        """Return a participant of the round by its code."""
        query = select(Participant).where(
            Participant.code == code, Participant.round_id == self.round.id
        )
        return self.session.scalars(query).one()

    def application(self, code: str) -> Application:
        """Return the application of a participant."""
        participant = self.participant(code)
        query = select(Application).where(Application.participant_id == participant.id)
        return self.session.scalars(query).one()

    def award_all(self, on: date | None = None) -> dict[str, Award]:
        """Award all that can be awarded, and return the awards by code."""
        found = award_notice(
            self.session,
            self.actor,
            notice=self.notice,
            document="临组〔2027〕8号",
            on=on or day_of(now()),
            seen=ready_on(self.session, self.notice).digest,
        )
        self.session.commit()
        return {each.participant.code: each for each in found}


def make_ended(session: Session) -> Ended:
    """Add the district; its notice ended yesterday, and the last branch was given no level."""
    district = make_district(session)
    made = make_round(session, district)
    made.rule_sets[0].stored.files = {"rules.yaml": rules()}
    today = day_of(now())
    notice = Notice(
        round=made,
        title="2026年度星级公示",
        first_day=today - timedelta(days=700),
        last_day=today - timedelta(days=600),
        published_at=now() - timedelta(days=701),
        content="{}",
        digest="0" * 64,
    )
    session.add(notice)
    for position, one in enumerate(session.scalars(select(Participant)).all()):
        level = LEVELS.get(one.code, "")
        _decided(session, one, level)
        if level:
            notice.entries.append(NoticeEntry(participant=one, position=position, level=level))
    first = make_account(session, Role.ORGANISER, district.root, "organiser")
    second = make_account(session, Role.ORGANISER, district.root, "second")
    session.commit()
    return Ended(
        session, district, made, notice, first, second, actor_of(first, ""), actor_of(second, "")
    )


def _decided(session: Session, participant: Participant, level: str) -> None:
    moment = now() - timedelta(days=702)
    state = S.ON_NOTICE if level else S.UNRATED
    session.add(
        Application(participant=participant, state=state, created_at=moment, changed_at=moment)
    )
    session.add(Decision(participant=participant, level=level, proposed_at=moment))
