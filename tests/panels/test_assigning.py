"""The assignment is exact: compared with every possible one where there are few."""

from __future__ import annotations

from itertools import combinations, permutations, product

from hypothesis import given, settings
from hypothesis import strategies as some

from evaluator.panels.assigning import Assignment, Hearing, Judge, Shortage, assign

FINANCE = "财务"


def test_seats_are_filled_evenly() -> None:
    judges = [Judge(number) for number in range(1, 5)]
    hearings = [Hearing(number, 2, (1, 2, 3, 4)) for number in range(1, 7)]
    found = assign(judges, hearings)
    assert dict(found.load) == {1: 3, 2: 3, 3: 3, 4: 3}
    assert found.shortages == ()


def test_nobody_with_a_conflict_sits() -> None:
    hearings = [Hearing(number, 1, (1, 2), barred={1: "conflict"}) for number in range(1, 6)]
    found = assign([Judge(1), Judge(2)], hearings)
    assert {number: list(seated) for number, seated in found.seats.items()} == {
        number: [2] for number in range(1, 6)
    }


def test_wanted_competence_is_there_before_the_load_is_even() -> None:
    judges = [Judge(1, frozenset({FINANCE})), Judge(2), Judge(3)]
    hearings = [Hearing(number, 2, (1, 2, 3), {FINANCE: 1}) for number in range(1, 5)]
    found = assign(judges, hearings)
    assert [seated[1] for seated in found.seats.values()] == [FINANCE] * 4
    assert dict(found.load) == {1: 4, 2: 2, 3: 2}


def test_what_is_fixed_stays_even_beyond_the_most_cases() -> None:
    judges = [Judge(1, most=1), Judge(2), Judge(3)]
    hearings = [Hearing(number, 1, (1, 2, 3), fixed=frozenset({1})) for number in (1, 2)]
    found = assign(judges, hearings)
    assert {number: set(seated) for number, seated in found.seats.items()} == {1: {1}, 2: {1}}


def test_fixed_panellist_without_the_competence_leaves_it_lacking() -> None:
    hearings = [Hearing(1, 1, (1, 2), {FINANCE: 1}, fixed=frozenset({1}))]
    found = assign([Judge(1), Judge(2, frozenset({FINANCE}))], hearings)
    assert set(found.seats[1]) == {1}
    assert found.shortages == (Shortage(1, FINANCE, 1, occupied=True, cases=(1,)),)


def test_few_seats_change_where_the_load_is_even_either_way() -> None:
    now = {1: frozenset({2}), 2: frozenset({1}), 3: frozenset({4}), 4: frozenset({3})}
    hearings = [Hearing(number, 1, (1, 2, 3, 4), now=now[number]) for number in now]
    found = assign([Judge(number) for number in range(1, 5)], hearings)
    assert {number: frozenset(seated) for number, seated in found.seats.items()} == now


def test_shortage_names_who_is_full_and_which_cases_compete() -> None:
    judges = [Judge(1, frozenset({FINANCE}), most=1), Judge(2), Judge(3)]
    hearings = [
        Hearing(1, 2, (1, 2, 3), {FINANCE: 1}),
        Hearing(2, 2, (1, 2, 3), {FINANCE: 1}),
        Hearing(3, 1, (2, 3)),
    ]
    found = assign(judges, hearings)
    assert len(found.shortages) == 1
    lack = found.shortages[0]
    assert (lack.competence, lack.seats, lack.full, lack.cases) == (FINANCE, 1, (1,), (1, 2))


def test_shortage_of_a_competence_names_nobody_who_lacks_it() -> None:
    judges = [Judge(1, frozenset({FINANCE}), most=0), Judge(2, most=0), Judge(3, most=0)]
    found = assign(judges, [Hearing(1, 2, (1, 2, 3), {FINANCE: 1})])
    assert {each.competence: each.full for each in found.shortages} == {
        "": (1, 2, 3),
        FINANCE: (1,),
    }


def test_narrowest_place_comes_first() -> None:
    judges = [Judge(1, most=1), Judge(2, most=1)]
    hearings = [Hearing(1, 1, (1,)), Hearing(2, 1, (1,)), Hearing(3, 1, ())]
    found = assign(judges, hearings)
    assert [len(each.cases) for each in found.shortages] == [1, 2]


def test_empty_seats_are_spread_over_the_cases() -> None:
    hearings = [Hearing(number, 3, (1, 2, 3, 4)) for number in range(1, 5)]
    found = assign([Judge(number, most=2) for number in range(1, 5)], hearings)
    assert [len(seated) for seated in found.seats.values()] == [2, 2, 2, 2]


def test_no_hearing_needs_no_flow() -> None:
    assert assign([Judge(1)], []) == Assignment({})


judges_of_four = some.lists(
    some.tuples(some.booleans(), some.sampled_from([None, 1, 2])), min_size=4, max_size=4
)
cases_of_four = some.lists(
    some.tuples(
        some.integers(1, 2), some.integers(0, 1), some.sets(some.integers(0, 3), max_size=3)
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=150, deadline=None)
@given(judges_of_four, cases_of_four, some.randoms())
def test_no_other_assignment_is_better(
    people: list[tuple[bool, int | None]],
    wants: list[tuple[int, int, set[int]]],
    mixing: object,
) -> None:
    judges = [
        Judge(number, frozenset({FINANCE} if knows else ()), most)
        for number, (knows, most) in enumerate(people)
    ]
    hearings = [
        Hearing(number, seats, (0, 1, 2, 3), {FINANCE: wanted}, dict.fromkeys(barred, "x"))
        for number, (seats, wanted, barred) in enumerate(wants)
    ]
    found = assign(judges, hearings)
    lacking = sum(each.seats for each in found.shortages)
    assert (lacking, found.cost) == best_of_all(judges, hearings)
    mixing.shuffle(judges)  # type: ignore[attr-defined]
    mixing.shuffle(hearings)  # type: ignore[attr-defined]
    assert assign(judges, hearings) == found


def best_of_all(judges: list[Judge], hearings: list[Hearing]) -> tuple[int, int]:
    """Return the fewest empty seats and then the lowest cost, by trying everything."""
    by_number = {each.number: each for each in judges}
    choices = [
        [chosen for size in range(each.seats + 1) for chosen in combinations(each.candidates, size)]
        for each in hearings
    ]
    return min(
        (
            sum(
                empty_seats(each, chosen, by_number)
                for each, chosen in zip(hearings, way, strict=True)
            ),
            sum(count * count for count in loads(way).values()),
        )
        for way in product(*choices)
        if fits(way, by_number)
        and all(
            len(chosen) + empty_seats(each, chosen, by_number) == each.seats
            for each, chosen in zip(hearings, way, strict=True)
        )
    )


def loads(way: tuple[tuple[int, ...], ...]) -> dict[int, int]:
    found: dict[int, int] = {}
    for chosen in way:
        for number in chosen:
            found[number] = found.get(number, 0) + 1
    return found


def fits(way: tuple[tuple[int, ...], ...], judges: dict[int, Judge]) -> bool:
    mosts = {number: each.most for number, each in judges.items()}
    return all(
        mosts[number] is None or count <= (mosts[number] or 0)
        for number, count in loads(way).items()
    )


def empty_seats(hearing: Hearing, chosen: tuple[int, ...], judges: dict[int, Judge]) -> int:
    """Return how many seats stay empty where these people are placed on them as well as can be."""
    seats = [name for name, count in hearing.groups() for _ in range(count)]
    padded = [*chosen, *[-1] * (len(seats) - len(chosen))]
    filled = max(
        sum(
            number >= 0 and (not seat or seat in judges[number].competences)
            for seat, number in zip(seats, order, strict=True)
        )
        for order in permutations(padded)
    )
    return len(seats) - filled
