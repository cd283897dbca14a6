"""Selection below a limit against sorting everybody."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evaluator.scoring.columnar.cuts import best, best_of_groups

PLACES = st.lists(st.tuples(st.integers(0, 2), st.integers(-3, 3)), max_size=30)


def expected(places: list[tuple[int, int]], room: int, include: bool) -> list[bool]:
    """Return who stays, by sorting: whoever ties across the limit is in or out with the others."""
    ordered = sorted(places, reverse=True)
    if len(ordered) <= room:
        return [True] * len(places)
    edge = ordered[room] if room == 0 or ordered[room - 1] != ordered[room] else None
    if edge is not None:  # the limit falls between two places
        return [each > edge for each in places]
    tied = ordered[room]
    return [each > tied or (include and each == tied) for each in places]


@given(places=PLACES, room=st.integers(0, 12), include=st.booleans())
def test_best_are_those_that_sorting_finds(
    places: list[tuple[int, int]], room: int, include: bool
) -> None:
    table = np.array(places, np.int64).reshape(-1, 2)
    keys = [lambda who: table[who, 0], lambda who: table[who, 1]]
    found = best(np.arange(len(places)), keys, room, include)
    assert found.tolist() == expected(places, room, include)


@given(
    members=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(-3, 3))),
    room=st.lists(st.integers(0, 5), min_size=3, max_size=3),
    include=st.booleans(),
)
def test_best_of_each_group_are_the_best_of_that_group_alone(
    members: list[tuple[int, int, int]], room: list[int], include: bool
) -> None:
    table = np.array(members, np.int64).reshape(-1, 3)
    keys = [lambda who: table[who, 1], lambda who: table[who, 2]]
    everyone = np.arange(len(members))
    found = best_of_groups(everyone, keys, table[:, 0], np.array(room), include)
    groups: dict[int, list[int]] = defaultdict(list)
    for number, (group, *_) in enumerate(members):
        groups[group].append(number)
    for group, mine in groups.items():
        alone = expected([members[each][1:] for each in mine], room[group], include)
        assert found[mine].tolist() == alone


@given(
    states=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4)), unique_by=lambda s: s[0]),
    room=st.integers(0, 8),
    include=st.booleans(),
)
def test_states_stay_or_go_as_their_organisations_would(
    states: list[tuple[int, int]], room: int, include: bool
) -> None:
    values = np.array([value for value, _ in states], np.int64)
    weights = np.array([weight for _, weight in states], np.int64)
    found = best_of_groups(
        np.arange(len(states)),
        [lambda who: values[who]],
        np.zeros(len(states), np.int8),
        np.array([room]),
        include,
        weights,
    )
    everyone = [(value, 0) for value, weight in states for _ in range(weight)]
    alone = dict(zip(everyone, expected(everyone, room, include), strict=True))
    assert found.tolist() == [alone[value, 0] for value, _ in states]
