"""Arrays that are used again: never one that somebody still looks at."""

from __future__ import annotations

import numpy as np

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.kernel import Kernel
from evaluator.scoring.columnar.rooms import Rooms
from rules.integers import slot


def address(array: Array) -> int:
    return int(array.__array_interface__["data"][0])


def test_room_is_used_again_once_nobody_holds_it() -> None:
    rooms = Rooms()
    first = address(rooms.room("level", 9, np.int8))
    assert address(rooms.room("level", 9, np.int8)) == first


def test_room_that_somebody_holds_is_left_to_them() -> None:
    rooms = Rooms()
    held = rooms.room("level", 9, np.int8)
    assert not np.shares_memory(held, rooms.room("level", 9, np.int8))


def test_part_of_a_room_is_as_good_as_all_of_it() -> None:
    rooms = Rooms()
    seen = rooms.room("level", 9, np.int8)[2:4].view(np.bool_)
    assert not np.shares_memory(seen, rooms.room("level", 9, np.int8))


def test_each_purpose_has_a_room_of_its_own() -> None:
    rooms = Rooms()
    assert not np.shares_memory(rooms.room("level", 9, np.int8), rooms.room("rated", 9, np.int8))


def test_room_is_as_long_as_asked_for() -> None:
    rooms = Rooms()
    assert [len(rooms.room("level", size, np.int8)) for size in (3, 9, 0)] == [3, 9, 0]


def test_results_that_are_held_outlive_the_next_run() -> None:
    kernel = Kernel([], [slot(0, 0, 100)])
    (first,) = kernel.run([np.array([1, 2], np.int8)], 2)
    (second,) = kernel.run([np.array([3, 4], np.int8)], 2)
    assert (first.tolist(), second.tolist()) == ([1, 2], [3, 4])
