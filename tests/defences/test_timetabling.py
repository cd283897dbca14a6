"""The timetable: in order, nobody in two rooms at once, and in words why a case does not fit."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from evaluator.defences.timetabling import (
    Booking,
    Times,
    Timetable,
    Unplaced,
    Waiting,
    Why,
    clashes,
    plan,
)

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2027, 3, 8)


def times(begins: int = 9, ends: int = 12, minutes: int = 60) -> list[tuple[datetime, datetime]]:
    return Times([DAY], time(begins), time(ends), minutes).periods(ZONE)


def waiting(case: int, panel: int, *people: int, order: int | None = None) -> Waiting:
    return Waiting(case, panel, case if order is None else order, frozenset(people))


def hours(table: Timetable) -> dict[int, tuple[int, str]]:
    return {each.case: (each.starts.hour, each.room) for each in table.bookings}


def test_periods_go_around_breaks_and_end_in_time() -> None:
    breaks = [(time(10, 30), time(10, 45)), (time(12), time(14))]
    day = Times([DAY], time(9), time(15, 10), 40, breaks)
    begins = [each[0].strftime("%H:%M") for each in day.periods(ZONE)]
    assert begins == ["09:00", "09:40", "10:45", "14:00"]
    assert {each[0].utcoffset() for each in day.periods(ZONE)} == {timedelta(hours=8)}


def test_days_come_in_order_and_once() -> None:
    days = Times([date(2027, 3, 9), DAY, DAY], time(9), time(10), 60).periods(ZONE)
    assert [each[0].day for each in days] == [8, 9]


def test_each_panel_hears_its_cases_in_order_and_in_its_room() -> None:
    cases = [waiting(2, 1, 1), waiting(1, 1, 1), waiting(3, 2, 2), waiting(4, 2, 2)]
    assert hours(plan(cases, ["A", "B"], times())) == {
        1: (9, "A"), 2: (10, "A"), 3: (9, "B"), 4: (10, "B"),
    }  # fmt: skip


def test_nobody_sits_in_two_rooms_at_once() -> None:
    cases = [waiting(1, 1, 1, 2), waiting(2, 2, 2, 3)]
    assert hours(plan(cases, ["A", "B"], times())) == {1: (9, "A"), 2: (10, "A")}


def test_longest_queue_goes_first_where_rooms_are_few() -> None:
    cases = [waiting(1, 1, 1), waiting(2, 2, 2), waiting(3, 2, 2)]
    assert hours(plan(cases, ["A"], times())) == {2: (9, "A"), 1: (10, "A"), 3: (11, "A")}


def test_two_short_queues_go_before_one_that_would_block_both() -> None:
    cases = [waiting(1, 1, 1, 2), waiting(2, 2, 1), waiting(3, 3, 2)]
    assert {case: hour for case, (hour, _) in hours(plan(cases, ["A", "B"], times())).items()} == {
        2: 9, 3: 9, 1: 10,
    }  # fmt: skip


def test_what_does_not_fit_is_told_with_its_reason() -> None:
    short = times(ends=10)
    cases = [waiting(1, 1, 1), waiting(2, 1, 1), waiting(3, 1, 1)]
    assert plan(cases, ["A"], short).unplaced == [
        Unplaced(2, Why.TIME_OVER),
        Unplaced(3, Why.BEHIND, behind=2),
    ]
    cases = [waiting(1, 1, 1), waiting(2, 2, 2)]
    assert plan(cases, ["A"], short).unplaced == [Unplaced(2, Why.ROOMS_FULL)]
    cases = [waiting(1, 1, 1, 2), waiting(2, 2, 2)]
    assert plan(cases, ["A", "B"], short).unplaced == [Unplaced(2, Why.PEOPLE_BUSY, (2,))]
    cases = [Waiting(1, 1, None, frozenset({1})), Waiting(2, 1, 1, frozenset())]
    assert plan(cases, ["A"], short).unplaced == [
        Unplaced(1, Why.NO_ORDER),
        Unplaced(2, Why.NOBODY),
    ]


def test_what_is_taken_stays_and_the_order_holds_around_it() -> None:
    periods = times()
    taken = [Booking(1, 1, "A", *periods[1], frozenset({1}), order=1)]
    table = plan([waiting(2, 1, 1), waiting(3, 2, 1)], ["A", "B"], periods, taken)
    assert hours(table) == {1: (10, "A"), 2: (11, "A"), 3: (9, "A")}


def test_case_goes_before_one_of_its_panel_that_has_a_later_time() -> None:
    periods = times()
    taken = [Booking(2, 1, "A", *periods[1], frozenset({1}), order=2)]
    assert hours(plan([waiting(1, 1, 1)], ["A"], periods, taken)) == {2: (10, "A"), 1: (9, "A")}


def test_clash_is_by_room_by_people_or_both() -> None:
    nine, ten = times()[:2]
    wanted = Booking(1, 1, "A", *nine, frozenset({1, 2}))
    others = [
        Booking(1, 1, "A", *nine, frozenset({1})),
        Booking(2, 2, "A", *nine, frozenset({3})),
        Booking(3, 2, "B", *nine, frozenset({2})),
        Booking(4, 2, "A", *ten, frozenset({1})),
    ]
    assert [(each.case, dict(why)) for each, why in clashes(wanted, others)] == [
        (2, {"room": True, "people": False}),
        (3, {"room": False, "people": True}),
    ]


PANELS = st.lists(
    st.lists(st.frozensets(st.integers(1, 8), min_size=1, max_size=4), max_size=5), max_size=5
)


@given(PANELS, st.integers(1, 3), st.integers(9, 16))
def test_any_timetable_keeps_people_apart_and_panels_in_order(
    panels: list[list[frozenset[int]]], rooms: int, ends: int
) -> None:
    cases = [
        Waiting(10 * panel + order, panel, order, people)
        for panel, people_of in enumerate(panels)
        for order, people in enumerate(people_of)
    ]
    table = plan(cases, ["A", "B", "C"][:rooms], times(ends=ends))
    at: dict[datetime, list[Booking]] = defaultdict(list)
    for each in table.bookings:
        at[each.starts].append(each)
    for together in at.values():
        assert len({each.room for each in together}) == len(together)
        assert len({each.panel for each in together}) == len(together)
        people = [number for each in together for number in each.people]
        assert len(people) == len(set(people))
    for panel in range(len(panels)):
        heard = sorted((each.starts, each.case) for each in table.bookings if each.panel == panel)
        assert [case for _, case in heard] == sorted(case for _, case in heard)
    placed = {each.case for each in table.bookings} | {each.case for each in table.unplaced}
    assert placed == {each.case for each in cases}
    assert len(table.bookings) + len(table.unplaced) == len(cases)
