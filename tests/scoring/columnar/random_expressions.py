"""Random expressions over slots of every width, with what is shared and what refers to outputs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from evaluator.scoring.columnar.arrays import Array, narrow
from evaluator.scoring.interpreted import evaluate
from rules import integers
from rules.integers import Int, MayOverflow, const, slot

BOUNDS = (
    (0, 1),
    (0, 1),
    (-3, 4),
    (0, 100),
    (-128, 127),
    (0, 200),
    (-32_768, 32_767),
    (1, 99_999),
    (-(2**31), 2**31 - 1),
    (-(2**40), 2**61),
)
"""Each type is filled to both of its ends, so that whatever wraps shows."""
CONSTANTS = (0, 1, -1, 2, 3, 5, 100, 127, 128, 255, 5_000, 10_000, 32_767, -32_769, 2**31, -(2**40))
PLAIN = (
    integers.add,
    integers.sub,
    integers.mul,
    integers.minimum,
    integers.maximum,
    lambda a, b: integers.floordiv(a, integers.maximum(b, const(1))),
)
BITS = (integers.equal, integers.less, integers.at_most)


@dataclass(frozen=True)
class Case:
    """Outputs, each of earlier ones, and wanted expressions that may refer to them."""

    definitions: tuple[Int, ...]
    wanted: tuple[Int, ...]

    def values(self, row: Sequence[int]) -> list[int]:
        """Return what the interpreter makes of the slots of one organisation."""
        outputs: list[int] = []
        for each in self.definitions:
            outputs.append(evaluate(each, row, outputs))
        return [evaluate(each, row, outputs) for each in self.wanted]


def _joined(make: Callable[..., Int], *args: Int) -> Int:
    try:
        return make(*args)
    except MayOverflow:
        return args[0]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Return random expressions that share their parts."""
    numbers = [slot(number, *bounds) for number, bounds in enumerate(BOUNDS)]
    numbers += [const(value) for value in draw(st.lists(st.sampled_from(CONSTANTS), max_size=4))]
    definitions: list[Int] = []
    for _ in range(draw(st.integers(1, 30))):
        made = _grown(draw, numbers)
        if draw(st.integers(0, 5)) == 0:
            definitions.append(made)
            made = integers.output(len(definitions) - 1, made.low, made.high)
        numbers.append(made)
    wanted = draw(st.lists(st.sampled_from(numbers[-8:]), min_size=1, max_size=4))
    return Case(tuple(definitions), tuple(wanted))


def _grown(draw: st.DrawFn, numbers: list[Int]) -> Int:
    recent = st.one_of(st.sampled_from(numbers), st.sampled_from(numbers[-5:]))
    bits = [each for each in numbers if (each.low, each.high) == (0, 1)]
    bit = st.one_of(st.sampled_from(bits), st.sampled_from(bits[-4:]))
    way = draw(st.integers(0, 9))
    if way < 4:
        return _joined(draw(st.sampled_from(PLAIN)), draw(recent), draw(recent))
    if way < 6:
        a, b = draw(recent), draw(st.one_of(recent, st.sampled_from(CONSTANTS).map(const)))
        return draw(st.sampled_from(BITS))(a, b)
    if way == 6:
        return draw(st.sampled_from([integers.both, integers.either]))(draw(bit), draw(bit))
    if way == 7:
        return integers.negated(draw(bit))
    return integers.where(draw(bit), draw(recent), draw(recent))


@st.composite
def ladders(draw: st.DrawFn) -> Int:
    """Return a choice by thresholds that meet, overlap or follow from one another, on two slots."""
    numbers = [slot(0, -3, 4), slot(1, -3, 4)]
    numbers += [integers.clamp(each, -1, 2) for each in numbers]
    value: Int = const(draw(st.integers(-2, 2)))
    for _ in range(draw(st.integers(1, 5))):
        then = draw(st.one_of(st.integers(-2, 2).map(const), st.sampled_from(numbers)))
        value = integers.where(_threshold(draw, numbers), then, value)
    return value


def _threshold(draw: st.DrawFn, numbers: list[Int]) -> Int:
    pair = [draw(st.sampled_from(numbers)), const(draw(st.integers(-3, 4)))]
    if draw(st.booleans()):
        pair.reverse()
    bit = draw(st.sampled_from(BITS))(*pair)
    way = draw(st.integers(0, 5))
    if way == 0:
        return integers.negated(bit)
    if way < 3:
        join = integers.both if way == 1 else integers.either
        return join(bit, _threshold(draw, numbers))
    return bit


def columns(size: int, seed: int) -> list[Array]:
    """Return a column for each slot: both ends and their neighbours as often as all between."""
    chance = np.random.default_rng(seed)
    made = []
    for low, high in BOUNDS:
        edges = [low, low + 1, high - 1, high, max(low, min(0, high)), max(low, min(2, high))]
        column = chance.choice(np.array(edges), size)
        between = chance.integers(low, high, size, endpoint=True)
        column = np.where(chance.random(size) < 1 / 4, between, column)
        made.append(column.astype(narrow(low, high)))
    return made


def rows_of(made: Sequence[Array]) -> list[tuple[int, ...]]:
    """Return the same values, organisation by organisation."""
    return list(zip(*(each.tolist() for each in made), strict=True))
