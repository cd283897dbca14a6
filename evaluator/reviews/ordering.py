"""From the form of a list to the order that is wanted: by numbers typed, or by a button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evaluator.access import NotAllowed
from evaluator.reviews.boards import Board
from evaluator.reviews.recommending import Entry
from forms.reviews import ListForm


def placed(form: ListForm) -> list[Entry]:
    """Return the entries in the order of the typed places.

    Whoever got another number goes to that place; all others keep their order around them.
    """
    rows = [each.form for each in form.rows]
    moved = [
        (row.position.data, number)
        for number, row in enumerate(rows)
        if row.position.data and row.position.data != number + 1
    ]
    order = [number for number in range(len(rows)) if number not in {each for _, each in moved}]
    for position, number in sorted(moved):
        order.insert(max(0, position - 1), number)
    return [_entry(rows[number]) for number in order]


def acted(board: Board, entries: Sequence[Entry], act: str) -> list[Entry]:
    """Return entries after a button: `up-7`, `down-7`, `remove-7`, `add-7`, or none of these."""
    kept = list(entries)
    what, _, number = act.partition("-")
    if not number.isdigit():
        return kept
    who = int(number)
    if what == "add" and who in board.candidates:
        level = max(0, board.candidates[who].marks.level)
        return [*kept, Entry(who, board.levels[level].id)]
    place = next((at for at, each in enumerate(kept) if each.participant_id == who), None)
    if place is None:
        raise NotAllowed(act)
    entry = kept.pop(place)
    if what == "remove":
        return kept
    kept.insert(max(0, place + {"up": -1, "down": 1}.get(what, 0)), entry)
    return kept


def row_data(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return what the rows of the form hold."""
    return [
        {
            "participant": each.participant_id,
            "position": place,
            "level": each.level,
            "note": each.note,
        }
        for place, each in enumerate(entries, 1)
    ]


def _entry(row: Any) -> Entry:
    return Entry(row.participant.data or 0, row.level.data or "", row.note.data or "")
