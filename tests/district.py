"""A small district to test on: two committees with two branches each, and people at each place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account, RoleGrant
from evaluator.database import now
from evaluator.organisations.models import Kind, Organisation, Tier
from evaluator.rounds.models import Participant, Round, RoundRuleSet, RoundState, RoundStep
from evaluator.rule_sets.models import RuleSetState, StoredRuleSet
from evaluator.rule_sets.reading import read_files
from rules.canonical import digest

RULES = """\
rule_set: community
category: community
category_title: {zh: 街道社区, en: Communities}
version: "1"
title: {zh: 社区评定规则, en: Rating of communities}
period: {from: 2026-01-01, to: 2026-12-31}
scale: {total: 100}
organisations: {part_year: in_full, merged: mean}
facts:
  meetings:
    label: {zh: 支部党员大会次数, en: Members' meetings}
    type: integer
    max: 60
    unit: 次
    source: {record: members_meetings}
  services:
    label: {zh: 志愿服务次数, en: Volunteer services}
    type: integer
    max: 100
    unit: 次
  brand:
    label: {zh: 有党建品牌, en: Has a brand}
    type: boolean
  attitude:
    label: {zh: 材料质量, en: Quality of the file}
    type: integer
    max: 20
    source: review
    reason: required
  satisfied:
    label: {zh: 满意率, en: Satisfied}
    type: ratio
    source: appraisal
dimensions:
  - id: life
    title: {zh: 组织生活, en: Organisational life}
    points: 40
    indicators:
      - id: meetings
        title: {zh: 党员大会, en: Members' meetings}
        points: 40
        floor: 0
        rule:
          deduct:
            - {each: 4 - meetings, points: 10, because: {zh: 少于每季度一次, en: too few}}
  - id: service
    title: {zh: 服务群众, en: Service}
    points: 60
    indicators:
      - id: services
        title: {zh: 志愿服务, en: Volunteer services}
        points: 20
        evidence: [{title: {zh: 活动照片, en: Photos}}]
        rule:
          formula: min(services * 2, 20)
      - id: brand
        title: {zh: 党建品牌, en: Brand}
        points: 10
        rule:
          award:
            - {when: brand, points: 10, because: {zh: 有党建品牌, en: has a brand}}
      - id: attitude
        title: {zh: 材料质量, en: Quality of the file}
        points: 20
        rule: {formula: attitude}
      - id: satisfied
        title: {zh: 满意率, en: Satisfied}
        points: 10
        rule: {formula: satisfied * 10}
levels:
  measured_on: {rounded: 2}
  promotion: any
  from_low_to_high:
    - {id: three_star, title: {zh: 三星级, en: Three-star}, stars: 3, at_least: 60, below: 75}
    - {id: four_star, title: {zh: 四星级, en: Four-star}, stars: 4, at_least: 75, below: 90}
    - {id: five_star, title: {zh: 五星级, en: Five-star}, stars: 5, at_least: 90}
"""
STEPS = ("self_assessment", "appraisal", "committee_review", "site_check")


@dataclass
class District:
    """The organisations of the small district, by short names such as `east` and `east_one`."""

    root: Organisation
    east: Organisation
    west: Organisation
    east_one: Organisation
    east_two: Organisation
    west_one: Organisation
    west_two: Organisation
    people: dict[str, Account] = field(default_factory=dict)


def make_district(session: Session) -> District:
    """Add the district of the tests and return it."""
    root = make_organisation(session, "D", "临江新区", None)
    east = make_organisation(session, "E", "东片党工委", root)
    west = make_organisation(session, "W", "西片党工委", root)
    branches = [
        make_organisation(session, code, name, parent)
        for code, name, parent in (
            ("E1", "东一社区党支部", east),
            ("E2", "东二社区党支部", east),
            ("W1", "西一社区党支部", west),
            ("W2", "西二社区党支部", west),
        )
    ]
    return District(root, east, west, *branches)


def make_organisation(
    session: Session, code: str, name: str, parent: Organisation | None, **more: Any
) -> Organisation:
    """Add an organisation below another; a branch of the community category at the third tier."""
    depth = 0 if parent is None else parent.path.count("/") - 1
    tier = (Tier.DISTRICT, Tier.COMMITTEE, Tier.BRANCH)[depth]
    given: dict[str, Any] = {
        "category": "community" if tier is Tier.BRANCH else None,
        "kind": Kind.BRANCH if tier is Tier.BRANCH else Kind.WORKING_COMMITTEE,
        "members": 20,
        "founded": date(2015, 7, 1),
        **more,
    }
    organisation = Organisation(
        code=code,
        name=name,
        sort_key=code.lower(),
        tier=tier,
        parent_id=parent.id if parent else None,
        **given,
    )
    session.add(organisation)
    session.flush()
    organisation.path = f"{parent.path if parent else '/'}{organisation.id}/"
    session.commit()
    return organisation


def make_account(
    session: Session, role: Role, organisation: Organisation, login_name: str = ""
) -> Account:
    """Add an account with one role at one place."""
    name = login_name or f"{role.value}_{organisation.code}".lower()
    account = Account(login_name=name, name=f"人员{name}", created_at=now())
    account.grants.append(RoleGrant(role=role.value, organisation=organisation))
    session.add(account)
    session.commit()
    return account


def make_rule_set(session: Session, text: str = RULES) -> StoredRuleSet:
    """Add a published rule set."""
    rule_set = read_files("rules.yaml", {"rules.yaml": text})
    stored = StoredRuleSet(
        rule_set=rule_set.rule_set,
        category=rule_set.category,
        release=rule_set.version,
        title=rule_set.title.zh,
        main="rules.yaml",
        files={"rules.yaml": text},
        state=RuleSetState.PUBLISHED,
        digest=digest(rule_set),
        changed_at=now(),
        published_at=now(),
    )
    session.add(stored)
    session.commit()
    return stored


def make_round(session: Session, district: District, year: int = 2026) -> Round:
    """Add an open round with every branch of the district in it; all its steps run now."""
    stored = make_rule_set(session)
    moment = now()
    made = Round(year=year, title=f"{year}年度星级评定", state=RoundState.OPEN, opened_at=moment)
    made.rule_sets.append(RoundRuleSet(category="community", stored=stored))
    for position, step in enumerate(STEPS):
        opens, closes = moment - timedelta(days=1), moment + timedelta(days=9)
        made.steps.append(RoundStep(step=step, position=position, opens_at=opens, closes_at=closes))
    session.add(made)
    for branch in (district.east_one, district.east_two, district.west_one, district.west_two):
        session.add(make_participant(made, branch))
    session.commit()
    return made


def make_participant(made: Round, branch: Organisation) -> Participant:
    """Return a branch as it stands frozen in a round."""
    assert branch.parent is not None
    assert branch.category is not None
    return Participant(
        round=made,
        organisation_id=branch.id,
        path=branch.path,
        code=branch.code,
        name=branch.name,
        sort_key=branch.sort_key,
        kind=branch.kind,
        category=branch.category,
        committee_id=branch.parent.id,
        committee=branch.parent.name,
        members=branch.members,
        founded=branch.founded,
        secretary=branch.secretary,
        attributes=branch.attributes,
    )
