"""Refused, left out or decided: columns and the explaining path agree on facts with gaps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from decided_rows import (
    Made,
    Row,
    columns_of,
    every_rule_set,
    explained,
    in_columns,
    left_out,
    rows_of,
)
from factories import someone
from generated_facts import changed, facts_of
from hypothesis import given, settings
from hypothesis import strategies as st
from odd_rule_sets import TEXTS
from published_rules import Published, all_published

from evaluator.scoring.inputs import Inputs

MADE = every_rule_set()
Drawn = st.SearchStrategy[Mapping[str, Any]]


def organisations(made: Made, facts: Drawn) -> st.SearchStrategy[list[Inputs]]:
    """Return organisations that lack some facts, and of which some did not apply."""
    names = sorted(made.category.rule_set.facts)
    levels = ["none", *made.category.levels.index]
    one = st.tuples(
        facts,
        st.sampled_from([0, 1, 3]).flatmap(
            lambda most: st.sets(st.sampled_from(names), max_size=most)
        ),
        st.sampled_from(levels),
        st.integers(0, 99),
        st.sampled_from([True, True, True, False]),
    )
    return st.lists(one.map(lambda each: read(made, *each)), min_size=1, max_size=16)


def read(
    made: Made, facts: Mapping[str, Any], lacking: set[str], level: str, years: int, applied: bool
) -> Inputs:
    who = someone(previous_level=level, years_at_level=years, applied=applied)
    given_facts = {name: raw for name, raw in facts.items() if name not in lacking}
    return made.category.scorer.read(who, given_facts)


def agree(made: Made, everyone: list[Inputs]) -> list[Row]:
    """Compare both paths, and return what they came to; slots of the group are filled by one."""
    columns = columns_of(made.category.levels, everyone)
    first = left_out(made, columns).tolist()
    not_rated = made.category.first_pass.not_rated
    for step, inputs in zip(first, everyone, strict=True):
        decision = not_rated(inputs)
        if decision or made.decisions.grouped or inputs.missing:
            said = [made.decisions.words[step]] if step else []
            assert said == (decision.steps if decision else [])
    rows = explained(made, everyone)
    assert rows_of(made, in_columns(made, everyone)) == rows
    return rows


@pytest.mark.parametrize("name", TEXTS)
@settings(max_examples=25)
@given(data=st.data())
def test_odd_rule_sets_agree_on_facts_with_gaps(name: str, data: st.DataObject) -> None:
    made = MADE[name]
    facts = facts_of(made.category.rule_set)
    agree(made, data.draw(organisations(made, facts)))


@pytest.mark.parametrize("published", all_published(), ids=str)
@settings(max_examples=8)
@given(data=st.data())
def test_published_rule_sets_agree_on_facts_with_gaps(
    published: Published, data: st.DataObject
) -> None:
    made = MADE[str(published)]
    facts = changed(published.rules, published.case.facts)
    agree(made, data.draw(organisations(made, facts)))


USUAL: dict[str, Any] = dict.fromkeys("abcdef", True) | {
    "p": 9,
    "rest": {"value": 3, "reason": "依据"},
    "kind": "shop",
    "founded": "2025-12-01",
}


def row(name: str, **facts: Any) -> Row:
    """Return what one organisation comes to by both paths; None takes a fact away."""
    made = MADE[name]
    given_facts = {key: raw for key, raw in (USUAL | facts).items() if raw is not None}
    return agree(made, [read(made, given_facts, set(), "none", 0, True)])[0]


def test_whoever_is_not_rated_need_not_give_what_points_are_made_of() -> None:
    found = row("replacing", p=None, d=True, e=False)
    assert (found.refused, found.assessed, found.decided, found.rated) == (
        False,
        False,
        True,
        False,
    )


def test_condition_without_level_that_is_not_known_stands_in_the_way() -> None:
    assert row("replacing", d=None, e=False).refused


def test_condition_not_rated_that_is_not_known_stands_in_nobodys_way() -> None:
    found = row("no level at all", c=None, d=False, e=False, f=False)
    assert (found.refused, [step.zh for step in found.steps]) == (False, ["条件三"])


def test_broken_demand_refuses_also_whoever_is_not_rated() -> None:
    assert row("replacing", rest={"value": 1, "reason": "依据"}, b=False, e=False).refused


def test_broken_demand_refuses_nobody_whose_fact_is_missing() -> None:
    assert row("on points", rest={"value": 1, "reason": "依据"}).refused
    found = row("on points", rest=None)
    assert (found.refused, found.assessed, found.decided) == (False, True, True)


def test_fact_that_is_needed_at_times_refuses_nobody_at_other_times() -> None:
    assert row("replacing", rest=None, b=False).refused
    assert not row("replacing", rest=None, b=True).refused


def test_founded_within_the_period_goes_before_every_condition() -> None:
    found = row("compared", founded="2026-01-02", a=False)
    assert [step.en for step in found.steps] == ["founded within the period: not rated this time"]


def test_whoever_did_not_apply_is_neither_refused_nor_decided() -> None:
    made = MADE["any step"]
    found = agree(
        made, [read(made, {}, set(), "none", 0, False), read(made, {}, set(), "one", 1, True)]
    )
    assert found == [Row(), Row(refused=True)]
