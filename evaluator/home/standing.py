"""How far the round is: its steps and its participants, within what the caller may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.progress.overview import Line, lines_by, together
from evaluator.progress.queries import counted
from evaluator.rounds.models import Round, RoundStep
from evaluator.rounds.state_words import StepState, step_state


@dataclass(frozen=True)
class Dated:
    """A step that runs or comes, and where it stands."""

    step: RoundStep
    state: StepState


def dated_steps(made: Round | None, at: datetime) -> list[Dated]:
    """Return the steps that run, the one that ends first before others, and the one to come."""
    found = [Dated(each, step_state(each, at)) for each in made.steps] if made else []
    running = [each for each in found if each.state.name == "running"]
    coming = [each for each in found if each.state.name == "coming"]
    return [
        *sorted(running, key=lambda each: each.step.closes_at),
        *sorted(coming, key=lambda each: each.step.opens_at)[:1],
    ]


def whole_of(session: Session, actor: Actor, made: Round | None) -> Line | None:
    """Return how many participants stand where, None where the caller sees no progress."""
    if made is None or not actor.may(Permission.SEE_PROGRESS):
        return None
    lines = lines_by(
        counted(session, actor, made.id),
        lambda each: each.committee_id,
        lambda each: each.committee,
    )
    line = together(lines, gettext("Together"))
    return line if line.total else None
