"""Lists whose items have no id: each item is compared as the sentence that it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rules.describe.labels import Labels
from rules.describe.level_lines import cap_words, eligibility_words, explained, gate_words
from rules.describe.quota_lines import follow_up_words, step_title, step_words, target_words
from rules.describe.total_lines import once_words
from rules.diff.changes import NO_WORDS, Change, Kind
from rules.diff.names import ASPECTS
from rules.diff.normal import normal
from rules.syntax import DirectAward, Gate, Step, Words

Key = tuple[object, int]


@dataclass(frozen=True)
class Sentence:
    """A list of a node: where it is, what makes two items the same one, how an item is said."""

    part: str
    of: Callable[[Any], tuple[Any, ...]]
    key: Callable[[Any], object]
    say: Callable[[Any, Labels, str], str]
    ordered: bool = False

    def by_key(self, items: tuple[Any, ...]) -> dict[Key, Any]:
        """Return items by their key; equal keys are numbered."""
        found: dict[Key, Any] = {}
        for each in items:
            key, number = self.key(each), 0
            while (key, number) in found:
                number += 1
            found[key, number] = each
        return found


def _gate_way(gate: Gate) -> str:
    return "require" if gate.require else "every_dimension" if gate.every_dimension else "held"


def _direct(award: DirectAward, labels: Labels, language: str) -> str:
    return explained(award.because, award.when, labels, language)


def _step(step: Step, labels: Labels, language: str) -> str:
    said = step_words(step, language)
    return step_title(step, language) + (f" [{said}]" if said else "")


SENTENCES = (
    Sentence("count_once", lambda each: each.count_once, lambda each: each.fact, once_words),
    Sentence("eligibility", lambda each: each.eligibility, lambda each: each.because.zh,
             eligibility_words),
    Sentence("level_cap", lambda each: each.levels.caps, lambda each: each.at_most, cap_words),
    Sentence("target", lambda each: each.targets, lambda each: (each.level, each.by),
             lambda each, labels, language: target_words(each, labels, language)),
    Sentence("step", lambda each: each.procedure, lambda each: each.step, _step,
             ordered=True),
    Sentence("follow_up", lambda each: each.follow_up, lambda each: each.group.zh,
             follow_up_words),
)  # fmt: skip
OF_LEVEL = (
    Sentence("gate", lambda each: each.gates, _gate_way, gate_words),
    Sentence("direct", lambda each: each.direct, lambda each: each.because.zh, _direct),
)


def sentence_changes(
    sentence: Sentence, nodes: tuple[Any, Any], name: str, labels: tuple[Labels, Labels]
) -> Iterator[Change]:
    """Compare items without an id, each said as one sentence; like is paired with like."""
    before, after = (sentence.by_key(sentence.of(node)) for node in nodes)
    for key in [*before, *(key for key in after if key not in before)]:
        was, is_now = before.get(key), after.get(key)
        if normal(was) == normal(is_now):
            continue
        kind: Kind = "removed" if is_now is None else "added" if was is None else "changed"
        yield Change(
            kind,
            sentence.part,
            name,
            NO_WORDS,
            "whole" if kind == "changed" else "",
            old=_said(sentence, [was], labels[0]),
            new=_said(sentence, [is_now], labels[1]),
        )
    if sentence.ordered and _kept(before, after) != _kept(after, before):
        lists = [
            _said(sentence, [*side.values()], each)
            for side, each in zip((before, after), labels, strict=True)
        ]
        yield Change("changed", sentence.part, name, NO_WORDS, "order", ASPECTS["order"], *lists)


def _kept(these: Mapping[Key, Any], those: Mapping[Key, Any]) -> list[Key]:
    return [key for key in these if key in those]


def _said(sentence: Sentence, items: list[Any], labels: Labels) -> Words:
    """Return items in words; nothing for an item that is not there."""
    zh, en = (
        [sentence.say(each, labels, language) for each in items if each is not None]
        for language in ("zh", "en")
    )
    return Words("、".join(zh), ", ".join(en))
