"""Trying other rules on what is in memory comes to the same as scoring anew."""

from __future__ import annotations

import numpy as np
import pytest
from small_round import columns, engine

from evaluator.scoring.columnar.awards import score
from evaluator.scoring.columnar.outcome import Decided
from evaluator.what_if.memory import Memory, NeedsReading
from evaluator.what_if.trial import Trial

CHANGES = {
    "nothing": (),
    "one indicator": (("each: lessons, points: 2", "each: lessons, points: 1.5"),),
    "a rare one": (("each: faults, points: 2", "each: faults, points: 1"),),
    "a band": (("at_least: 24", "at_least: 22"), ("below: 24", "below: 22")),
    "a gate": (("people >= 7", "people >= 8"),),
    "a quota": (("share: 20%", "share: 10%"),),
    "a veto": (("faults >= 3", "faults >= 2"),),
    "an effect": (("effect: no_level", "effect: lowest_level"),),
    "a cap of a block": (("cap: 3", "cap: 2"),),
    "eligibility": (("meetings > 0", "meetings > 1"),),
    "promotion": (("promotion: one_step\n  skip_when: deeds >= 3", "promotion: any"),),
    "a tie breaker": (("tie_break: [life]", "tie_break: [people, life]"),),
    "what is exempt": (("otherwise: exempt", "otherwise: full"),),
    "a title": (("title: 三星级", "title: 三颗星"),),
}


def same(one: Decided, other: Decided) -> bool:
    plain = ("applied", "refused", "assessed", "decided", "rated", "total", "level", "awarded")
    pairs = [(getattr(one, name), getattr(other, name)) for name in plain]
    pairs += list(zip(one.steps, other.steps, strict=True))
    pairs += [(one.below[name], other.below[name]) for name in other.below]
    pairs += [
        (mine, its)
        for name in other.ties
        for pair, against in zip(one.ties[name], other.ties[name], strict=True)
        for mine, its in zip(pair, against, strict=True)
    ]
    return all(a.dtype == b.dtype and np.array_equal(a, b) for a, b in pairs)


@pytest.mark.parametrize("what", CHANGES)
def test_trial_comes_to_the_same_as_scoring_anew(what: str) -> None:
    changed = engine(*CHANGES[what])
    trial = Trial(Memory(engine(), columns()), changed)
    outcome, reports = score(changed, columns())
    for _ in range(2):  # the second time everything that is kept is there
        found, quotas = trial.score()
        assert same(found.decided, outcome.decided)
        assert (np.array_equal(found.final, outcome.final), quotas) == (True, reports)


@pytest.mark.parametrize("what", CHANGES)
def test_levels_alone_are_those_of_a_whole_decision(what: str) -> None:
    trial = Trial(Memory(engine(), columns()), engine(*CHANGES[what]))
    assert np.array_equal(trial.levels(), trial.decide().level)


def test_nothing_is_decided_anew_where_only_words_and_quotas_change() -> None:
    memory = Memory(engine(), columns())
    fresh = [Trial(memory, engine(*CHANGES[each])).fresh for each in ("a quota", "a title")]
    assert fresh == [[], []]


def test_several_trials_share_what_is_kept() -> None:
    memory = Memory(engine(), columns())
    for what in CHANGES:
        changed = engine(*CHANGES[what])
        expected = score(changed, columns())[0].final
        assert np.array_equal(Trial(memory, changed).score()[0].final, expected)


def test_facts_that_are_not_in_memory_have_to_be_read() -> None:
    other = engine(("max: 12}", "max: 24}"))
    with pytest.raises(NeedsReading):
        Trial(Memory(engine(), columns()), other)


def test_groups_that_are_not_in_memory_have_to_be_read() -> None:
    other = engine(("share: 20%, of: rated,", "share: 20%, of: rated, among: committee,"))
    with pytest.raises(NeedsReading):
        Trial(Memory(engine(), columns()), other)
