"""A round under its own rules and under others: who moves, and who cannot be scored yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.round import Category
from evaluator.trials.bench import Bench
from evaluator.trials.data import without_collecting
from evaluator.trials.scored import Incomplete, Read, scored_anew
from evaluator.what_if.categories import Ready, ready
from evaluator.what_if.memory import NeedsReading
from evaluator.what_if.study import Study
from rules.syntax import RuleSet, Words

RuleSets = Mapping[str, RuleSet]


@dataclass(frozen=True)
class Tried:
    """A what-if over a round, with those whom the rules could not score yet.

    `lacking` counts by category and fact how many lack it; `incomplete` are those refused by the
    rules that were tried.
    """

    study: Study
    incomplete: Sequence[Incomplete] = ()
    lacking: Mapping[tuple[str, Words], int] = field(default_factory=dict)


def tried(bench: Bench, before: RuleSets, after: RuleSets) -> Tried:
    """Return what other rules would change; both sides have the same categories."""
    with without_collecting():
        sides = [_Side(bench, name, before[name], after[name]) for name in before]
    study = Study(
        {each.name: each.before for each in sides},
        {each.name: each.after for each in sides},
        {each.name: each.roster for each in sides},
    )
    incomplete = [one for each in sides for one in each.incomplete]
    lacking = Counter((one.category, lack) for one in incomplete for lack in one.lacks)
    return Tried(study, incomplete, dict(lacking.most_common()))


class _Side:
    """One category under both rules."""

    def __init__(self, bench: Bench, name: str, before: RuleSet, after: RuleSet):
        self.name = name
        scored = bench.scored(name, before)
        self.roster, self.before = scored.roster, scored.seen
        self.after, self.incomplete = scored.seen, scored.incomplete
        if after is before:
            return
        engine, read = Engine(Category(after)), scored.read
        try:
            scores = scored.by(engine)
        except NeedsReading:
            read = Read.of(after, bench.data.entries(name, after))
            engine, scores = read.engine, scored_anew(read)
        self.after = read.seen(engine, scores)
        self.incomplete = read.incomplete(scores[0], engine)


def category_for(bench: Bench, name: str, before: RuleSet, rule_set: RuleSet) -> Ready:
    """Return the participants of a category as columns, with the engine that scores them."""
    if rule_set is before:
        read = bench.scored(name, before).read
    else:
        read = Read.of(rule_set, bench.data.entries(name, rule_set))
    return ready(read.engine, read.columns)
