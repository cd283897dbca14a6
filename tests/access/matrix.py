"""Who may use which route: read from `matrix.csv`, which is written by hand and checked by tests.

A line names a route and method, what its address is made of (things of the eastern committee in
the world of the tests), and the roles that may use it there: b branch officer of the first eastern
branch, c committee reviewer of the east, p panellist, o organiser, s supervisor, a administrator;
`*` is everybody who is signed in, `public` everybody. `list` instead of things: a page without an
object, which the same role of another place may open too (it shows other things there). With
`district` the roles stand at the root of the tree instead of the east, for acts that bind all.
`absent` is a route that is not there unless it is configured; `sent` is what a form sends with it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from evaluator.access import Role

LETTERS = {
    "b": Role.BRANCH_OFFICER,
    "c": Role.COMMITTEE_REVIEWER,
    "p": Role.PANELLIST,
    "o": Role.ORGANISER,
    "s": Role.SUPERVISOR,
    "a": Role.ADMINISTRATOR,
}


@dataclass(frozen=True)
class Row:
    """One route of the matrix."""

    endpoint: str
    method: str
    things: tuple[tuple[str, str], ...]
    has_object: bool
    at_root: bool
    public: bool
    absent: bool
    sent: dict[str, str]
    roles: frozenset[Role]


def read_matrix() -> dict[tuple[str, str], Row]:
    """Return the rows by endpoint and method."""
    with (Path(__file__).parent / "matrix.csv").open(encoding="utf-8", newline="") as file:
        rows = [_row(each) for each in csv.DictReader(file)]
    found = {(row.endpoint, row.method): row for row in rows}
    assert len(found) == len(rows), "a route stands twice in the matrix"
    return found


def _row(line: dict[str, str]) -> Row:
    things = tuple(
        (name, thing)
        for name, _, thing in (each.partition("=") for each in line["address"].split())
        if thing
    )
    letters = "".join(LETTERS) if line["roles"] == "*" else line["roles"]
    public, absent = letters == "public", letters == "absent"
    roles = frozenset(LETTERS[letter] for letter in letters if not (public or absent))
    words = line["address"].split()
    return Row(
        line["endpoint"],
        line["method"],
        things,
        "list" not in words,
        "district" in words,
        public or absent,
        absent,
        dict(each.split("=") for each in (line["sent"] or "").split()),
        roles,
    )
