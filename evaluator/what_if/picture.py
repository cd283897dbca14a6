"""A matrix of moves as a flow picture."""

from __future__ import annotations

from evaluator.what_if.comparison import FALLS, OTHER, RISES, STAYS, Matrix, directions
from evaluator.what_if.ladder import State
from reports.flow import Band, Direction, Flow, Row

_DIRECTIONS: dict[int, Direction] = {
    STAYS: "stays",
    FALLS: "falls",
    RISES: "rises",
    OTHER: "other",
}


def flow_of(matrix: Matrix, about: str) -> Flow:
    """Return the picture of a matrix; states that nobody has on either side are left out."""
    shown = occurring(matrix)
    place = {state: row for row, (state, _) in enumerate(shown)}
    leads = directions(matrix.states)
    bands = tuple(
        Band(place[old], place[new], count, _DIRECTIONS[int(leads[old, new])])
        for old in place
        for new in place
        if (count := int(matrix.counts[old, new]))
    )
    moves = matrix.moves
    title = f"{about}：上升{moves.rises}个，下降{moves.falls}个，不变{moves.stays}个"
    rows = tuple(Row(state.title.zh, state.title.say("en")) for _, state in shown)
    return Flow(title, rows, bands)


def occurring(matrix: Matrix) -> list[tuple[int, State]]:
    """Return the states that somebody has, highest first, with their places in the matrix."""
    held = matrix.counts.sum(0) + matrix.counts.sum(1)
    places = sorted(range(len(matrix.states)), key=lambda place: -place)
    return [(place, matrix.states[place]) for place in places if held[place]]
