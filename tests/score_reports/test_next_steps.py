"""A step of a plan says from where and to where, for each kind of rule."""

from __future__ import annotations

import pytest
from district import District
from reported import REPORTED_RULES, make_reported_round, participant_of, review
from sqlalchemy.orm import Session

from evaluator.applications.ready import ready_for
from evaluator.reviews.facts import statements
from evaluator.score_reports.standing import standing_of
from evaluator.score_reports.steps import step_of
from rules.lowering import indicators_of

FORMULA = "          formula: min(services * 2, 20)\n"
FLOOR = "        floor: 0\n"
BECAUSE = "because: {zh: 常态服务, en: steady}"


@pytest.mark.parametrize(
    ("rule", "how"),
    [
        (
            f"deduct: [{{each: 10 - services, points: 2, {BECAUSE}}}]",
            "消除：常态服务（志愿服务次数：8次），扣4分",
        ),
        (
            f"adjust: [{{when: services >= 10, points: 4, {BECAUSE}}}, "
            "{when: services >= 12, points: -2}]",
            "争取：常态服务（志愿服务次数：8次）",
        ),
        (
            "proportional: {measure: services, full_at: 10}",
            "达到10次得满分（目前志愿服务次数：8次）",
        ),
        (
            "ladder: {measure: services, rungs: [{at_least: 10, points: 20}, "
            "{at_least: 5, points: 10}], otherwise: 0}",
            "达到：志愿服务次数不少于10次（目前志愿服务次数：8次）",
        ),
        ("formula: min(services * 2, 20)", "提高：志愿服务（目前志愿服务次数：8次）"),
    ],
)
def test_step_has_the_value_that_the_branch_has_now(
    session: Session, district: District, rule: str, how: str
) -> None:
    text = REPORTED_RULES.replace(FORMULA, f"{FLOOR}          {rule}\n").replace(
        f"        rule:\n{FLOOR}", f"{FLOOR}        rule:\n"
    )
    made = make_reported_round(session, district, rules=text)
    review(session, made, district.east_one, services="8")
    who = participant_of(session, made, district.east_one)
    said, ready = statements(session, [who])[who.id], ready_for(session, who)
    found = standing_of(ready, said.organisation, said.reviewed, None)
    (services,) = [each for each in indicators_of(ready.rule_set) if each.id == "services"]
    assert step_of(found, services, "zh") == how
