"""Random expressions: values stay inside their ranges, and compiled Python agrees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.scoring.compiled import compile_outputs
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
    found, value = integers.divisor(node), naive(node, list(values))
    assert value == 0 if found == 0 else value % found == 0


@given(expressions())
def test_slots_of_names_every_slot_that_the_value_depends_on(node):
    def walk(each: Int) -> set[int]:
        own = {each.value} if each.op == "slot" else set()
        return own.union(*map(walk, each.args))

    assert integers.slots_of(node) == walk(node)


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
