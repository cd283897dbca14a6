"""The same decisions as the explaining path's, as expressions over a program's outputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evaluator.scoring.columnar import refusals
from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.course import Course
from evaluator.scoring.columnar.eligibility import Eligibility
from evaluator.scoring.columnar.layout import Layout
from evaluator.scoring.columnar.outcome import Decided
from evaluator.scoring.columnar.steps import StepWords
from evaluator.scoring.level_words import beyond_quota, lower_quota
from evaluator.scoring.levels import NO_LEVEL, LevelRules
from evaluator.scoring.round import Category
from rules import integers
from rules.integers import Int, const
from rules.lowering import Program
from rules.syntax import Quota, Words

Ties = Sequence[tuple[Int, Int]]


@dataclass(frozen=True)
class Decisions:
    """What `Decided` holds, as expressions over the outputs of a program and the slots of a layout.

    `left` is the step that says why an organisation is surely not rated before anybody is
    compared, 0 for the others. Where the rule set compares organisations (`grouped`) it is worked
    out first, with `Layout.ungrouped` known, and handed back as a slot for everything else;
    otherwise one run does. `stages` hold numbers of steps, and `words` what each number says;
    0 is no step. `moves` is the number of the first step of each quota: an upper one has a step
    for each level below, from none upwards.
    """

    grouped: bool
    left: Int
    refused: Int
    assessed: Int
    decided: Int
    rated: Int
    total: Int
    level: Int
    awarded: Int
    below: Mapping[str, Int]
    ties: Mapping[str, Ties]
    stages: Sequence[Int]
    words: Sequence[Words]
    moves: Mapping[str, int]

    @property
    def wanted(self) -> list[Int]:
        """Return all expressions but `left`, in the order that `collect` expects."""
        return [
            self.refused,
            self.assessed,
            self.decided,
            self.rated,
            self.total,
            self.level,
            self.awarded,
            *self.below.values(),
            *(each for pairs in self.ties.values() for pair in pairs for each in pair),
            *self.stages,
        ]

    def collect(
        self, columns: Columns, arrays: Sequence[Array], points: Mapping[str, Array] | None = None
    ) -> Decided:
        """Return what the arrays of the wanted expressions come to, and points if any."""
        found = iter(arrays)
        refused, assessed, decided, rated = (truth(next(found)) for _ in range(4))
        total, level, awarded = (next(found) for _ in range(3))
        return Decided(
            columns.size,
            columns.applied,
            refused,
            assessed,
            decided,
            rated,
            total,
            level,
            awarded,
            {name: next(found) for name in self.below},
            {
                name: [(next(found), next(found)) for _ in pairs]
                for name, pairs in self.ties.items()
            },
            columns.groups,
            [next(found) for _ in self.stages],
            points or {},
        )

    def moved(self, quota: Quota, who: Bools, below: Mapping[str, Array]) -> Array:
        """Return the numbers of the steps by which a quota moved some organisations."""
        first = self.moves[quota.id]
        if quota.kind == "at_most":
            return np.where(who, below[quota.id].astype(np.int64) + (first - NO_LEVEL), 0)
        return np.where(who, first, 0)


def truth(array: Array) -> Bools:
    """Return an array of 0 and 1 as truths, without a copy."""
    return array.view(np.bool_)


@dataclass(frozen=True)
class _Usable:
    """What becomes of organisations as far as their facts can be used."""

    left: Int
    refused: Int
    assessed: Int
    decided: Int


def decisions_of(category: Category, layout: Layout) -> Decisions:
    """Return the decisions of a category."""
    words = StepWords()
    eligibility = Eligibility(category, layout, words)
    first = eligibility.left_out()
    grouped = category.scorer.grouped
    usable = _usable(layout, layout.left if grouped else first, grouped)
    unfit = _unfit(eligibility, usable)
    course = Course(category, layout, words)
    course.run(integers.both(usable.decided, integers.negated(_is(unfit))))
    unrated = integers.any_of([integers.equal(unfit, const(each)) for each in eligibility.unrated])
    program, quotas = layout.program, category.rule_set.quotas
    total = integers.where(course.cleared, const(0), refusals.reference(program, "total"))
    return Decisions(
        grouped,
        first,
        usable.refused,
        usable.assessed,
        usable.decided,
        integers.both(usable.decided, integers.negated(unrated)),
        integers.where(usable.assessed, total, const(0)),
        course.level,
        course.awarded_bits(),
        {each.id: course.below(each.level) for each in quotas if each.kind == "at_most"},
        {each.id: _ties(each, program) for each in quotas},
        [stage for stage in (unfit, *course.stages) if stage.high > 0],
        words.words,
        {each.id: _add_moves(each, category.levels, words) for each in quotas},
    )


def _usable(layout: Layout, left: Int, grouped: bool) -> _Usable:
    """Return who is refused, and who has points.

    Whoever is left out is refused only for facts that are wrong, and not for those that are
    missing; where organisations are compared, not even that is looked at, and it has no points.
    """
    inside, stays = integers.negated(layout.outside), integers.negated(_is(left))
    lacking = refusals.lacking(layout.program.readers, layout)
    broken = refusals.broken(layout)
    refused = integers.either(lacking, broken)
    assessed = integers.both(inside, integers.negated(refused))
    if grouped:
        found, assessed = integers.both(refused, stays), integers.both(assessed, stays)
    else:
        found = integers.either(broken, integers.both(lacking, stays))
    decided = integers.both(inside, integers.negated(found))
    return _Usable(left, integers.both(inside, found), assessed, decided)


def _unfit(eligibility: Eligibility, usable: _Usable) -> Int:
    """Return the step that leaves an organisation unrated or without a level, else 0."""
    unfit = eligibility.unfit()
    step = integers.where(_is(usable.left), usable.left, unfit)
    return integers.where(usable.decided, step, const(0))


def _is(step: Int) -> Int:
    """Return whether there is a step."""
    return integers.less(const(0), step)


def _ties(quota: Quota, program: Program) -> Ties:
    """Return the tie breakers of a quota as numerators and denominators."""
    return [
        (
            refusals.reference(program, "tie", quota.id, str(number)),
            refusals.reference(program, "tie", quota.id, str(number), "denominator"),
        )
        for number in range(len(quota.tie_break))
    ]


def _add_moves(quota: Quota, levels: LevelRules, words: StepWords) -> int:
    """Number the steps of a quota; a target moves nobody and has none."""
    level = levels.index[quota.level]
    if quota.kind == "at_most":
        held = levels.title(level)
        below = range(NO_LEVEL, level)
        return words.add(*(beyond_quota(quota, held, levels.title(each)) for each in below))
    if quota.kind == "at_least":
        return words.add(lower_quota(quota, levels.title(level)))
    return 0
