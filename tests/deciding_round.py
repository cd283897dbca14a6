"""A round of four branches that is decided: its rules, its points, and who decides."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from district import RULES, District, make_participant, make_rule_set
from sqlalchemy import select
from sqlalchemy.orm import Session
from xlsxwriter import Workbook

from evaluator.access import Actor, Grant, Role
from evaluator.accounts.models import Account
from evaluator.applications.models import Application, ApplicationState
from evaluator.database import now
from evaluator.organisations.models import Organisation
from evaluator.records.models import KnownFact
from evaluator.rounds.models import Participant, Round, RoundRuleSet, RoundState, RoundStep

FACTS = """\
  honoured:
    label: {zh: 获区级表彰, en: Honoured by the district}
    type: boolean
    source: {office: organisation_department}
  violations:
    label: {zh: 联审发现的问题, en: Findings of the joint check}
    type: events
    max: 50
    source: {office: joint_check}
    fields:
      kind:
        label: {zh: 类别, en: Kind}
        type: choice
        options:
          light: {zh: 一般, en: Light}
          grave: {zh: 严重, en: Grave}
      matter: {label: {zh: 摘要, en: Summary}, type: text}
measures:
  grave_ones:
    label: {zh: 严重问题数, en: Grave findings}
    count: {events: violations, within: 2 years, until: any_time, where: kind == "grave"}
dimensions:
"""
VETOES = """\
vetoes:
  - id: grave
    title: {zh: 严重违纪, en: Grave breach}
    when: grave_ones > 0
    effect: no_level
  - id: nobody_knows
    title: {zh: 品牌造假, en: False brand}
    when: brand and services > 90
    effect: lowest_level
quotas:
  - {id: five, level: five_star, kind: at_most, number: 1, ties: exclude, tie_break: [meetings]}
  - {id: fours, level: four_star, kind: at_most, number: 1, among: committee, ties: exclude}
levels:
"""
TOP = """\
    - id: five_star
      title: {zh: 五星级, en: Five-star}
      stars: 5
      at_least: 90
      below: 99
      direct: [{when: honoured, because: {zh: 获区级表彰, en: honoured}}]
    - id: model
      title: {zh: 标兵, en: Model}
      at_least: 99
      decided_by: {zh: 区委组织部, en: The district department}
"""
DECIDED_RULES = (
    RULES.replace("dimensions:\n", FACTS, 1)
    .replace("levels:\n", VETOES, 1)
    .replace(
        "    - {id: five_star, title: {zh: 五星级, en: Five-star}, stars: 5, at_least: 90}\n", TOP
    )
)
PLAIN: dict[str, Any] = {
    "meetings": "4",
    "brand": "true",
    "satisfied": "100%",
    "honoured": "false",
    "violations": [],
}


def make_decided_round(session: Session, district: District, **points: str) -> Round:
    """Add a round at its decision, each branch reviewed; points as services, quality, meetings."""
    moment = now()
    made = Round(year=2026, title="2026年度评定", state=RoundState.OPEN, opened_at=moment)
    made.rule_sets.append(
        RoundRuleSet(category="community", stored=make_rule_set(session, DECIDED_RULES))
    )
    made.steps.append(
        RoundStep(
            step="decision",
            position=0,
            opens_at=moment.replace(year=moment.year - 1),
            closes_at=moment.replace(year=moment.year + 1),
        )
    )
    session.add(made)
    for name in ("east_one", "east_two", "west_one", "west_two"):
        branch = getattr(district, name)
        participant = make_participant(made, branch)
        session.add(participant)
        services, quality, meetings = points.get(name, "5 10 4").split()
        facts = {**PLAIN, "meetings": meetings}
        known(session, branch, services=services, attitude=judged(quality), **facts)
        session.add(reviewed(participant))
    session.commit()
    return made


def judged(points: str) -> dict[str, str]:
    """Return what a reviewer gives, with the reason that it needs."""
    return {"value": points, "reason": "已核"}


def reviewed(participant: Participant) -> Application:
    """Return an application that has been reviewed."""
    moment = now()
    return Application(
        participant=participant,
        state=ApplicationState.REVIEWED,
        created_at=moment,
        changed_at=moment,
        submitted_at=moment,
    )


def known(session: Session, branch: Organisation, **facts: Any) -> None:
    """Let facts of a branch be known."""
    for name, value in facts.items():
        fact = KnownFact(
            organisation_id=branch.id, year=2026, fact=name, value=value, source="imported",
            as_of=date(2026, 12, 31), brought_at=now(),
        )  # fmt: skip
        session.add(fact)
    session.commit()


def participant_of(session: Session, made: Round, branch: Organisation) -> Participant:
    """Return a branch in a round."""
    query = select(Participant).where(
        Participant.round_id == made.id, Participant.organisation_id == branch.id
    )
    return session.scalars(query).one()


def state_of(session: Session, participant: Participant) -> str:
    """Return where an application stands, as the database has it."""
    query = select(Application.state).where(Application.participant_id == participant.id)
    return session.scalars(query).one().value


def acting(account: Account, path: str = "/") -> Actor:
    """Return an organiser who acts over the whole district."""
    return Actor(account.id, account.name, (Grant(Role.ORGANISER, path),))


def workbook(*rows: tuple[str, ...]) -> bytes:
    """Return a list of a department."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        titles = ("党组织编号或名称", "否决事项", "发现日期", "涉及人员", "具体情况")
        for number, row in enumerate((titles, *rows)):
            sheet.write_row(number, 0, row)
    return content.getvalue()
