"""Mutations of either path, each of which the comparison must notice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from evaluator.scoring import cohort, compiled, levels, quotas
from evaluator.scoring.columnar import comparing, engine, standings, tables, tallies
from evaluator.scoring.columnar.course import Course
from evaluator.scoring.columnar.eligibility import NOBODY, Eligibility
from evaluator.scoring.columnar.kernel import Kernel
from evaluator.scoring.columnar.quotas import Quotas
from evaluator.scoring.columnar.standings import Standings
from evaluator.scoring.explain import Scorer
from evaluator.scoring.first_pass import FirstPass
from evaluator.scoring.levels import Decision, LevelRules
from rules import integers
from rules.integers import Int, const, in_order

_ROUNDS = 50
Patch = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Mutation:
    """A change of one path; `needs` are words without which a rule set cannot show it.

    `compiles` says that rule sets must be made ready anew to show it. Where few rounds show it,
    `begin` saves trying many that do not.
    """

    name: str
    patch: Patch
    needs: tuple[str, ...] = ()
    compiles: bool = False
    begin: int = 0


def _set(
    owner: Any, name: str, value: Any, *needs: str, label: str = "", begin: int = 0
) -> Mutation:
    """Return the mutation that puts something else under a name."""
    where = getattr(owner, "__name__", str(owner)).removeprefix("evaluator.scoring.")
    title = f"{where}.{name} {label}".strip()
    return Mutation(title, lambda patch: patch.setattr(owner, name, value), needs, begin=begin)


def _operator(op: str, written: str) -> Mutation:
    """Return the mutation of one operator of the compiled form."""
    return Mutation(
        f"compiled {op} as {written}",
        lambda patch: patch.setitem(compiled._INFIX, op, written),
        compiles=True,
    )


def _node(op: str, label: str, change: Callable[[Int], Int]) -> Mutation:
    """Return the mutation of one operation of every kernel."""

    def patch(patch: pytest.MonkeyPatch) -> None:
        for module in (engine, comparing):
            patch.setattr(module, "Kernel", _mutated_kernel(op, change))
        patch.setattr(engine.Engine, "check", _at_most(_ROUNDS, engine.Engine.check))

    return Mutation(f"kernel {op} as {label}", patch)


def _at_most(times: int, method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method that may be called so often: somebody may be refused without end."""
    left = iter(range(times))

    def limited(*arguments: Any) -> Any:
        if next(left, None) is None:
            raise RecursionError("the others are compared anew without end")
        return method(*arguments)

    return limited


def _mutated_kernel(op: str, change: Callable[[Int], Int]) -> Callable[..., Kernel]:
    def make(definitions: Sequence[Int], wanted: Sequence[Int], *rest: Any, **keys: Any) -> Kernel:
        made: dict[int, Int] = {}
        seen: set[int] = set()
        for root in (*definitions, *wanted):
            for node in in_order(root, seen):
                new = replace(node, args=tuple(made[id(each)] for each in node.args))
                made[id(node)] = change(new) if node.op == op else new
        first, second = ([made[id(each)] for each in group] for group in (definitions, wanted))
        return Kernel(first, second, *rest, **keys)

    return make


def _as(op: Any) -> Callable[[Int], Int]:
    return lambda node: replace(node, op=op)


def _swapped(node: Int) -> Int:
    first, *others = node.args
    return replace(node, args=(first, *reversed(others)))


def _nudged(node: Int) -> Int:
    """Divide one less than was meant: what lies on the line is rounded down."""
    return replace(node, args=(integers.sub(node.args[0], const(1)), node.args[1]))


_COMPILED = (
    _operator("add", "({} - {})"),
    _operator("sub", "({} + {})"),
    _operator("mul", "({} + {})"),
    _operator("floordiv", "(-(-{} // {}))"),
    _operator("eq", "({} != {})"),
    _operator("lt", "({} <= {})"),
    _operator("le", "({} < {})"),
    _operator("and", "({} or {})"),
    _operator("or", "({} and {})"),
    _operator("not", "(not not {})"),
)
_KERNEL = (
    _node("min", "max", _as("max")),
    _node("max", "min", _as("min")),
    _node("le", "lt", _as("lt")),
    _node("lt", "le", _as("le")),
    _node("eq", "le", _as("le")),
    _node("and", "or", _as("or")),
    _node("or", "and", _as("and")),
    _node("where", "where the other way round", _swapped),
    _node("floordiv", "floordiv of one less", _nudged),
    _node("not", "its argument", lambda node: node.args[0]),
    _node("sub", "add", _as("add")),
)


def _always(number: int) -> Callable[..., int]:
    return lambda *_: number


def _other_ties(function: Callable[..., Any]) -> Callable[..., Any]:
    turned = {"best_rank": "worst_rank", "worst_rank": "best_rank"}
    return lambda numbers, way: function(numbers, replace(way, ties=turned[way.ties]))


def _other_best(function: Callable[..., Any]) -> Callable[..., Any]:
    turned = {"highest": "lowest", "lowest": "highest"}
    return lambda numbers, way: function(numbers, replace(way, best=turned[way.best]))


def _rounded_down(numerator: int, denominator: int) -> int:
    return numerator // denominator


def _held_for_years_at_any_level(self: LevelRules, held: Any, assessment: Any) -> bool:
    years = assessment.organisation.years_at_level
    return self.previous(assessment) >= self.index[held.level] and years >= held.years


def _down_but_still_awarded(rules: Any, veto: Any, _: Any, decision: Decision) -> None:
    rules.lower(veto, max(decision.index - veto.effect.steps, -1), decision)


def _nothing(*_: Any) -> None:
    return None


def _effect(kind: str, value: Any, *needs: str) -> Mutation:
    return Mutation(
        f"veto {kind} by {value.__name__}",
        lambda patch: patch.setitem(levels._EFFECTS, kind, value),
        needs,
    )


_ranks_of_the_other, _kept = tallies._ranks, quotas._kept
_PEERS, _LIMIT, _LOWER = ("peers_mean",), ("kind: at_most",), ("kind: at_least",)

_EXPLAINING = (
    _set(cohort, "ranks", _other_ties(cohort.ranks), "rank:", label="with other ties"),
    _set(cohort, "ranks", _other_best(cohort.ranks), "rank:", label="from the other end"),
    _set(cohort, "half_up", _rounded_down, *_PEERS, label="rounded down", begin=95),
    _set(
        cohort,
        "dimension_of",
        lambda *_: "",
        *_PEERS,
        "\n  applies_when",
        label="forgotten",
        begin=185,
    ),
    _set(Scorer, "_missing", lambda *_: [], label="never"),
    _set(Scorer, "_broken", lambda *_: [], "from:", label="never"),
    _set(FirstPass, "not_rated", _nothing, "not_rated", label="never"),
    _set(LevelRules, "_was_held", _held_for_years_at_any_level, "held:", label="by years alone"),
    _set(LevelRules, "_one_step", _nothing, "one_step", label="never"),
    _set(LevelRules, "_capped", _nothing, "caps:", label="never"),
    _set(LevelRules, "_direct", _nothing, "direct:", label="never"),
    _set(levels, "turn", _always(0), "down:", label="in the order of the file"),
    _set(Decision, "awarded_between", lambda *_: -1, "direct:", *_LIMIT, label="none"),
    _effect("down", _down_but_still_awarded, "down:", "beside"),
    _effect("no_promotion", levels._lowest, "no_promotion"),
    _effect("clear_to_zero", levels._no_level, "clear_to_zero"),
    _effect("lowest_level", _nothing, "lowest_level"),
    _set(quotas, "_kept", lambda p, n, include: _kept(p, n, not include), *_LIMIT, label="turned"),
    _set(quotas, "_key", lambda quota, each: (each.assessment.total,), "tie_break", label="short"),
    _set(quotas, "_is_beside", lambda *_: False, "beside", *_LIMIT, label="never"),
    _set(quotas, "_place", quotas._key, *_LIMIT, "direct:", label="by points alone"),
    _set(quotas, "_raise_weakest", _always(0), *_LOWER, label="never"),
    _set(quotas, "_cut", _always(0), *_LIMIT, label="never"),
)


def _without_ties(numerators: Any, denominators: Any) -> Any:
    return np.zeros_like(numerators)


def _no_direct(self: Standings, chosen: Any) -> Any:
    return np.zeros(len(self.level), np.int8)[chosen]


def _total_alone(self: Quotas, quota: Any) -> list[Any]:
    return [lambda who: self.standings.total[who]]


def _include_turned(method: Callable[..., Any]) -> Callable[..., Any]:
    turned = {"include": "exclude", "exclude": "include", None: "include"}

    def fits(self: Quotas, quota: Any, *rest: Any) -> Any:
        return method(self, replace(quota, ties=turned[quota.ties]), *rest)

    return fits


_COLUMNAR = (
    _set(tallies, "_ranks", _other_ties(_ranks_of_the_other), "rank:", label="with other ties"),
    _set(tallies, "_ranks", _other_best(_ranks_of_the_other), "rank:", label="other end"),
    _set(tables, "half_up", _rounded_down, *_PEERS, label="rounded down", begin=95),
    _set(Course, "_was_held", lambda *_: const(1), "held:", label="always"),
    _set(Course, "_one_step", _nothing, "one_step", label="never"),
    _set(Course, "_capped", _nothing, "caps:", label="never"),
    _set(Course, "_direct", _nothing, "direct:", label="never"),
    _set(Course, "_highest_award", lambda *_: const(-1), "direct:", label="none"),
    _set(Eligibility, "left_out", lambda *_: NOBODY, "not_rated", label="nobody"),
    _set(Eligibility, "unfit", lambda *_: NOBODY, "eligibility", label="nobody"),
    _set(standings, "_ranked", _without_ties, "tie_break", *_LIMIT, label="all alike"),
    _set(
        standings,
        "_ranked",
        lambda n, d: n,
        "tie_break",
        "ratio(",
        label="numerators alone",
        begin=115,
    ),
    _set(Standings, "direct", _no_direct, "direct:", *_LIMIT, label="nobody"),
    _set(Quotas, "_points", _total_alone, "tie_break", label="without tie breakers"),
    _set(Quotas, "_fits", _include_turned(Quotas._fits), *_LIMIT, label="with other ties"),
    _set(Quotas, "_met", lambda self, quota, held, limits: held >= 0, label="always"),
)
MUTATIONS = (*_COMPILED, *_KERNEL, *_EXPLAINING, *_COLUMNAR)
