"""Random expressions: values stay inside their ranges, and compiled Python agrees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.scoring.compiled import compile_outputs
from evaluator.scoring.interpreted import evaluate
from rules import integers
from rules.integers import LIMIT, Int, MayOverflow, const, slot

SLOTS = [(-7, 9), (0, 1), (0, 24), (3, 3), (1, 12), (-1_000, -990)]
BINARY = (
    integers.add,
    integers.sub,
    integers.mul,
    integers.minimum,
    integers.maximum,
    integers.equal,
    integers.less,
    integers.at_most,
)


NAIVE = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "floordiv": lambda a, b: a // b,
    "min": min,
    "max": max,
    "eq": lambda a, b: int(a == b),
    "lt": lambda a, b: int(a < b),
    "le": lambda a, b: int(a <= b),
    "and": lambda a, b: int(a == 1 and b == 1),
    "or": lambda a, b: int(a == 1 or b == 1),
    "not": lambda a: 1 - a,
    "where": lambda condition, a, b: a if condition == 1 else b,
}


def naive(node: Int, values: list[int]) -> int:
    """Evaluate without any shortcut of the code under test."""
    if node.op == "const":
        return node.value
    if node.op == "slot":
        return values[node.value]
    return NAIVE[node.op](*(naive(each, values) for each in node.args))


def bit(node: Int) -> Int:
    return integers.less(const(0), node)


@st.composite
def expressions(draw, depth=4):
    if depth == 0 or draw(st.integers(0, 5)) == 0:
        number = draw(st.integers(0, len(SLOTS)))
        return (
            slot(number, *SLOTS[number])
            if number < len(SLOTS)
            else const(draw(st.integers(-20, 20)))
        )
    below = expressions(depth=depth - 1)
    a, b = draw(below), draw(below)
    kind = draw(st.integers(0, len(BINARY) + 4))
    if kind < len(BINARY):
        return BINARY[kind](a, b)
    if kind == len(BINARY):
        return integers.floordiv(a, integers.maximum(b, const(1)))
    if kind == len(BINARY) + 1:
        return integers.where(bit(draw(below)), a, b)
    if kind == len(BINARY) + 2:
        return integers.both(bit(a), bit(b))
    if kind == len(BINARY) + 3:
        return integers.either(bit(a), bit(b))
    return integers.negated(bit(a))


VALUES = st.tuples(*(st.integers(low, high) for low, high in SLOTS))


@given(expressions(), st.lists(VALUES, min_size=1, max_size=5))
def test_value_lies_inside_its_range(node, rows):
    for values in rows:
        assert node.low <= naive(node, list(values)) <= node.high


@given(st.lists(expressions(), min_size=1, max_size=4), VALUES)
def test_compiled_python_equals_naive_evaluation(nodes, values):
    run = compile_outputs(nodes, len(SLOTS))
    assert [int(each) for each in run(values)] == [naive(node, list(values)) for node in nodes]


@given(expressions(), VALUES)
def test_value_of_equals_naive_evaluation(node, values):
    assert integers.value_of(node, dict(enumerate(values))) == naive(node, list(values))


@given(expressions(), VALUES)
def test_divisor_divides_every_value(node, values):
    found, value = node.divisor, naive(node, list(values))
    assert value == 0 if found == 0 else value % found == 0


@given(expressions())
def test_slots_of_names_every_slot_that_the_value_depends_on(node):
    def walk(each: Int) -> set[int]:
        own = {each.value} if each.op == "slot" else set()
        return own.union(*map(walk, each.args))

    assert integers.slots_of(node) == walk(node)


def test_divisor_of_a_node_that_is_shared_at_each_of_40_levels_is_known_at_once():
    node = integers.mul(const(20), slot(0, 0, 100))
    for _ in range(40):
        node = integers.maximum(integers.sub(node, const(1_000)), integers.sub(const(1_000), node))
    assert node.divisor == 20


def test_node_that_is_shared_at_each_of_40_levels_is_worked_out_once():
    node = slot(0, 0, 100)
    for _ in range(40):
        node = integers.maximum(integers.sub(node, const(5)), integers.sub(const(5), node))
    assert integers.slots_of(node) == {0}
    assert integers.value_of(node, {0: 57}) == evaluate(node, [57]) == 3
    assert compile_outputs([node], 1)([57]) == (3,)


def chain(length: int) -> Int:
    """Return the number of the first of many steps that a value reaches."""
    node = const(length)
    for number in range(length - 1, -1, -1):
        node = integers.where(
            integers.at_most(const(-number), slot(0, -length, 0)), const(number), node
        )
    return node


def test_chain_of_10_000_steps_is_worked_out_without_recursion():
    node = chain(10_000)
    assert integers.slots_of(node) == {0}
    assert integers.value_of(node, {0: -9_000}) == evaluate(node, [-9_000]) == 9_000
    assert compile_outputs([node], 1)([-9_000]) == (9_000,)


def test_nodes_come_after_those_that_they_read_and_once():
    shared = integers.add(slot(0, 0, 9), slot(1, 0, 9))
    root = integers.mul(shared, integers.sub(shared, const(1)))
    found = list(integers.in_order(root))
    assert [each.op for each in found] == ["slot", "slot", "add", "const", "sub", "mul"]
    assert found[2] is shared


def test_value_beyond_63_bits_is_refused():
    large = slot(0, 0, LIMIT)
    with pytest.raises(MayOverflow, match=f"values from 0 to {LIMIT * 2}"):
        integers.add(large, large)


def test_constant_value_beyond_63_bits_is_refused():
    with pytest.raises(MayOverflow):
        const(-LIMIT - 1)


def test_division_by_what_may_be_zero_is_refused():
    with pytest.raises(ZeroDivisionError):
        integers.floordiv(const(1), slot(0, 0, 5))


def test_expression_that_is_always_the_same_becomes_a_constant():
    node = integers.minimum(slot(0, 5, 9), const(5))
    assert (node.op, node.value) == ("const", 5)


def test_any_of_nothing_does_not_hold():
    assert integers.any_of([]).high == 0
