"""A rule set that is written out and read again is the same, and means the same."""

from __future__ import annotations

import random

from factories import someone
from generated_facts import facts_of
from hypothesis import given, settings
from hypothesis import strategies as st
from lawful import every_rule_set
from published_rules import Published

from evaluator.scoring.explain import Scorer
from rules.canonical import digest, write_yaml
from rules.loader import load_text


@every_rule_set
def test_rule_set_written_out_and_read_again_is_the_same(published: Published) -> None:
    again = load_text(write_yaml(published.rules))
    assert again == published.rules
    assert digest(again) == digest(published.rules)


@every_rule_set
@settings(max_examples=15)
@given(seed=st.integers(0, 2**32))
def test_rule_set_written_out_and_read_again_means_the_same(
    published: Published, seed: int
) -> None:
    again, first = _again(published), published.category.scorer
    chance = random.Random(seed)  # noqa: S311 - a test is no secret
    slots = [chance.randint(slot.low, slot.high) for slot in first.program.slots]
    assert [output.key for output in again.program.outputs] == [
        output.key for output in first.program.outputs
    ]
    assert again.run(slots) == first.run(slots)


_AGAIN: dict[str, Scorer] = {}


def _again(published: Published) -> Scorer:
    if str(published) not in _AGAIN:
        _AGAIN[str(published)] = Scorer(load_text(write_yaml(published.rules)))
    return _AGAIN[str(published)]


@every_rule_set
@settings(max_examples=6)
@given(data=st.data())
def test_random_facts_read_alike_after_writing_out(
    published: Published, data: st.DataObject
) -> None:
    facts = data.draw(facts_of(published.rules))
    who = someone(**published.case.organisation)
    first, second = published.category.scorer.read(who, facts), _again(published).read(who, facts)
    assert first.slots == second.slots
