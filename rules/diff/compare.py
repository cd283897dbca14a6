"""Compares the meaning of two rule sets, part by part."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rules.describe.labels import Labels
from rules.diff.aspects import PERIOD, Aspect, aspects_of
from rules.diff.changes import NO_WORDS, Change
from rules.diff.names import ASPECTS
from rules.diff.normal import normal
from rules.diff.sentences import OF_LEVEL, SENTENCES, sentence_changes
from rules.schema import plain
from rules.syntax import (
    Block,
    Dimension,
    Fact,
    Indicator,
    Level,
    Levels,
    Measure,
    Node,
    Organisations,
    Quota,
    RuleSet,
    Scale,
    Veto,
    Words,
)

_HELD_BY_RULE_SET = (
    "period", "scale", "organisations", "facts", "measures", "dimensions", "blocks", "count_once",
    "eligibility", "vetoes", "levels", "quotas", "targets", "procedure", "follow_up",
)  # fmt: skip


Table = Mapping[str, Any]


@dataclass(frozen=True)
class Sides:
    """The labels of the old and of the new rule set, by which each side is said."""

    old: Labels
    new: Labels


def compare(old: RuleSet, new: RuleSet) -> list[Change]:
    """Return every change of meaning; none where both mean the same."""
    sides = Sides(Labels(old), Labels(new))
    changes = [*_rule_set(old, new, sides), *_parts(old, new, sides), *_levels(old, new, sides)]
    for sentence in SENTENCES:
        changes += sentence_changes(sentence, (old, new), "", (sides.old, sides.new))
    changes += _tables("quota", (_by_id(old.quotas), _by_id(new.quotas)), aspects_of(Quota), sides)
    changes += _tables("fact", (old.facts, new.facts), aspects_of(Fact), sides)
    changes += _tables("measure", (old.measures, new.measures), aspects_of(Measure), sides)
    if not changes and normal(old) != normal(new):
        changes.append(Change("changed", "rule_set", new.rule_set, new.title))
    return changes


def _rule_set(old: RuleSet, new: RuleSet, sides: Sides) -> Iterator[Change]:
    pairs: list[tuple[Node, Node, list[Aspect]]] = [
        (old, new, [*aspects_of(RuleSet, _HELD_BY_RULE_SET), PERIOD]),
        (old.scale, new.scale, aspects_of(Scale)),
        (old.organisations, new.organisations, aspects_of(Organisations)),
        (old.levels, new.levels, aspects_of(Levels, ("caps", "from_low_to_high"))),
    ]
    for before, after, aspects in pairs:
        yield from _changed("rule_set", "", NO_WORDS, (before, after), aspects, sides)


def _parts(old: RuleSet, new: RuleSet, sides: Sides) -> Iterator[Change]:
    dimensions = _by_id(old.dimensions), _by_id(new.dimensions)
    yield from _tables("dimension", dimensions, aspects_of(Dimension, ("indicators",)), sides)
    blocks = _by_id(old.blocks), _by_id(new.blocks)
    yield from _tables("block", blocks, aspects_of(Block, ("indicators",)), sides)
    yield from _indicators(old, new, sides)
    vetoes = _by_id(old.vetoes), _by_id(new.vetoes)
    yield from _tables("veto", vetoes, aspects_of(Veto), sides)


def _by_id(items: Iterable[Any]) -> dict[str, Any]:
    return {each.id: each for each in items}


def _indicators(old: RuleSet, new: RuleSet, sides: Sides) -> Iterator[Change]:
    before, after = _with_groups(old), _with_groups(new)
    alone = [{name: each for name, (each, _) in side.items()} for side in (before, after)]
    yield from _tables("indicator", (alone[0], alone[1]), aspects_of(Indicator), sides)
    for name, (indicator, group) in after.items():
        if name in before and before[name][1].id != group.id:
            yield Change(
                "changed",
                "indicator",
                name,
                indicator.title,
                "group",
                ASPECTS["group"],
                before[name][1].title,
                group.title,
            )


def _with_groups(rule_set: RuleSet) -> dict[str, tuple[Indicator, Dimension | Block]]:
    groups: tuple[Dimension | Block, ...] = (*rule_set.dimensions, *rule_set.blocks)
    return {each.id: (each, group) for group in groups for each in group.indicators}


def _tables(
    part: str, tables: tuple[Table, Table], aspects: list[Aspect], sides: Sides
) -> Iterator[Change]:
    """Compare what has a name: removed, added, and changed in each respect."""
    old, new = tables
    for name, before in old.items():
        if name not in new:
            yield Change(
                "removed", part, name, _title(before, sides.old), old=_summary(before, sides.old)
            )
    for name, after in new.items():
        if name not in old:
            yield Change(
                "added", part, name, _title(after, sides.new), new=_summary(after, sides.new)
            )
        else:
            yield from _changed(
                part, name, _title(after, sides.new), (old[name], after), aspects, sides
            )


def _title(node: Any, labels: Labels) -> Words:
    if isinstance(node, Quota):
        return labels.levels.get(node.level, NO_WORDS)
    title = getattr(node, "title", None) or getattr(node, "label", None)
    return title if isinstance(title, Words) else NO_WORDS


_SUMMARY = ("points", "cap", "at_least", "share", "number", "rule", "way", "when", "effect")


def _summary(node: Any, labels: Labels) -> Words:
    """Return in a few words what was added or removed."""
    by_name = {each.name: each for each in aspects_of(type(node))}
    aspects = [by_name[name] for name in _SUMMARY if name in by_name]
    zh, en = (
        [text.replace("\n", " ") for each in aspects if (text := each.say(node, labels, language))]
        for language in ("zh", "en")
    )
    return Words("；".join(zh), "; ".join(en))


def _changed(
    part: str, name: str, title: Words, pair: tuple[Node, Node], aspects: list[Aspect],
    sides: Sides
) -> Iterator[Change]:  # fmt: skip
    old, new = pair
    before, after = normal(old), normal(new)
    for aspect in aspects:
        if any(before[each] != after[each] for each in aspect.attributes):
            said = [
                Words(aspect.say(node, labels, "zh"), aspect.say(node, labels, "en"))
                for node, labels in ((old, sides.old), (new, sides.new))
            ]
            if said[0] == said[1]:
                said = [_written(node, aspect) for node in pair]
            yield Change("changed", part, name, title, aspect.name, aspect.title, *said)


def _written(node: Node, aspect: Aspect) -> Words:
    """Return what was written, where the words of both sides do not tell them apart."""
    found = plain(node)
    keys = [each.rstrip("_") for each in aspect.attributes]
    return Words(json.dumps({key: found.get(key) for key in keys}, ensure_ascii=False))


def _levels(old: RuleSet, new: RuleSet, sides: Sides) -> Iterator[Change]:
    before, after = (_by_id(each.levels.from_low_to_high) for each in (old, new))
    yield from _tables("level", (before, after), aspects_of(Level, ("gates", "direct")), sides)
    kept = [name for name in after if name in before]
    if kept != [name for name in before if name in after]:
        lists = [Words("、".join(side), ", ".join(side)) for side in (before, after)]
        yield Change("changed", "level", "", NO_WORDS, "order", ASPECTS["order"], *lists)
    for name in kept:
        for sentence in OF_LEVEL:
            yield from sentence_changes(
                sentence, (before[name], after[name]), name, (sides.old, sides.new)
            )
