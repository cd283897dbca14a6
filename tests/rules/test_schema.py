import dataclasses
import typing

import pytest

from rules import syntax
from rules.problems import RuleErrors
from rules.schema import plain, read_node, schema_of
from rules.syntax import Fact, Indicator, Node, Part, Period, Quota, RuleSet, Rung, Veto
from rules.yaml_reader import read_yaml

NODES = sorted(
    (each for each in vars(syntax).values() if isinstance(each, type) and issubclass(each, Node)),
    key=lambda each: each.__name__,
)


def read(node, text):
    return read_node(node, read_yaml(text))


def flaws(node, text):
    with pytest.raises(RuleErrors) as caught:
        read(node, text)
    return [(each.where.line, each.where.column, each.code) for each in caught.value.problems]


def test_every_flaw_of_a_node_is_reported_at_its_own_place():
    text = "id: 1a\nlevel: x\nkind: atmost\nshare: 10%\nnumber: 4\nof: half\nlimit: 3\n"
    assert flaws(Quota, text) == [
        (1, 1, "one-way"),
        (1, 5, "name"),
        (3, 7, "choice"),
        (6, 5, "choice"),
        (7, 1, "unknown-key"),
    ]


def test_defaults_stand_where_nothing_is_given():
    fact = read(Fact, "{label: x, type: ratio}")
    assert (fact.source.kind, fact.reason, fact.places, fact.anchors) == ("asked", "none", None, ())


def test_part_may_be_a_condition_alone_or_with_one_way():
    assert read(Part, "{when: a, points: all}").points == "all"
    assert read(Part, "{when: a, each: b, points: [0.5, all]}").points == (5_000, "all")
    assert flaws(Part, "{points: 3}") == [(1, 1, "one-way")]
    assert flaws(Part, "{each: a, per_event: {of: b}, points: 3}") == [(1, 1, "one-way")]


def test_node_knows_its_place_and_places_are_no_part_of_its_meaning():
    one, other = read(Rung, "{below: 3, points: 1}"), read(Rung, "\n\n  {below: 3, points: 1}")
    assert (one.where.line, other.where.line, other.where.column) == (1, 3, 3)
    assert one == other


def test_formula_knows_its_place_inside_quotes():
    assert read(Rung, '{below: "a + 1", points: 1}').below.where.column == 10


@pytest.mark.parametrize(
    ("node", "text", "wrong"),
    [
        (Period, "{from: 2026-1-1, to: 2026-12-31}", (1, 8, "date")),
        (Rung, "{below: 3, points: [1]}", (1, 12, "points")),
        (Rung, "{below: [3], points: 1}", (1, 2, "formula")),
        (Fact, "{label: {zh: x, fr: y}, type: date}", (1, 2, "words")),
        (Fact, "{label: ' ', type: date}", (1, 10, "words")),
        (Fact, "{label: x, type: date, source: {record: }}", (1, 24, "source")),
        (Fact, "{label: x, type: date, source: record}", (1, 32, "source")),
        (Fact, "{label: x, type: choice, options: [a]}", (1, 26, "table")),
        (Fact, "{label: x, type: choice, options: {a b: c}}", (1, 36, "name")),
        (Fact, "{label: x, type: date, places: -1}", (1, 32, "whole-number")),
        (Veto, "{id: v, title: x, when: a, effect: {down: 2, at_most: b}}", (1, 28, "veto-effect")),
        (Veto, "{id: v, title: x, when: a, effect: down}", (1, 36, "veto-effect")),
        (Indicator, "{id: v, title: x, points: 1, rule: 3}", (1, 36, "type")),
    ],
)
def test_wrong_value_has_one_code_and_one_place(node, text, wrong):
    assert flaws(node, text) == [wrong]


@pytest.mark.parametrize("node", NODES, ids=lambda each: each.__name__)
def test_every_key_is_explained_in_a_sentence(node):
    for field in schema_of(node)().fields.values():
        assert field.metadata["help"].endswith(".")
        assert field.metadata["help"][0].isupper() or field.metadata["help"][0] == "`"


@pytest.mark.parametrize("node", NODES, ids=lambda each: each.__name__)
def test_every_attribute_is_read_by_the_schema(node):
    attributes = {each.name for each in dataclasses.fields(node)} - {"where"}
    assert set(schema_of(node)().fields) == attributes


def test_missing_key_with_a_choice_lists_the_choices():
    hints = typing.get_type_hints(RuleSet)
    with pytest.raises(RuleErrors) as caught:
        read(hints["organisations"], "{merged: mean}")
    assert caught.value.problems[0].message == (
        '"part_year" is missing. Requirements hold in full, from the founding day on, or it is not '
        "rated. Allowed is one of in_full, pro_rata, not_rated. Add `part_year: …`."
    )


def test_canonical_points_are_the_shortest_decimal():
    assert plain(read(Rung, "{below: 3, points: 1.50}")) == {"below": "3", "points": "1.5"}
