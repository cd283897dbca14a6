"""Changes that make the sample show every veto effect, every policy for missing data, and ties."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from believable import Drawing
from happenings import Column, event
from scored import result_alone

from evaluator.scoring.inputs import Organisation
from evaluator.scoring.round import Category, Result
from rules.lowering import indicators_of
from rules.lowering.names import Names
from rules.syntax import Fact, Veto

_MATTER = Column(texts=("经联审核实，详见核查报告",))


@dataclass
class Entrant:
    """One organisation of the sample with its facts; `special` says what it is there for."""

    organisation: Organisation
    drawing: Drawing
    facts: dict[str, Any]
    special: str = field(default="")


def veto_someone(category: Category, veto: Veto, entrants: list[Entrant]) -> bool:
    """Let a veto fall on one organisation whose level it changes; return whether one was found."""
    names = Names(category.rule_set)
    for entrant in entrants:
        if entrant.special or not entrant.organisation.applied:
            continue
        for name in sorted(names.facts_of(veto.when)):
            for value in _triggers(category.rule_set.facts[name], name, entrant):
                facts = {**entrant.facts, name: value}
                if _shows(category, veto, result_alone(category, entrant.organisation, facts)):
                    entrant.facts, entrant.special = facts, f"veto {veto.id}"
                    return True
    return False


def _triggers(fact: Fact, name: str, entrant: Entrant) -> Iterator[Any]:
    """Yield values of a fact that may make a veto fall, mild ones first."""
    if fact.type == "boolean":
        yield from (True, False)
    elif fact.type == "choice":
        yield from fact.options
    elif fact.type == "integer":
        yield from ("1", "2", "3", "5", "0")
    elif fact.type == "ratio":
        yield from ("0.55", "0.45", "0", "1")
    elif fact.type == "events":
        yield from _one_more(fact, name, entrant)


def _one_more(fact: Fact, name: str, entrant: Entrant) -> Iterator[Any]:
    """Yield the events of an organisation with one more, for each word of its choices."""
    day = entrant.drawing.rule_set.period.to - datetime.timedelta(days=80)
    choices = [key for key, each in fact.fields.items() if each.type == "choice"]
    texts = {key: _MATTER for key, each in fact.fields.items() if each.type == "text"}
    for words in itertools.product(*(fact.fields[key].options for key in choices)):
        drawn = event(entrant.drawing, name, fact, 99, day, texts)
        yield [*entrant.facts.get(name, []), {**drawn, **dict(zip(choices, words, strict=True))}]


def _shows(category: Category, veto: Veto, result: Result) -> bool:
    if result.assessment is None or result.decision is None:
        return False
    return [each.id for each in result.assessment.fallen_vetoes] == [veto.id] and any(
        veto.title.zh in step.zh for step in result.decision.steps
    )


def withhold(category: Category, policy: str, entrants: list[Entrant]) -> bool:
    """Take a fact away that an indicator has a policy for; return whether one was found."""
    for indicator in indicators_of(category.rule_set):
        if indicator.missing.kind != policy:
            continue
        for entrant, name in itertools.product(
            entrants, sorted(category.scorer.program.facts_of[indicator.id])
        ):
            if _lacks(category, indicator.id, policy, entrant, name):
                del entrant.facts[name]
                entrant.special = f"{indicator.id} {policy}"
                return True
    return False


def _lacks(category: Category, indicator: str, policy: str, entrant: Entrant, name: str) -> bool:
    """Return whether an organisation can do without a fact, to which the policy then applies."""
    if entrant.special or not entrant.organisation.applied or name not in entrant.facts:
        return False
    less = {key: value for key, value in entrant.facts.items() if key != name}
    assessment = result_alone(category, entrant.organisation, less).assessment
    if policy == "peers_mean":  # alone it has no peers, whose mean would stand in
        whole = result_alone(category, entrant.organisation, entrant.facts).assessment
        applies = whole is not None and whole.get("applies", indicator, default=1)
        return bool(applies) and _only_peers(category, indicator, name)
    return assessment is not None and bool(assessment.get("applies", indicator, default=1))


def _only_peers(category: Category, indicator: str, name: str) -> bool:
    readers = [
        each.missing.kind
        for each in indicators_of(category.rule_set)
        if name in category.scorer.program.facts_of[each.id]
    ]
    return set(readers) == {"peers_mean"}


def tie(entrants: list[Entrant]) -> bool:
    """Let two organisations of the same standing have the same facts."""
    free = [each for each in entrants if not each.special and each.organisation.applied]
    for first, second in itertools.combinations(free, 2):
        if first.organisation.previous_level == second.organisation.previous_level:
            second.facts = dict(first.facts)
            second.drawing = first.drawing
            second.organisation = replace(
                second.organisation,
                years_at_level=first.organisation.years_at_level,
                attributes=first.organisation.attributes,
            )
            first.special = second.special = "tie"
            return True
    return False


def stay_away(entrants: list[Entrant], rng: Random, count: int) -> None:
    """Let some organisations not apply: their records are known, what is asked is empty."""
    free = [each for each in entrants if not each.special]
    for entrant in rng.sample(free, count):
        kept = _recorded(entrant.drawing.rule_set.facts, entrant.facts)
        entrant.facts, entrant.special = kept, "not applied"
        entrant.organisation = replace(entrant.organisation, applied=False)


def _recorded(asked: Mapping[str, Fact], facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if asked[name].source.kind == "record"}
