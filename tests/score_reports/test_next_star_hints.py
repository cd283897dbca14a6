"""What the way to the next star says of conditions, vetoes and stars: what is missing for them."""

from __future__ import annotations

import pytest
from district import District
from reported import REPORTED_RULES, make_reported_round, participant_of, review
from sqlalchemy.orm import Session

from evaluator.applications.ready import ready_for
from evaluator.reviews.facts import statements
from evaluator.score_reports.content import Road
from evaluator.score_reports.road import road_of, suggestion_of
from evaluator.score_reports.standing import Standing, standing_of

FIVE = "stars: 5, at_least: 90}\n"
GATES = """\
stars: 5, at_least: 90, gates: [
        {require: satisfied >= 95%},
        {require: service >= 57, because: {zh: 服务群众突出, en: serves well}},
        {require: defence_mean >= 85},
        {every_dimension: 95%},
        {held: {level: four_star, years: 1}}]}
"""
VETO = """\
vetoes:
  - {id: silent, title: {zh: 无服务, en: No services}, when: services < 3, effect: no_level}
levels:
"""
STARS = """\
levels:
  stars: {won_at: 90%}
"""


def rules(gates: str = FIVE, levels: str = "levels:\n") -> str:
    """Return the rule set with other conditions."""
    return REPORTED_RULES.replace(FIVE, gates).replace("levels:\n", levels)


def standing(session: Session, district: District, text: str, services: str = "8") -> Standing:
    """Return how a reviewed branch stands by a rule set; it has 90 points with 8 services."""
    made = make_reported_round(session, district, rules=text)
    review(session, made, district.east_one, services=services)
    who = participant_of(session, made, district.east_one)
    said = statements(session, [who])[who.id]
    return standing_of(ready_for(session, who), said.organisation, said.reviewed, None)


def road(found: Standing, language: str = "zh") -> Road:
    """Return the way to the next level."""
    made = road_of(found, {}, language)
    assert made is not None
    return made


@pytest.fixture
def gated(session: Session, district: District) -> Standing:
    return standing(session, district, rules(GATES))


def test_every_condition_says_what_is_missing_and_from_whom(gated: Standing) -> None:
    found = {each.title: each.how for each in road(gated).suggestions if not each.worth}
    assert list(found.values()) == [
        "判定依据：满意率（民主测评结果）",
        "需达到：服务群众不低于57分；服务群众：可先从材料质量（还可得5分）、志愿服务（还可得4分）入手",
        "判定依据：答辩评分（答辩评委评分）",
        "服务群众：可先从材料质量（还可得5分）、志愿服务（还可得4分）入手；"
        "集中答辩：可先从集中答辩（还可得20分）入手",
        "须保持该星级达到规定年限，无需另行填报",
    ]


def test_a_dimension_is_raised_no_further_than_the_share(gated: Standing) -> None:
    raised = [each.id for each in road(gated).suggestions if each.worth]
    assert "satisfied" not in raised
    assert raised[:2] == ["attitude", "services"]


def test_hint_is_what_a_plan_keeps(gated: Standing) -> None:
    item = next(each.id for each in road(gated).suggestions if "满意率" in each.how)
    found = suggestion_of(gated, {}, item, "zh")
    assert found is not None
    assert found.how == "判定依据：满意率（民主测评结果）"


def test_veto_says_when_it_falls_and_what_it_does(session: Session, district: District) -> None:
    found = standing(session, district, rules(levels=VETO), services="1")
    (veto,) = [each for each in road(found).lacking if "一票否决" in each]
    assert veto == "一票否决：无服务。触发情形：志愿服务次数少于3次；影响：不评定任何等级。"
    assert [each for each in road(found).suggestions if "否决" in each.title] == []


def test_stars_say_which_dimensions_to_begin_with(session: Session, district: District) -> None:
    text = rules(levels=STARS)
    for before, after in ((60, 1), (75, 2), (90, 3)):
        text = text.replace(f"at_least: {before}", f"at_least: {after}").replace(
            f"below: {before}", f"below: {after}"
        )
    (said,) = road(standing(session, district, text)).lacking
    assert said.startswith("还差1颗星。服务群众：可先从材料质量（还可得5分）")
