"""Published schemes written in the rule language: each is sound, and its cases come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluator.rule_cases import score_cases
from evaluator.scoring.inputs import Organisation
from evaluator.scoring.round import Category, RoundResult, score_round
from rules.checks import check
from rules.loader import load_rule_set
from rules.syntax import PopulationTarget
from rules.testing import load_cases, run_cases

FOLDER = Path(__file__).parents[2] / "examples" / "schemes"
NAMES = [
    "s01_five_star_plan",
    "s02_reference_standard",
    "s04_branch_star_management",
    "s13_village_classification",
    "s36_company_branch",
    "s41_six_haves",
    "s57_college_assessment",
    "s58_department_branch",
]
FEWEST_CASES = 6


def scheme(name: str) -> Path:
    return FOLDER / f"{name}.yaml"


def cases_of(name: str) -> Path:
    return FOLDER / "tests" / f"{name}.yaml"


def test_folder_holds_the_schemes_and_their_cases_alone():
    assert sorted(each.stem for each in FOLDER.glob("*.yaml")) == NAMES
    assert sorted(each.stem for each in (FOLDER / "tests").glob("*.yaml")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_scheme_has_no_problems(name):
    assert check(load_rule_set(scheme(name))) == []


@pytest.mark.parametrize("name", NAMES)
def test_case_file_tests_the_scheme_of_its_name_often_enough(name):
    rule_set, cases = load_cases(cases_of(name))
    assert rule_set == load_rule_set(scheme(name))
    assert len({case.name for case in cases}) == len(cases)
    assert len(cases) >= FEWEST_CASES


@pytest.mark.parametrize("name", NAMES)
def test_cases_of_scheme_pass(name):
    results = run_cases(cases_of(name), score_cases)
    assert [(each.case.name, each.differences) for each in results if each.differences] == []


def star_facts(
    *, standardisation: int = 40, satisfaction: str = "100%", honoured: bool = False
) -> dict[str, object]:
    """Return the facts of a branch under S04 that passed all ten checks."""
    honours = [{"date": "2025-07-01", "giver": "district"}] if honoured else []
    return {
        "standardisation": {"value": standardisation, "reason": "规范"},
        "life_checks": 10,
        "satisfaction": satisfaction,
        "honours": honours,
        "innovation": "none",
    }


def score(name: str, facts: list[dict[str, object]]) -> RoundResult:
    """Return a round of branches of one scheme, in the order of their facts."""
    rule_set = load_rule_set(scheme(name))
    return score_round(
        {rule_set.category: Category(rule_set)},
        [
            (Organisation(str(number), f"支部{number}", rule_set.category), each)
            for number, each in enumerate(facts)
        ],
    )


def levels(result: RoundResult) -> list[str]:
    """Return the level of each organisation of a round."""
    return [
        "none"
        if each.decision is None or each.decision.index < 0
        else each.category.levels.levels[each.decision.index].id
        for each in result.results
    ]


def star_levels(facts: list[dict[str, object]]) -> list[str]:
    return levels(score("s04_branch_star_management", facts))


def test_star_shares_of_ten_branches_leave_two_unrated():
    # Each has at least 70 + 20 x 91 % = 88.2 points, enough for five stars by the mark alone.
    facts = [star_facts(satisfaction=f"{100 - number}%") for number in range(10)]
    assert star_levels(facts) == [
        "five_star",
        *["four_star"] * 4,
        *["three_star"] * 3,
        *["none"] * 2,
    ]


def test_star_shares_of_seven_branches_are_rounded_down():
    # 10 % of 7 is 0.7, 40 % is 2.8, 30 % is 2.1.
    facts = [star_facts(satisfaction=f"{100 - number}%") for number in range(7)]
    assert star_levels(facts) == [
        *["four_star"] * 2,
        *["three_star"] * 2,
        *["none"] * 3,
    ]


def test_star_shares_exclude_those_who_tie_at_the_cut():
    facts = [star_facts()] * 2 + [star_facts(satisfaction="90%")] * 8
    # The two best tie for one place of five stars; eight tie for the two places of four stars
    # that the best leave, and again for the three of three stars.
    assert star_levels(facts) == [*["four_star"] * 2, *["none"] * 8]


def test_star_shares_tell_equal_totals_apart_by_satisfaction():
    # 37 + 30 + 19 = 36 + 30 + 20 = 86
    first, second = (
        star_facts(standardisation=37, satisfaction="95%"),
        star_facts(standardisation=36, satisfaction="100%"),
    )
    rest = [star_facts(standardisation=0)] * 8
    assert star_levels([first, second, *rest])[:2] == ["four_star", "five_star"]


def test_star_shares_count_direct_awards_first():
    facts = [star_facts()] + [star_facts(standardisation=0, honoured=True)] + [star_facts()] * 8
    result = score("s04_branch_star_management", facts)
    assert levels(result)[1] == "five_star"
    assert result.quotas["all_branches"][0].held == 1


def test_star_target_is_four_stars_for_all_in_three_years():
    rule_set = load_rule_set(scheme("s04_branch_star_management"))
    assert rule_set.targets == (PopulationTarget(level="four_star", share="100%", by=2028),)


def test_plan_shares_are_about_and_move_nobody():
    _, cases = load_cases(cases_of("s01_five_star_plan"))
    result = score("s01_five_star_plan", [dict(cases[0].facts)] * 10)
    assert levels(result) == ["five_star"] * 10
    assert [(each.quota.id, each.limit, each.held) for each in result.quotas["government"]] == [
        ("five_about", 1, 10),
        ("four_about", 3, 0),
        ("three_about", 4, 0),
        ("upper_about", 8, 10),
    ]
