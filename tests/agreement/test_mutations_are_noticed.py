"""Each mutation of either path makes a difference within a few random rule sets."""

from __future__ import annotations

from functools import cache
from itertools import islice

import pytest
from mutations import MUTATIONS, Mutation
from reproduction import described, shortened
from trials import Trial, trials

from evaluator.scoring import quotas

FIRST_SEED, MOST_SEEDS, MOST_TRIED = 700, 500, 60
SIZES = (30, 60)


@cache
def trial(number: int) -> Trial:
    """Return a small round; made once for all mutations, and never while one is in place."""
    return next(trials(FIRST_SEED + number, SIZES, rounds=1))


def shows(mutation: Mutation, found: Trial, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Return whether a mutation makes a difference in a round, other than an exception."""
    with monkeypatch.context() as patch:
        mutation.patch(patch)
        mutated = found.made_anew() if mutation.compiles else found
        return any(each.what != "raised" for each in mutated.differences())


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_mutation_makes_a_difference(mutation: Mutation, monkeypatch: pytest.MonkeyPatch) -> None:
    able = (
        found
        for found in map(trial, range(mutation.begin, MOST_SEEDS))
        if all(each in found.text for each in mutation.needs)
    )
    assert any(shows(mutation, each, monkeypatch) for each in islice(able, MOST_TRIED))


def test_difference_is_shortened_to_few_organisations_and_rules(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(quotas, "_cut", lambda *_: 0)
    small = sorted(map(trial, range(40)), key=lambda each: len(each.text))
    found = next(each for each in small if each.differences())
    short = shortened(found)
    assert {each.what for each in short.differences()} <= {"level", "steps", "quota"}
    assert len(short.entries) < 4
    assert len(short.text) < len(found.text)
    assert f"seed {found.seed}" in described(short)


def test_there_is_no_difference_without_a_mutation() -> None:
    assert [trial(number).differences() for number in range(10)] == [[]] * 10


def test_mutations_are_many_and_of_both_paths() -> None:
    names = [each.name for each in MUTATIONS]
    assert len(set(names)) == len(names) >= 50
