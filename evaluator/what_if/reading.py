"""Rules and data to a what-if: the same organisations under both sets of rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from evaluator.files import Submission, load_folder, read_round
from evaluator.what_if.gathering import IN_COLUMNS
from evaluator.what_if.in_columns import BothSides, Rounds
from evaluator.what_if.rounds import CategoryRound, Roster, explained, rosters_of
from evaluator.what_if.stages import Begin, unseen
from evaluator.what_if.study import Study
from rules.checks import check
from rules.loader import load_rule_set
from rules.problems import Position, Problem, RuleErrors, listed
from rules.syntax import RuleSet

RuleSets = Mapping[str, RuleSet]


def load_rules(path: Path) -> dict[str, RuleSet]:
    """Return the rule sets of a folder or of one file by category; raises RuleErrors."""
    if path.is_dir():
        return load_folder(path)
    rule_set = _checked(path)
    return {rule_set.category: rule_set}


def _checked(path: Path) -> RuleSet:
    rule_set = load_rule_set(path)
    problems = check(rule_set)
    if problems:
        raise RuleErrors(problems)
    return rule_set


def read_study(before: Path, after: Path, data: Path, begin: Begin = unseen) -> Study:
    """Return the what-if of two sets of rules; raises RuleErrors and TableErrors.

    Only categories that both have are compared; of one file the rule sets beside it say how the
    rows of other categories are read, which are then left out.
    """
    old, new = load_rules(before), load_rules(after)
    common = [name for name in old if name in new]
    if not common:
        raise RuleErrors([_nothing_in_common(after, old, new)])
    others = {**beside(before), **old}
    only = {
        "only_before": tuple(name for name in old if name not in new),
        "only_after": tuple(name for name in new if name not in old),
    }
    if data.suffix.lower() in IN_COLUMNS:
        (first, second), rosters = _in_columns((old, new), others, common, data, begin)
        return Study(first, second, rosters, **only)
    readable = {**others, **{each: _joined(old[each], new[each], new[each]) for each in common}}
    submissions = [
        each for each in read_round(data, readable) if each.organisation.category in common
    ]
    return Study(
        explained(old, _for_side(old, submissions)),
        explained(new, _for_side(new, submissions)),
        rosters_of(submissions),
        **only,
    )


def _in_columns(
    sides: tuple[RuleSets, RuleSets],
    others: RuleSets,
    common: Sequence[str],
    data: Path,
    begin: Begin,
) -> tuple[tuple[Rounds, Rounds], dict[str, Roster]]:
    """Return what both sides come to, with the rules as they were given."""
    both = [
        {name: _joined(side[name], other[name], sides[1][name]) for name in common}
        for side, other in (sides, sides[::-1])
    ]
    found = BothSides(data, (both[0], both[1]), others)
    found.read(begin)
    before, after = (
        {name: _with_rules(each, side[name]) for name, each in rounds.items()}
        for side, rounds in zip(sides, (found.before, found.after), strict=True)
    )
    return (before, after), found.rosters


def _with_rules(round_: CategoryRound, rule_set: RuleSet) -> CategoryRound:
    """Return a round with the rules as they were given, without facts of the other side."""
    absent = tuple(name for name in rule_set.facts if name in round_.absent)
    return replace(round_, rule_set=rule_set, absent=absent)


def beside(path: Path) -> dict[str, RuleSet]:
    """Return the rule sets beside a file, those that are in order; none beside a folder."""
    found: dict[str, RuleSet] = {}
    for each in sorted(path.parent.glob("*.yaml")) if path.is_file() else []:
        try:
            rule_set = _checked(each)
        except RuleErrors:
            continue
        found.setdefault(rule_set.category, rule_set)
    return found


def _joined(side: RuleSet, other: RuleSet, first: RuleSet) -> RuleSet:
    """Return a rule set with the facts of both, to read a file that serves both.

    Both sides have them in one order, that of the rule set whose facts come first.
    """
    facts = {**other.facts, **side.facts}
    return replace(side, facts={name: facts[name] for name in (*first.facts, *sorted(facts))})


def _for_side(rule_sets: RuleSets, submissions: Sequence[Submission]) -> list[Submission]:
    """Return submissions with the facts that one side declares."""
    return [
        replace(each, facts={name: each.facts[name] for name in each.facts if name in declared})
        for each in submissions
        if (declared := rule_sets[each.organisation.category].facts) is not None
    ]


def _nothing_in_common(path: Path, old: RuleSets, new: RuleSets) -> Problem:
    return Problem(
        Position(str(path)),
        "category",
        f"rates {listed(new)}, the other rules rate {listed(old)}; a comparison needs a category "
        "that both rate: give two rule sets of the same category.",
    )
