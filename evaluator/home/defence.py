"""What waits for organisers before and during the defence: the next thing that is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext, ngettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.applications.models import Application, ApplicationState
from evaluator.defences.letters import changes_to_tell
from evaluator.defences.models import Look, ScoreSheet
from evaluator.defences.queries import sittings_of
from evaluator.home.district import left_behind
from evaluator.home.tasks import Task, day_words, names, until
from evaluator.panels.models import Case, Panel, Seat
from evaluator.panels.policy import manages
from evaluator.panels.queries import cases_of, live_seats, panels_of
from evaluator.rounds.models import Participant, Round, RoundState

AHEAD = timedelta(days=7)
"""So long before the defence its preparation begins to wait."""


def defence_tasks(session: Session, actor: Actor, made: Round, at: datetime) -> Iterator[Task]:
    """Yield what waits for who composes panels: to prepare, to look at twice, to close."""
    step = made.step("defence")
    if step is None or made.state is not RoundState.OPEN or not manages(session, actor):
        return
    if step.opens_at - AHEAD <= at < step.closes_at:
        words = gettext("The defence begins on %(day)s", day=day_words(step.opens_at))
        when = until(step.closes_at, at) if step.is_open(at) else (words,)
        yield from _preparing(session, made, when)
    yield from left_behind(made, "defence", _still_open(session, made), at, gettext(
        "Cases of the defence were not closed"
    ))  # fmt: skip
    decision = made.step("decision")
    if decision is None or at < decision.closes_at:
        yield from _looks(session, made)


def _preparing(session: Session, made: Round, when: tuple[str, ...]) -> Iterator[Task]:
    """Yield the first thing that is missing: what follows on it cannot be done before."""
    panels, cases = panels_of(session, made), cases_of(session, made)
    if not panels:
        yield Task(gettext("No panel is composed yet"), url_for("panels.listing"),
                   gettext("Compose panels"), details=when)  # fmt: skip
    elif not cases:
        yield Task(gettext("Nobody is admitted to the defence yet"), url_for("panels.admission"),
                   gettext("Admit to the defence"), details=when)  # fmt: skip
    elif count := _unseated(panels, cases):
        words = ngettext("%(num)s case lacks panellists", "%(num)s cases lack panellists", count)
        yield Task(words, url_for("panels.assignment"), gettext("Assign panellists"),
                   details=when)  # fmt: skip
    elif undrawn := _undrawn(panels, cases):
        yield Task(gettext("The order of the defence is not drawn yet"),
                   url_for("panels.page", panel_id=undrawn[0].id), gettext("Draw the order"),
                   names([each.name for each in undrawn], len(undrawn)), when)  # fmt: skip
    else:
        yield from _timing(session, made, cases, when)


def _timing(
    session: Session, made: Round, cases: Sequence[Case], when: tuple[str, ...]
) -> Iterator[Task]:
    timetable, untimed = (
        url_for("defences.timetable"),
        len(cases) - len(sittings_of(session, cases)),
    )
    if untimed:
        words = ngettext("%(num)s case has no time yet", "%(num)s cases have no time yet", untimed)
        yield Task(words, timetable, gettext("To the timetable"), details=when)
    elif changes := changes_to_tell(session, made):
        words = ngettext("%(num)s person does not know the times as they are now",
                         "%(num)s people do not know the times as they are now",
                         len(changes))  # fmt: skip
        yield Task(words, timetable, gettext("Publish the timetable"), urgent=True)


def _unseated(panels: Sequence[Panel], cases: Sequence[Case]) -> int:
    """Return how many cases have fewer panellists than their panel has seats."""
    seats = {each.id: each.seats for each in panels}
    return sum(
        each.panel_id is None or len(live_seats(each)) < seats[each.panel_id] for each in cases
    )


def _undrawn(panels: Sequence[Panel], cases: Sequence[Case]) -> list[Panel]:
    """Return the panels of which a case has no place in the order yet."""
    waiting = {each.panel_id for each in cases if each.position is None and not each.is_calibration}
    return [each for each in panels if each.id in waiting]


def _still_open(session: Session, made: Round) -> int:
    query = (
        select(func.count(Application.id))
        .join(Participant, Participant.id == Application.participant_id)
        .where(
            Participant.round_id == made.id, Application.state == ApplicationState.IN_DEFENCE
        )
    )  # fmt: skip
    return session.scalar(query) or 0


def _looks(session: Session, made: Round) -> Iterator[Task]:
    query = (
        select(func.count(Look.id))
        .join(ScoreSheet, ScoreSheet.id == Look.sheet_id)
        .join(Seat, Seat.id == ScoreSheet.seat_id)
        .join(Case, Case.id == Seat.case_id)
        .join(Participant, Participant.id == Case.participant_id)
        .where(Participant.round_id == made.id, Look.settled_at.is_(None))
    )
    if count := session.scalar(query):
        words = ngettext("%(num)s score waits for a second look",
                         "%(num)s scores wait for a second look", count)  # fmt: skip
        yield Task(words, url_for("defences.agreement"), gettext("Look at the agreement"))
