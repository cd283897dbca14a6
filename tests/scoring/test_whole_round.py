"""A round of mixed categories: each compared within itself, results in the order of the entries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from factories import rule_set, someone

from evaluator.results.rows import result_rows, status_of
from evaluator.scoring.round import Category, RoundResult, score_round

BRANCH = rule_set(
    """
    rule_set: branch
    category: branch
    version: "1"
    title: 机关
    period: {from: 2026-01-01, to: 2026-12-31}
    scale: {total: 100}
    facts:
      p: {label: 分数, type: decimal, max: 90}
      old: {label: 满一年, type: boolean}
    measures:
      place: {label: 名次, rank: {of: p, among: category, best: highest, ties: best_rank}}
    dimensions:
      - id: d
        title: 维度
        points: 100
        indicators:
          - {id: x, title: 一, points: 90, rule: {formula: p}}
          - {id: y, title: 二, points: 10, floor: 0, rule: {formula: 11 - place}}
    eligibility: [{require: old, otherwise: not_rated, because: 不满一年}]
    levels:
      measured_on: unrounded
      promotion: any
      from_low_to_high:
        - {id: three, title: 三星, at_least: 60}
        - {id: five, title: 五星, at_least: 90}
    quotas:
      - {id: q, level: five, kind: at_most, share: 50%, of: rated, rounding: down, ties: exclude}
    """
)
SHOP = rule_set(
    """
    rule_set: shop
    category: shop
    version: "1"
    title: 两新
    period: {from: 2026-01-01, to: 2026-12-31}
    scale: {total: 10}
    facts: {n: {label: 走访, type: integer, max: 10}}
    dimensions: [{id: d, title: 维度, points: 10,
      indicators: [{id: x, title: 一, points: 10, rule: {formula: n}}]}]
    levels:
      measured_on: unrounded
      promotion: any
      from_low_to_high: [{id: three, title: 三星, at_least: 6}]
    """
)
CATEGORIES = {"branch": Category(BRANCH), "shop": Category(SHOP)}


def branch(name: str, p: str, **facts: Any) -> tuple[str, str, bool, Mapping[str, Any]]:
    return name, "branch", True, {"p": p, "old": True, **facts}


def scored(*entries: tuple[str, str, bool, Mapping[str, Any]]) -> RoundResult:
    return score_round(
        CATEGORIES,
        [
            (someone(id=name, name=name, category=category, applied=applied), facts)
            for name, category, applied, facts in entries
        ],
    )


USUAL = [
    branch("a", "80"),
    ("s", "shop", True, {"n": 7}),
    branch("b", "90"),
    branch("c", "85", old=False),
    ("d", "branch", False, {}),
    branch("e", "91"),
]


def test_results_stand_in_the_order_of_the_entries() -> None:
    outcome = scored(*USUAL)
    assert [each.organisation.id for each in outcome.results] == ["a", "s", "b", "c", "d", "e"]
    assert [status_of(each) for each in outcome.results] == [
        "rated",
        "rated",
        "rated",
        "not_rated",
        "not_applied",
        "refused",
    ]


def test_categories_are_compared_within_themselves() -> None:
    outcome = scored(*USUAL)
    totals = {
        each.organisation.id: each.assessment.total for each in outcome.results if each.assessment
    }
    # b first, a second; s is of another category, c not rated, d did not apply, e was refused
    assert totals == {"a": 890_000, "s": 70_000, "b": 1_000_000}


def test_quota_leaves_out_whoever_is_not_rated() -> None:
    (report,) = scored(*USUAL).quotas["branch"]
    assert (report.base, report.limit, report.held, report.moved) == (2, 1, 1, 0)
    assert scored(*USUAL).quotas["shop"] == []


def test_refused_facts_are_kept_with_their_organisation() -> None:
    (error,) = scored(*USUAL).refused
    assert (error.organisation.id, [each.fact for each in error.problems]) == ("e", ["p"])


def test_organisation_that_did_not_apply_has_neither_points_nor_level() -> None:
    result = scored(*USUAL).results[4]
    assert (result.assessment, result.decision, result.refused) == (None, None, None)


def test_round_of_nobody_is_empty() -> None:
    assert scored() == RoundResult([], {})


def test_unknown_category_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        scored(("x", "market", True, {}))


def test_rows_carry_what_certificates_and_registers_need() -> None:
    row = result_rows(scored(*USUAL).results)[2]
    assert (row.id, row.category, row.level, row.serial, str(row.total), row.year) == (
        "b",
        "branch",
        "five",
        "2026-BRA-0002",
        "100",
        2026,
    )
    assert (len(row.token), row.digest) == (16, CATEGORIES["branch"].scorer.program.digest)


def test_token_of_a_certificate_depends_on_the_result() -> None:
    rows = [result_rows(scored(branch("a", p)).results)[0] for p in ("89", "89", "40")]
    assert rows[0].token == rows[1].token != rows[2].token
