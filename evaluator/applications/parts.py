"""A rule set as the parts of a page: dimensions and blocks, and where each fact is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rules.lowering import Program
from rules.syntax import Block, Dimension, Fact, Indicator, Words

ASKED = frozenset({"asked", "record", "organisation"})
"""Sources whose facts the branch gives where nobody else has."""
CORRECTABLE = ASKED | {"imported"}
"""Sources whose facts the branch may correct with a reason."""

CONDITIONS = "conditions"
_CONDITIONS_TITLE = Words("参评与晋级条件", "Conditions and vetoes")


@dataclass(frozen=True)
class Place:
    """An indicator on its page: the facts that are asked here, and those asked elsewhere."""

    indicator: Indicator
    here: tuple[str, ...]
    elsewhere: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A dimension, a block, or the conditions of levels and vetoes, as one page of the form.

    `facts` are those that no indicator reads, asked at the part itself.
    """

    id: str
    title: Words
    group: Dimension | Block | None
    places: tuple[Place, ...] = ()
    facts: tuple[str, ...] = ()
    owns: frozenset[str] = field(default_factory=frozenset)


def parts_of(program: Program) -> Iterator[Part]:
    """Yield the parts of a rule set in its order; each fact is asked where it is first read."""
    rule_set, asked = program.rule_set, set[str]()
    reading = _readers_by_indicator(program)
    groups: tuple[Dimension | Block, ...] = (*rule_set.dimensions, *rule_set.blocks)
    for group in groups:
        places, before = [], set(asked)
        for indicator in group.indicators:
            read = [name for name in rule_set.facts if name in reading[indicator.id]]
            here = tuple(name for name in read if name not in asked)
            places.append(Place(indicator, here, tuple(each for each in read if each in asked)))
            asked.update(here)
        yield Part(group.id, group.title, group, tuple(places), owns=frozenset(asked - before))
    left = {name for reader in program.readers for name in reader.facts} - asked
    facts = tuple(name for name in rule_set.facts if name in left)
    if facts:
        yield Part(CONDITIONS, _CONDITIONS_TITLE, None, (), facts, frozenset(facts))


def may_be_given(fact: Fact, known: bool) -> bool:
    """Return whether the branch may say something of a fact: give it, or correct what is known."""
    return fact.source.kind in (CORRECTABLE if known else ASKED)


def _readers_by_indicator(program: Program) -> dict[str, frozenset[str]]:
    """Return the facts of each indicator, those of its own condition and its dimension's too."""
    found = dict(program.facts_of)
    for reader in program.readers:
        if reader.key[0] == "applies":
            found[reader.key[1]] |= reader.facts
    conditions = {
        reader.key[1]: reader.facts for reader in program.readers if reader.key[0] == "dimension"
    }
    for dimension in program.rule_set.dimensions:
        for indicator in dimension.indicators:
            found[indicator.id] |= conditions.get(dimension.id, frozenset())
    return found
