"""Each mutation of either path makes a difference within a few random rule sets."""

from __future__ import annotations

from functools import cache

import pytest
from mutations import MUTATIONS, Mutation
from trials import Trial, trials

FIRST_SEED, MOST_SEEDS, MOST_TRIED = 700, 500, 60
SIZES = (30, 60)


@cache
def trial(number: int) -> Trial:
    """Return a small round; its rule set is made ready anew for each mutation."""
    return next(trials(FIRST_SEED + number, SIZES, rounds=1))


def noticed(mutation: Mutation) -> bool:
    """Return whether the comparison finds a difference, other than an exception."""
    tried = 0
    for number in range(MOST_SEEDS):
        if tried == MOST_TRIED:
            return False
        found = trial(number)
        if all(each in found.text for each in mutation.needs):
            tried += 1
            differences = found.made_anew().differences()
            if any(each.what != "raised" for each in differences):
                return True
    return False


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_mutation_makes_a_difference(mutation: Mutation, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        mutation.patch(patch)
        assert noticed(mutation)


def test_there_is_no_difference_without_a_mutation() -> None:
    assert [trial(number).made_anew().differences() for number in range(20)] == [[]] * 20


def test_mutations_are_many_and_of_both_paths() -> None:
    names = [each.name for each in MUTATIONS]
    assert len(set(names)) == len(names) >= 50
