"""Serial numbers of certificates: each one its own, in the order of ids."""

from __future__ import annotations

from small_rounds import score

from evaluator.results.rows import result_rows

MEMBERS = [
    ("b", "company", "8", False),
    ("c", "community", "8", False),
    ("a", "community", "8", False),
    ("a", "company", "8", False),
    ("d", "community", "1", False),
    ("e", "shop", "8", False),
]


def test_categories_with_the_same_letters_are_counted_together() -> None:
    assert [row.serial for row in result_rows(score(*MEMBERS).results)] == [
        "2026-COM-0003",
        "2026-COM-0004",
        "2026-COM-0001",
        "2026-COM-0002",
        "",
        "2026-SHO-0001",
    ]


def test_order_of_the_entries_makes_no_difference() -> None:
    first, second = (
        {(row.category, row.id): row.serial for row in result_rows(score(*each).results)}
        for each in (MEMBERS, MEMBERS[::-1])
    )
    assert first == second
