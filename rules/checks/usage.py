"""Facts that nobody reads, and facts that count in more than one place."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import combinations

from rules.checks.subject import Subject, measure_sources, names_in
from rules.problems import Problem, listed
from rules.syntax import Dimension, Indicator, Veto

Place = tuple[Indicator | Veto, Dimension | None]
"""Where a fact counts: an indicator with its dimension, or a veto."""


def unused(subject: Subject) -> Iterator[Problem]:
    """Yield facts and measures that nothing reads: they would be asked for in vain."""
    rule_set = subject.rule_set
    names = set(subject.reads(rule_set)) | {each.among for each in rule_set.quotas}
    names.add(rule_set.organisations.founded or "")
    read = _behind(names, subject)
    for kind, declared in (("fact", rule_set.facts), ("measure", rule_set.measures)):
        for name, node in declared.items():
            if name not in read:
                yield Problem(
                    node.where,
                    "unused",
                    f'nothing reads the {kind} "{name}"; use it in an '
                    "indicator, gate, veto, quota or measure that is used, or remove it.",
                )


def _behind(names: set[str], subject: Subject) -> set[str]:
    """Return the names, and all that the measures among them read."""
    declared = [*subject.rule_set.facts, *subject.rule_set.measures]
    read: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in declared:  # reported as unknown; what was meant is read
            name = next(iter(get_close_matches(name, declared, n=1)), name)
        if name in read:
            continue
        read.add(name)
        measure = subject.rule_set.measures.get(name)
        if measure:
            ways = (measure.rank, measure.highest, measure.lowest, measure.group_mean)
            waiting += [
                *subject.reads(measure),
                *measure_sources(measure),
                *(way.among for way in ways if way),
            ]
    return read


def counted_twice(subject: Subject) -> Iterator[Problem]:
    """Yield facts that two indicators, or an indicator and a veto, let count without saying so."""
    for fact, places in _places(subject).items():
        node = subject.rule_set.facts[fact]
        if node.reused or node.source.kind == "organisation":
            continue
        clash = next(
            (
                pair
                for pair in combinations(places, 2)
                if _both_count(*pair, subject) and not _once(fact, *pair, subject)
            ),
            None,
        )
        if clash:
            yield _problem(fact, clash)


def _places(subject: Subject) -> dict[str, list[Place]]:
    places: dict[str, list[Place]] = {}
    for group in subject.groups:
        dimension = group if isinstance(group, Dimension) else None
        for indicator in group.indicators:
            for fact in sorted(subject.facts_of(indicator.rule)):
                places.setdefault(fact, []).append((indicator, dimension))
    for veto in subject.rule_set.vetoes:
        for name in sorted(names_in(veto.when)):
            for fact in subject.facts_behind(name):
                if (veto, None) not in places.setdefault(fact, []):
                    places[fact].append((veto, None))
    return places


def _both_count(one: Place, other: Place, subject: Subject) -> bool:
    """Return whether both places weigh on one result; alternatives replace each other."""
    (first, here), (second, there) = one, other
    if isinstance(second, Veto):
        return isinstance(first, Indicator)
    if isinstance(first, Indicator) and first.alternative == second.alternative is not None:
        return False
    if here is None or there is None or here is there:
        return True
    if here.alternative and here.alternative == there.alternative:
        return False
    return _counts(here, subject) and _counts(there, subject)


def _counts(dimension: Dimension, subject: Subject) -> bool:
    composition = subject.rule_set.composition
    return dimension.counts or bool(composition and dimension.id in names_in(composition))


def _once(fact: str, one: Place, other: Place, subject: Subject) -> bool:
    return any(
        entry.fact == fact and {one[0].id, other[0].id} <= set(entry.among)
        for entry in subject.rule_set.count_once
    )


def _problem(fact: str, clash: tuple[Place, Place]) -> Problem:
    (first, _), (second, _) = clash
    ids = listed([first.id, second.id])
    once = "Choose: let one of them read something else, or "
    if _has_parts(first) and _has_parts(second):
        once = f"Choose: `count_once: [{{fact: {fact}, among: [{ids}]}}]` lets it weigh once, or "
    kind = "veto" if isinstance(second, Veto) else "indicator"
    return Problem(
        second.where,
        "counted-twice",
        f'"{fact}" counts in "{first.id}" (line {first.where.line}) and again in the {kind} '
        f'"{second.id}". {once}`reused: WHY` on the fact says that it is meant to count in both.',
    )


def _has_parts(place: Indicator | Veto) -> bool:
    """Return whether `count_once` can work here: on parts, or on a veto that covers them."""
    rule = place.rule if isinstance(place, Indicator) else None
    return rule is None or bool(rule.deduct or rule.award or rule.adjust)
