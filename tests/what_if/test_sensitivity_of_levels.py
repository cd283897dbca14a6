"""What every indicator decides: the same as giving each organisation other points."""

from __future__ import annotations

from collections.abc import Sequence

from small_round import columns, engine, submissions

from evaluator.scoring.assessment import Assessment
from evaluator.scoring.inputs import Inputs
from evaluator.scoring.interpreted import evaluate
from evaluator.what_if.inputs_in_columns import columns_from_entries
from evaluator.what_if.sensitivity import Influence, Sensitivity
from rules.lowering import Program, indicators_of

DEDUCTING = {"faults"}


def outputs(program: Program, inputs: Inputs, changed: tuple[str, int] | None) -> Sequence[int]:
    """Return all outputs of an organisation, the points of one indicator being given."""
    found: list[int] = []
    for output in program.outputs:
        value = evaluate(output.value, inputs.slots, found)
        if changed and output.key == ("points", changed[0]):
            value = changed[1]
        found.append(value)
    return found


def levels(changed: tuple[str, int] | None) -> list[int]:
    """Return by the explaining path the levels of all who are rated."""
    made = engine()
    found = []
    entries = [(each.organisation, each.facts) for each in submissions()]
    for each in columns_from_entries(made.category, entries)[1]:
        own = Assessment(made.program, each, outputs(made.program, each, None))
        rated = each.organisation.applied and not each.missing
        if rated and made.category.levels.decide(own).rated:
            counts = changed and own.counts(
                next(i for i in indicators_of(made.category.rule_set) if i.id == changed[0])
            )
            given = outputs(made.program, each, changed if counts else None)
            tried = Assessment(made.program, each, given)
            found.append(made.category.levels.decide(tried).index)
    return found


def test_influences_are_those_of_each_organisation_tried() -> None:
    made, now = engine(), levels(None)
    tables = made.tables(lambda work: [work(made, columns())])
    found = {each.indicator.id: each for each in Sensitivity(made).of(columns(), tables)}
    for indicator in indicators_of(made.category.rule_set):
        ends = (int(indicator.points), 0)
        best, worst = ends[::-1] if indicator.id in DEDUCTING else ends
        full, nothing = levels((indicator.id, best)), levels((indicator.id, worst))
        rises = [a > b for a, b in zip(full, now, strict=True)]
        falls = [a < b for a, b in zip(nothing, now, strict=True)]
        decides = [a or b for a, b in zip(rises, falls, strict=True)]
        assert found[indicator.id] == Influence(
            indicator, indicator.id in DEDUCTING, sum(rises), sum(falls), sum(decides)
        )


def test_greatest_influence_comes_first() -> None:
    made = engine()
    tables = made.tables(lambda work: [work(made, columns())])
    found = Sensitivity(made).of(columns(), tables)
    counts = [each.decides for each in found]
    assert counts == sorted(counts, reverse=True)
    assert [each.indicator.id for each in found][:2] == ["meetings", "satisfaction"]


def test_indicator_that_no_band_can_feel_never_matters() -> None:
    low = engine(
        ("at_least: 12, below: 18", "at_least: 0.5, below: 1"),
        ("at_least: 18\n      below: 24\n      gates: [{every_dimension: 50%}]",
         "at_least: 1\n      below: 1.5"),
        ("at_least: 24\n      gates: [{require: people >= 7}]", "at_least: 1.5"),
    )  # fmt: skip
    tables = low.tables(lambda work: [work(low, columns())])
    found = {each.indicator.id: each.decides for each in Sensitivity(low).of(columns(), tables)}
    assert found["deeds"] == 0
