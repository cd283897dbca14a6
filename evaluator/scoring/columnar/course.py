"""The course of one decision: from bands and gates through everything that overrules the score."""

from __future__ import annotations

from collections.abc import Callable

from evaluator.scoring import level_words
from evaluator.scoring.columnar.layout import Layout
from evaluator.scoring.columnar.refusals import reference
from evaluator.scoring.columnar.steps import StepWords
from evaluator.scoring.levels import NO_LEVEL, turn
from evaluator.scoring.round import Category
from rules import integers
from rules.integers import Int, const
from rules.syntax import Held, Level, Veto

_NONE = const(NO_LEVEL)


class Course:
    """A level on its way, as expressions; the order is that of `LevelRules.decide`.

    `level` is the index reached so far, `awarded` has a bit for each level that can be awarded
    directly, `stages` the numbers of the steps, one expression for each place at which one may be
    taken; `cleared` says whether a veto clears the total.
    """

    def __init__(self, category: Category, layout: Layout, words: StepWords):
        self.rules = category.levels
        self.rule_set = category.rule_set
        self.layout = layout
        self.words = words
        self.reached = self._reached()
        self.level = _NONE
        self.awarded: dict[int, Int] = {}
        self.stages: list[Int] = []
        self.cleared = integers.any_of(
            [
                self._output("veto", veto.id)
                for veto in self.rule_set.vetoes
                if veto.effect.kind == "clear_to_zero"
            ]
        )

    def run(self, fit: Int) -> None:
        """Decide for whoever is fit to hold a level; all others have none, and take no step."""
        self.level = integers.where(fit, self.reached[-1], _NONE)
        self._direct(fit)
        self._capped()
        self._one_step()
        for veto in sorted(self.rule_set.vetoes, key=turn):
            self._vetoed(veto)

    def below(self, level: str) -> Int:
        """Return where an upper quota moves to: the next level reached, or awarded directly."""
        number = self.rules.index[level]
        return integers.maximum(self.reached[number], self._highest_award(number))

    def awarded_bits(self) -> Int:
        """Return the levels awarded directly as one number: bit n says that level n was."""
        found = const(0)
        for number, bit in self.awarded.items():
            found = integers.add(found, integers.mul(bit, const(2**number)))
        return found

    def _output(self, *key: str) -> Int:
        return reference(self.layout.program, *key)

    def _reached(self) -> list[Int]:
        """Return for each level, and for the end, the highest one below it that is open."""
        found = [_NONE]
        for number, level in enumerate(self.rules.levels):
            is_open = integers.both(self._output("band", level.id), self._gates_hold(level))
            found.append(integers.where(is_open, const(number), found[-1]))
        return found

    def _gates_hold(self, level: Level) -> Int:
        holds = const(1)
        for place, gate in enumerate(level.gates):
            known = (
                self._was_held(gate.held)
                if gate.held
                else self._output("gate", level.id, str(place))
            )
            holds = integers.both(holds, known)
        return holds

    def _was_held(self, held: Held) -> Int:
        """Return whether a prior standing is there; a higher one needs a single year."""
        asked, previous = const(self.rules.index[held.level]), self.layout.previous
        higher = integers.less(asked, previous)
        years = integers.where(higher, const(min(held.years, 1)), const(held.years))
        enough = integers.at_most(years, self.layout.years)
        return integers.both(integers.at_most(asked, previous), enough)

    def _highest_award(self, end: int) -> Int:
        """Return the highest level below an end that was awarded directly, or none."""
        found = _NONE
        for number, bit in self.awarded.items():
            if number < end:
                found = integers.where(bit, const(number), found)
        return found

    def _move(self, moved: Int, target: Int, step: Int) -> None:
        """Let some organisations move to a target, and note by which step."""
        self.level = integers.where(moved, target, self.level)
        self.stages.append(integers.where(moved, step, const(0)))

    def _direct(self, fit: Int) -> None:
        for number, level in enumerate(self.rules.levels):
            for place, award in enumerate(level.direct):
                won = integers.both(fit, self._output("direct", level.id, str(place)))
                self.awarded[number] = integers.either(self.awarded.get(number, const(0)), won)
                step = self.words.add(level_words.awarded(award, level))
                rises = integers.both(won, integers.less(self.level, const(number)))
                self._move(rises, const(number), const(step))

    def _capped(self) -> None:
        for number, cap in enumerate(self.rule_set.levels.caps):
            top = self.rules.index[cap.at_most]
            step = self.words.add(level_words.capped(cap, self.rules.title(top)))
            above = integers.less(const(top), self.level)
            falls = integers.both(self._output("cap", str(number)), above)
            self._move(falls, const(top), const(step))

    def _one_step(self) -> None:
        """Number the steps by the level before, then by the highest level that is left."""
        size = len(self.rules.levels)
        if self.rule_set.levels.promotion != "one_step":
            return
        next_up = integers.add(self.layout.previous, const(1))
        top = integers.maximum(next_up, self._highest_award(size))
        if ("skip",) in self.layout.program.index:
            top = integers.where(self._output("skip"), const(size), top)
        falls = integers.less(top, self.level)
        first = self.words.add(
            *(
                level_words.one_step(
                    self.rules.title(before), self.rules.title(most), most > before + 1
                )
                for before in range(NO_LEVEL, size - 1)
                for most in range(size)
            )
        )
        number = integers.add(integers.mul(next_up, const(size)), top)
        step = integers.add(number, const(first))
        self._move(falls, integers.minimum(top, self.level), step)

    def _vetoed(self, veto: Veto) -> None:
        """Number the steps of a veto by the level that it leaves."""
        fallen = self._output("veto", veto.id)
        target = _TARGETS[veto.effect.kind](self, veto)
        if veto.effect.kind == "down":
            stays = integers.negated(fallen)
            self.awarded = {
                number: integers.both(bit, stays) for number, bit in self.awarded.items()
            }
        falls = integers.both(fallen, integers.less(target, self.level))
        if falls.high == 0:
            return
        left = range(target.low, target.high + 1)
        first = self.words.add(*(level_words.vetoed(veto, self.rules.title(each)) for each in left))
        self._move(falls, target, integers.add(target, const(first - target.low)))

    def _after_steps(self, veto: Veto) -> Int:
        return integers.maximum(integers.sub(self.level, const(veto.effect.steps)), _NONE)

    def _after_clearing(self) -> Int:
        """Return the lowest level where a total of 0 reaches it and its gates hold, else none."""
        if not self.rules.levels or self.rules.levels[0].at_least > 0:
            return _NONE
        return integers.where(self._gates_hold(self.rules.levels[0]), const(0), _NONE)


_TARGETS: dict[str, Callable[[Course, Veto], Int]] = {
    "no_level": lambda course, veto: _NONE,
    "lowest_level": lambda course, veto: const(0),
    "at_most": lambda course, veto: const(course.rules.index[veto.effect.level]),
    "no_promotion": lambda course, veto: course.layout.previous,
    "down": Course._after_steps,
    "clear_to_zero": lambda course, veto: course._after_clearing(),
}
