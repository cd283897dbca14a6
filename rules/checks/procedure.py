"""The rated period, organisations younger than it, and the steps of the round."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rules.checks.subject import Subject
from rules.problems import Problem, listed, nearest
from rules.syntax import Step


def period(subject: Subject) -> Iterator[Problem]:
    """Yield a rated period that ends before it begins, and targets for years gone by."""
    rated = subject.rule_set.period
    if rated.from_ > rated.to:
        yield Problem(
            rated.where,
            "dates",
            f"the period begins on {rated.from_} and ends before "
            f"that, on {rated.to}. Swap the two.",
        )
    for target in subject.rule_set.targets:
        if target.by < rated.from_.year:
            yield Problem(
                target.where,
                "dates",
                f"the target is set for {target.by}, before the "
                f"rated period; allowed is {rated.from_.year} or later.",
            )


def terms(subject: Subject) -> Iterator[Problem]:
    """Yield terms that run backwards, or that begin before the one above them has ended."""
    for measure in subject.rule_set.measures.values():
        listed_terms = measure.missed.terms if measure.missed else ()
        for term in listed_terms:
            if term.from_ > term.to:
                yield Problem(
                    term.where,
                    "dates",
                    f"the term begins on {term.from_} and ends before that, on {term.to}. "
                    "Swap the two.",
                )
        for earlier, later in pairwise(listed_terms):
            if later.from_ <= earlier.to:
                yield Problem(
                    later.where,
                    "dates",
                    f"the term begins on {later.from_}, and the one above it ends on "
                    f"{earlier.to}. Terms follow one another: mend the dates.",
                )


def part_year(subject: Subject) -> Iterator[Problem]:
    """Yield organisations that would count from a founding day which no fact holds."""
    node, facts = subject.rule_set.organisations, subject.rule_set.facts
    dates = [name for name, fact in facts.items() if fact.type == "date"]
    if node.founded is None:
        if node.part_year != "in_full":
            yield Problem(
                node.where,
                "founded",
                f"part_year: {node.part_year} needs to know the "
                "founding day; add `founded: FACT` with a fact of type date, or write "
                "`part_year: in_full`.",
            )
    elif node.founded not in dates:
        kind = f"holds {facts[node.founded].type}" if node.founded in facts else "is no fact"
        yield Problem(
            node.where,
            "founded",
            f'founded: "{node.founded}" {kind}; allowed is a fact '
            f"of type date: {listed(dates)}.{nearest(node.founded, dates)}",
        )


def steps(subject: Subject) -> Iterator[Problem]:
    """Yield steps whose dates run backwards, and public notices without a length."""
    procedure = subject.rule_set.procedure
    for step in procedure:
        if step.from_ and step.to and step.from_ > step.to:
            yield Problem(
                step.where,
                "dates",
                f'the step "{step.step}" begins on {step.from_} and '
                f"ends before that, on {step.to}. Swap the two.",
            )
        if step.step == "public_notice" and not step.working_days:
            yield Problem(
                step.where,
                "notice",
                "a public notice needs its length in working "
                "days; add `working_days: 5`, or as many as are meant.",
            )
    dated = [step for step in procedure if step.from_ or step.to]
    for earlier, later in pairwise(dated):
        yield from _order(earlier, later)


def _order(earlier: Step, later: Step) -> Iterator[Problem]:
    begins, next_begins = (step.from_ or step.to for step in (earlier, later))
    if begins and next_begins and next_begins < begins:
        yield Problem(
            later.where,
            "dates",
            f'the step "{later.step}" begins on {next_begins}, '
            f'before "{earlier.step}" above it begins on {begins}. Steps stand in the '
            "order in which they begin: mend the dates, or change the order.",
        )
