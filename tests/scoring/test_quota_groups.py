"""Of whom a quota is a share, and in which groups it holds."""

from __future__ import annotations

import pytest
from factories import levels_of, rule_set
from limited_levels import AT_MOST, HEAD, TEN, made, member, outcome_of, reports


@pytest.mark.parametrize(("of", "base"), [("rated", 2), ("applied", 2), ("all", 3)])
def test_share_is_of_whom_it_says(of: str, base: int) -> None:
    rules = made(f"level: five, kind: target, share: 50%, of: {of}, rounding: up, ties: include")
    outcome = outcome_of(rules, member("a", 95), member("b", 60), member("c", 95, applied=False))
    (report,) = reports(outcome)
    assert (report.base, report.held, report.moved) == (base, 1, 0)


def test_whoever_is_not_rated_applied_all_the_same() -> None:
    rules = rule_set(
        HEAD + "  - {id: q0, level: five, kind: target, share: 50%, of: rated, rounding: up, "
        "ties: include}\n"
        + "  - {id: q1, level: five, kind: target, share: 50%, of: applied, rounding: up, "
        "ties: include}\n"
        + "eligibility: [{require: gate, otherwise: not_rated, because: 不满一年}]\n"
    )
    outcome = outcome_of(rules, member("a", 95), member("b", 95, gate=False))
    assert [report.base for report in reports(outcome)] == [1, 2]


def test_target_is_watched_and_moves_nobody() -> None:
    rules = made("level: five, kind: target, share: 10%, of: rated, rounding: down, ties: include")
    outcome = outcome_of(rules, *TEN)
    (report,) = reports(outcome)
    assert (report.limit, report.held, report.moved) == (1, 10, 0)


def test_each_committee_has_a_quota_of_its_own() -> None:
    rules = made(f"{AT_MOST}, ties: exclude, share: 50%, among: committee")
    members = [
        member("a", 95),
        member("b", 94),
        member("c", 91, "乙委"),
        member("d", 90, "乙委"),
        member("e", 99, "丙委"),
    ]
    outcome = outcome_of(rules, *members)
    assert levels_of(outcome) == {"a": "five", "b": "four", "c": "five", "d": "four", "e": "four"}
    assert [(each.group, each.base, each.limit) for each in reports(outcome)] == [
        ("甲委", 2, 1),
        ("乙委", 2, 1),
        ("丙委", 1, 0),
    ]


def test_words_of_a_choice_may_make_the_groups() -> None:
    rules = made(
        "level: five, kind: at_most, number: 1, ties: exclude, among: kind, direct_awards: counted"
    )
    members = [member("a", 95), member("b", 94, kind="门店"), member("c", 91, kind="office")]
    assert levels_of(outcome_of(rules, *members)) == {"a": "five", "b": "four", "c": "five"}


def test_whoever_did_not_apply_counts_in_its_group_whatever_its_facts() -> None:
    rules = made(
        "level: five, kind: target, share: 50%, of: all, rounding: up, ties: include, among: kind"
    )
    members = [
        member("a", 95),
        member("b", 500, applied=False, kind="门店"),
        member("c", 1, applied=False, kind={"value": "shop", "reason": "有"}),
        member("d", 1, applied=False, kind=["x"]),
    ]
    outcome = outcome_of(rules, *members)
    assert [(each.group, each.base) for each in reports(outcome)] == [("shop", 3), (None, 1)]
    assert outcome.refused == []


def test_whoever_lacks_the_fact_of_its_group_is_refused() -> None:
    rules = made(
        "level: five, kind: at_most, number: 1, ties: exclude, among: kind, direct_awards: counted"
    )
    outcome = outcome_of(rules, member("a", 95, kind=None))
    assert [problem.fact for problem in outcome.refused[0].problems] == ["kind"]
