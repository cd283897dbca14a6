"""Who is not rated, or left without a level, as the number of the step that says so."""

from __future__ import annotations

from evaluator.scoring.columnar.layout import Layout
from evaluator.scoring.columnar.refusals import lacking, reference
from evaluator.scoring.columnar.steps import StepWords
from evaluator.scoring.level_words import FOUNDED_WITHIN
from evaluator.scoring.round import Category
from rules import integers
from rules.integers import Int, const

NOBODY = const(0)


class Eligibility:
    """The conditions for being rated of one category; `unrated` are the steps that say not."""

    def __init__(self, category: Category, layout: Layout, words: StepWords):
        self.layout = layout
        self.entries = category.rule_set.eligibility
        self.needed = category.first_pass.needed
        self.founded_within = words.add(FOUNDED_WITHIN)
        self.steps = [words.add(entry.because) for entry in self.entries]
        self.late = _founded_within(category, layout)
        self.fails = [
            integers.negated(reference(layout.program, "eligible", str(number)))
            for number in range(len(self.entries))
        ]
        self.unrated = [
            self.founded_within,
            *(
                step
                for step, entry in zip(self.steps, self.entries, strict=True)
                if entry.otherwise == "not_rated"
            ),
        ]

    def unfit(self) -> Int:
        """Return the step of the first condition that does not hold, all facts being known."""
        found = NOBODY
        for step, fails in reversed(list(zip(self.steps, self.fails, strict=True))):
            found = integers.where(fails, const(step), found)
        return integers.where(self.late, const(self.founded_within), found)

    def left_out(self) -> Int:
        """Return the step of whoever is surely not rated before anybody is compared, else 0.

        A condition that cannot be decided yet stands in the way of all that follow, but where it
        would come to the same: not rated. Whoever lacks nothing is found here too, where nobody
        is compared; that comes to the same as deciding afterwards.
        """
        found = integers.where(self.late, const(self.founded_within), NOBODY)
        going = integers.negated(self.late)
        for number, (step, fails) in enumerate(zip(self.steps, self.fails, strict=True)):
            decidable = self._decidable(number)
            falls = integers.both(going, integers.both(decidable, fails))
            if self.entries[number].otherwise == "not_rated":
                found = integers.where(falls, const(step), found)
                going = integers.both(going, integers.negated(falls))
            else:
                going = integers.both(going, integers.both(decidable, integers.negated(fails)))
        return found

    def _decidable(self, number: int) -> Int:
        readers = self.needed[number]
        return NOBODY if readers is None else integers.negated(lacking(readers, self.layout))


def _founded_within(category: Category, layout: Layout) -> Int:
    if category.rule_set.organisations.part_year != "not_rated":
        return NOBODY
    return integers.less(const(category.rule_set.period.from_.toordinal()), layout.founded)
