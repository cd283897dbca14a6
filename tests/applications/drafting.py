"""A round whose rule set has every kind of fact, and what a branch may fill in of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from district import District, make_account, make_district, make_participant, make_rule_set
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account
from evaluator.accounts.sessions import actor_of
from evaluator.applications.draft import Draft
from evaluator.applications.editing import Editing
from evaluator.applications.models import Application, ApplicationState
from evaluator.applications.operations import save_answers
from evaluator.applications.page import Page
from evaluator.applications.queries import application_of
from evaluator.applications.ready import Ready, ready_for
from evaluator.applications.typed import Typed
from evaluator.database import now
from evaluator.records.models import KnownFact
from evaluator.rounds.models import Participant, Round, RoundRuleSet, RoundState, RoundStep

RULES = """\
rule_set: community
category: community
category_title: {zh: 街道社区, en: Communities}
version: "1"
title: {zh: 社区评定规则, en: Rating of communities}
period: {from: YEAR-01-01, to: YEAR-12-31}
scale: {total: 60}
organisations: {part_year: in_full, merged: mean}
facts:
  meetings: {label: {zh: 党员大会次数, en: Meetings}, type: integer, max: 60,
    unit: {zh: 次, en: time}, source: {record: meetings}}
  visits: {label: {zh: 走访次数, en: Visits}, type: integer, max: 100,
    help: {zh: 按户计, en: by household}}
  brand: {label: {zh: 有党建品牌, en: Has a brand}, type: boolean}
  lectures: {label: {zh: 党课, en: Lectures}, type: events, max: 20, fields: {
    topic: {label: {zh: 主题, en: Topic}, type: text},
    rank: {label: {zh: 层级, en: Rank}, type: choice,
      options: {high: {zh: 高, en: High}, low: 低}}}}
  members: {label: {zh: 党员人数, en: Members}, type: integer, min: 1, max: 999,
    source: {organisation: members}}
  attitude: {label: {zh: 材料质量, en: Quality}, type: integer, max: 10,
    source: review, reason: required}
  satisfied: {label: {zh: 满意率, en: Satisfied}, type: ratio, source: appraisal}
  clean: {label: {zh: 无违纪, en: Clean}, type: boolean}
measures:
  place: {label: {zh: 名次, en: Place},
    rank: {of: visits, among: category, best: highest, ties: best_rank}}
dimensions:
  - id: life
    title: {zh: 组织生活, en: Life}
    points: 20
    indicators:
      - id: meetings
        title: {zh: 党员大会, en: Meetings}
        points: 10
        floor: 0
        rule: {deduct: [{each: 4 - meetings, points: 2, because: {zh: 少一次, en: one short}}]}
      - id: lectures
        title: {zh: 党课, en: Lectures}
        points: 10
        rule: {award: [{per_event: {of: lectures, by: rank}, points: {high: 3, low: 1}}]}
        evidence: [{title: {zh: 照片, en: Photos}}]
  - id: service
    title: {zh: 服务群众, en: Service}
    points: 40
    indicators:
      - {id: visits, title: {zh: 走访, en: Visits}, points: 10,
         rule: {formula: 'min(visits / members * 10, 10)'}}
      - {id: much, title: {zh: 多走访, en: Many visits}, points: 5,
         rule: {award: [{when: visits >= 50, points: 5, because: {zh: 五十次, en: fifty}}]}}
      - {id: place, title: {zh: 排名, en: Place}, points: 5, rule: {formula: 'max(6 - place, 0)'}}
      - {id: brand, title: {zh: 党建品牌, en: Brand}, points: 10,
         rule: {award: [{when: brand, points: 10, because: {zh: 有品牌, en: has one}}]}}
      - {id: attitude, title: {zh: 材料质量, en: Quality}, points: 5,
         rule: {formula: 'min(attitude, 5)'}}
      - {id: satisfied, title: {zh: 满意率, en: Satisfied}, points: 5,
         rule: {formula: satisfied * 5}}
vetoes:
  - {id: dirty, title: {zh: 违纪, en: Breach}, when: not clean, effect: no_level}
levels:
  measured_on: {rounded: 2}
  promotion: any
  from_low_to_high:
    - {id: three_star, title: {zh: 三星级, en: Three-star}, stars: 3, at_least: 20, below: 40}
    - {id: four_star, title: {zh: 四星级, en: Four-star}, stars: 4, at_least: 40}
procedure:
  - {step: self_assessment, self_claimed_level: true}
"""
COMPLETE: Mapping[str, Any] = {
    "visits": "10",
    "brand": "true",
    "lectures": [{"date": "2026-03-01", "topic": "学习", "rank": "high"}],
    "clean": "true",
}


@dataclass
class Case:
    """A branch in a round, with an officer; `meetings` is known from records."""

    session: Session
    district: District
    round: Round
    participant: Participant
    officer: Account
    ready: Ready

    @property
    def actor(self) -> Actor:
        """Return the officer as acting."""
        return actor_of(self.officer, "127.0.0.1")

    @property
    def application(self) -> Application:
        """Return the application as it is stored."""
        self.session.expire_all()
        found = application_of(self.session, self.participant)
        assert found is not None
        return found

    def draft(self) -> Draft:
        """Return the draft as it is stored."""
        self.session.expire_all()
        application = application_of(self.session, self.participant)
        return Draft.of(self.session, self.participant, application, self.ready)

    def page(self, part: str) -> Page:
        """Return the page of a part."""
        draft = self.draft()
        return Page(draft, draft.part(part), "zh")

    def mark(self, name: str) -> str:
        """Return the mark of a field as a page shows it now."""
        return self.page("life").mark(name)

    def save(self, actor: Actor | None = None, **typed: Any) -> Editing:
        """Save what was typed into fields as they are shown now."""
        given = {
            name: each if isinstance(each, Typed) else Typed(each, was=self.mark(name))
            for name, each in typed.items()
        }
        editing = save_answers(
            self.session,
            actor or self.actor,
            participant=self.participant,
            ready=self.ready,
            typed=given,
        )
        self.session.commit()
        return editing

    def set_state(self, state: ApplicationState) -> None:
        """Put the application into a state."""
        application = application_of(self.session, self.participant)
        if application is None:
            moment = now()
            application = Application(
                participant=self.participant, created_at=moment, changed_at=moment
            )
            self.session.add(application)
        application.state = state
        self.session.commit()

    def close(self, *steps: str) -> None:
        """End steps of the round an hour ago."""
        for each in self.round.steps:
            if each.step in steps:
                each.closes_at = now() - timedelta(hours=1)
        self.session.commit()

    def address(self, rest: str = "") -> str:
        """Return an address below that of the application."""
        return f"/applications/{self.participant.id}{rest}"

    def form(self, client: FlaskClient, part: str) -> dict[str, str]:
        """Return the fields of a page as a browser would send them back."""
        from html.parser import HTMLParser

        found: dict[str, str] = {}

        class Reader(HTMLParser):
            chosen = ""

            def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
                given = dict(attrs)
                name, kind = given.get("name") or "", given.get("type") or "text"
                sent = kind not in ("radio", "checkbox") or "checked" in given
                if tag == "input" and name[:2] in ("f-", "r-", "w-", "pa") and sent:
                    found[name] = given.get("value") or ""
                if tag == "select":
                    self.chosen = name
                    found[name] = ""
                if tag == "option" and "selected" in given:
                    found[self.chosen] = given.get("value") or ""

        Reader().feed(client.get(self.address(f"?part={part}")).get_data(as_text=True))
        return found


def make_case(session: Session, year: int = 2026, district: District | None = None) -> Case:
    """Add a round of a year, with the first eastern branch as the one that applies."""
    district = district or make_district(session)
    stored = make_rule_set(session, RULES.replace("YEAR", str(year)))
    moment = now()
    made = Round(year=year, title=f"{year}年度", state=RoundState.OPEN, opened_at=moment)
    made.rule_sets.append(RoundRuleSet(category="community", stored=stored))
    for position, step in enumerate(("self_assessment", "committee_review")):
        opens, closes = moment - timedelta(days=1), moment + timedelta(days=9)
        made.steps.append(RoundStep(step=step, position=position, opens_at=opens, closes_at=closes))
    session.add(made)
    for branch in (district.east_one, district.east_two, district.west_one):
        session.add(make_participant(made, branch))
    session.add(_record(district, year))
    session.commit()
    participant = session.scalars(
        select(Participant).where(
            Participant.round_id == made.id, Participant.organisation_id == district.east_one.id
        )
    ).one()
    name = f"officer_{year}"
    officer = make_account(session, Role.BRANCH_OFFICER, district.east_one, name)
    return Case(session, district, made, participant, officer, ready_for(session, participant))


def _record(district: District, year: int) -> KnownFact:
    return KnownFact(
        organisation_id=district.east_one.id,
        year=year,
        fact="meetings",
        value="3",
        source="record: meetings",
        as_of=date(year, 11, 30),
        brought_at=now(),
        account_id=None,
    )
