"""The compiler against the interpreter, on every published rule set and on odd small ones."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from factories import published, rule_set, scorer, small
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.scoring.compiled import compile_outputs
from evaluator.scoring.explain import Scorer
from evaluator.scoring.interpreted import evaluate
from rules import integers
from rules.integers import Int, const, slot
from rules.loader import load_rule_set
from rules.lowering import Program

FILES = published()


@pytest.fixture(scope="module", params=FILES, ids=[each.stem for each in FILES])
def made(request: pytest.FixtureRequest) -> Scorer:
    path: Path = request.param
    return Scorer(load_rule_set(path))


def random_slots(program: Program, seed: int) -> list[int]:
    """Return a value inside the declared range of each slot, its ends as often as all between."""
    chance = random.Random(seed)  # noqa: S311 - a test is no secret
    return [
        chance.choice([each.low, each.high, chance.randint(each.low, each.high)])
        for each in program.slots
    ]


@settings(max_examples=12)
@given(seed=st.integers(0, 2**32))
def test_published_rule_set_compiles_to_what_it_means(made: Scorer, seed: int) -> None:
    program = made.program
    slots = random_slots(program, seed)
    compiled = made.run(slots)
    walked: list[int] = []
    for output in program.outputs:
        walked.append(evaluate(output.value, slots, walked))
    assert list(map(int, compiled)) == walked


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_outputs_of_a_published_rule_set_stay_in_their_range(made: Scorer, seed: int) -> None:
    slots = random_slots(made.program, seed)
    outside = [
        (output.key, value, output.value.low, output.value.high)
        for output, value in zip(made.program.outputs, made.run(slots), strict=True)
        if not output.value.low <= value <= output.value.high
    ]
    assert outside == []


LEAVES = st.one_of(
    st.integers(-5, 5).map(const),
    st.integers(0, 2).map(lambda number: slot(number, -3, 4)),
)
BITS = (integers.equal, integers.less, integers.at_most)


def _grown(inner: st.SearchStrategy[Int]) -> st.SearchStrategy[Int]:
    bit = st.builds(lambda make, a, b: make(a, b), st.sampled_from(BITS), inner, inner)
    join = st.sampled_from([integers.both, integers.either])
    bit = bit | st.builds(lambda make, a, b: make(a, b), join, bit, bit) | bit.map(integers.negated)
    binary = st.sampled_from(
        [integers.add, integers.sub, integers.mul, integers.minimum, integers.maximum]
    )
    return (
        st.builds(lambda make, a, b: make(a, b), binary, inner, inner)
        | st.builds(integers.where, bit, inner, inner)
        | st.builds(integers.floordiv, inner, st.integers(1, 4).map(const))
        | st.builds(integers.clamp, inner, st.just(-2), st.just(3))
        | bit
    )


@settings(max_examples=150)
@given(
    st.recursive(LEAVES, _grown, max_leaves=12),
    st.tuples(*[st.integers(-3, 4)] * 3),
)
def test_any_expression_compiles_to_what_it_means(node: Int, values: tuple[int, ...]) -> None:
    (compiled,) = compile_outputs([node], 3)(values)
    assert compiled == evaluate(node, values) == integers.value_of(node, dict(enumerate(values)))
    assert node.low <= compiled <= node.high


def test_later_outputs_read_earlier_ones() -> None:
    first = integers.add(slot(0, 0, 9), const(1))
    second = integers.mul(integers.output(0, 1, 10), const(3))
    assert compile_outputs([first, second], 1)([4]) == (5, 15)


def test_expression_used_twice_is_worked_out_once() -> None:
    shared = integers.mul(slot(0, 0, 9), slot(1, 0, 9))
    run = compile_outputs([integers.add(shared, shared)], 2)
    assert run([3, 4]) == (24,)
    assert run.__code__.co_varnames == ("slots", "s0", "s1", "t0", "o0")  # type: ignore[attr-defined]


def test_compiled_code_reaches_no_builtins() -> None:
    run = compile_outputs([slot(0, 0, 1)], 1)
    assert run.__globals__["__builtins__"] == {}  # type: ignore[attr-defined]


def test_dimension_of_300_indicators_compiles() -> None:
    indicators = "\n".join(
        f"      - {{id: i{n}, title: 指标, points: 1, rule: {{award: [{{when: a, points: 1}}]}}}}"
        for n in range(300)
    )
    rules = rule_set(
        "scale: {total: 300}\nfacts: {a: {label: 甲, type: boolean}}\n"
        f"dimensions:\n  - id: d\n    title: 维\n    points: 300\n    indicators:\n{indicators}\n"
    )
    made = scorer(rules)
    assert made.run([1])[made.program.index["total",]] == 300 * 10_000


def test_choice_of_as_many_words_as_are_allowed_compiles() -> None:
    words = [f"w{number}" for number in range(1_000)]
    rules = small(
        f"options: {{fact: word, points: {{{', '.join(f'{word}: 1' for word in words)}}}}}",
        f"word: {{label: 词, type: choice, options: {{{', '.join(f'{w}: {w}' for w in words)}}}}}",
    )
    made = scorer(rules)
    assert made.run([999])[made.program.index["points", "x"]] == 10_000
