"""The call board for a screen in the corridor: number, name, room and state, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, make_response, render_template
from sqlalchemy import select

from evaluator.access import Actor, NotAllowed, Permission, current_actor, public, signed_in, within
from evaluator.database import db, now
from evaluator.defences.blueprint import blueprint
from evaluator.defences.models import DefencePlan, Sitting, SittingState
from evaluator.defences.queries import sittings_of, visible_with_seats
from evaluator.defences.words import sitting_words
from evaluator.panels.models import Case
from evaluator.panels.queries import cases_of, panellist_of
from evaluator.rounds.calendar import ZONE
from evaluator.rounds.models import Participant, Round
from evaluator.rounds.queries import current_round

SECONDS = 15
"""How often the board loads itself anew; it needs no script for it."""
NOW_ON = (SittingState.CALLED, SittingState.PRESENTING, SittingState.QUESTIONS)


@dataclass(frozen=True)
class BoardLine:
    """A line of the board."""

    number: int | None
    name: str
    room: str
    state: SittingState


@blueprint.get("/call-board/<key>")
@public
def board(key: str) -> Response:
    """Show the call board to whoever has its address."""
    plan = db.session.scalars(select(DefencePlan).where(DefencePlan.board_key == key)).one_or_none()
    made = db.session.get(Round, plan.round_id) if plan else None
    if made is None:
        raise NotAllowed("no such board")
    return _board(cases_of(db.session, made))


@blueprint.get("/defence/board")
@signed_in
def own_board() -> Response:
    """Show the call board with the cases that the caller may know of."""
    made = current_round(db.session)
    return _board(_known_cases(current_actor(), made) if made else [])


def _known_cases(actor: Actor, made: Round) -> Sequence[Case]:
    """Return the cases that the board shows to somebody who is signed in.

    Those are what it sees as a panellist or where it sees panels; else those of its own branches.
    """
    found = visible_with_seats(db.session, actor, made)
    if found or panellist_of(db.session, actor) is not None:
        return found
    query = (
        select(Case)
        .join(Participant, Participant.id == Case.participant_id)
        .where(
            Participant.round_id == made.id,
            within(Participant.path, actor, Permission.SEE_APPLICATIONS),
        )
    )
    return db.session.scalars(query).unique().all()


def _board(cases: Sequence[Case]) -> Response:
    page = render_template(
        "defences/board.html",
        groups=_groups(_today(cases)),
        at=now(),
        seconds=SECONDS,
        sitting_words=sitting_words,
    )
    answer = make_response(page)
    answer.headers["Refresh"] = str(SECONDS)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _today(cases: Sequence[Case]) -> list[tuple[Sitting, Case]]:
    """Return today's hearings in order of time, with those that still go on from earlier."""
    sittings, today = sittings_of(db.session, cases), now().astimezone(ZONE).date()
    found = [(sittings[each.id], each) for each in cases if each.id in sittings]
    here = [
        (sitting, case)
        for sitting, case in found
        if sitting.state in NOW_ON or sitting.starts_at.astimezone(ZONE).date() == today
    ]
    return sorted(here, key=lambda each: (each[0].starts_at, each[0].room))


def _groups(here: list[tuple[Sitting, Case]]) -> list[list[BoardLine]]:
    """Return who is heard now, who waits, and who was heard."""
    lines = [
        BoardLine(case.position, case.participant.name, sitting.room, sitting.state)
        for sitting, case in here
    ]
    order = (NOW_ON, (SittingState.PLANNED,), (SittingState.CLOSED,))
    return [[each for each in lines if each.state in states] for states in order]
