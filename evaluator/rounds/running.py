"""Opening a round, changing the calendar of an open one, closing it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from evaluator.access import Permission, confirmed, current_actor, needs
from evaluator.database import db, now
from evaluator.organisations.catalogue import catalogue
from evaluator.rounds.blueprint import blueprint
from evaluator.rounds.calendar import ZONE, PlannedStep, warnings
from evaluator.rounds.freezing import (
    NO_CATEGORY,
    NO_COMMITTEE,
    NO_RULE_SET,
    Register,
    register_for,
)
from evaluator.rounds.models import Round, RoundStep
from evaluator.rounds.operations import close_round, open_round, reasons_against_opening
from evaluator.rounds.queries import find_step, find_to_manage
from evaluator.rounds.state_words import step_state
from evaluator.rounds.step_operations import close_step, extend_step, move_step
from evaluator.rounds.transitions import CLOSING, OPENING, RUNNING
from evaluator.web.languages import language
from forms.rounds import ActForm, ExtendForm, MoveForm, ReasonForm

P = Permission
LISTED = 200
WHY = {
    NO_CATEGORY: lazy_gettext("no category in the register"),
    NO_RULE_SET: lazy_gettext("no rule set of its category in this round"),
    NO_COMMITTEE: lazy_gettext("stands below no committee"),
}


@blueprint.get("/rounds/<int:round_id>/open")
@needs(P.MANAGE_ROUNDS)
@confirmed
def review_opening(round_id: int) -> ResponseReturnValue:
    """Show who would take part and who would not, before the round is opened."""
    made = _managed(round_id)
    OPENING.check(made)
    register = register_for(db.session, made)
    steps = [PlannedStep(each.step, each.opens_at, each.closes_at) for each in made.steps]
    return render_template(
        "rounds/open.html",
        made=made,
        register=register,
        table=_table(register),
        reasons=Counter(each.why for each in register.left_out),
        why=WHY,
        listed=register.left_out[:LISTED],
        against=reasons_against_opening(db.session, made, register),
        warnings=warnings(steps),
        catalogue=catalogue(db.session),
        spoken=language(),
        act=ActForm(formdata=None, data={"version": made.version}),
    )


@blueprint.post("/rounds/<int:round_id>/open")
@needs(P.MANAGE_ROUNDS)
@confirmed
def open_now(round_id: int) -> ResponseReturnValue:
    """Open a round."""
    made = _managed(round_id)
    form = ActForm()
    if form.validate_on_submit():
        number = open_round(db.session, current_actor(), made=made, version=form.version.data or 0)
        flash(gettext("The round is open; %(number)s organisations take part.", number=number))
    return _back(made)


@blueprint.get("/rounds/<int:round_id>/close")
@needs(P.MANAGE_ROUNDS)
@confirmed
def review_closing(round_id: int) -> ResponseReturnValue:
    """Ask for the reason why a round is closed."""
    made = _managed(round_id)
    CLOSING.check(made)
    return _closing(made, ReasonForm(formdata=None, data={"version": made.version}))


@blueprint.post("/rounds/<int:round_id>/close")
@needs(P.MANAGE_ROUNDS)
@confirmed
def close_now(round_id: int) -> ResponseReturnValue:
    """Close a round for good."""
    made = _managed(round_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        return _closing(made, form), 422
    close_round(
        db.session, current_actor(), made=made, version=form.version.data or 0,
        reason=(form.reason.data or "").strip(),
    )  # fmt: skip
    flash(gettext("The round is closed."))
    return _back(made)


@blueprint.get("/rounds/<int:round_id>/steps/<int:step_id>")
@needs(P.MANAGE_ROUNDS)
def step(round_id: int, step_id: int) -> ResponseReturnValue:
    """Show how the calendar of a step can be changed."""
    made = _managed(round_id)
    RUNNING.check(made)
    return _step(find_step(made, step_id))


@blueprint.post("/rounds/<int:round_id>/steps/<int:step_id>/extend")
@needs(P.MANAGE_ROUNDS)
def extend(round_id: int, step_id: int) -> ResponseReturnValue:
    """Let a step last longer."""
    found, form = find_step(_managed(round_id), step_id), ExtendForm(prefix="extend-")
    if not form.validate_on_submit():
        return _step(found, extending=form), 422
    extend_step(
        db.session, current_actor(), step=found, version=form.version.data or 0,
        closes_at=_moment(form.closes_at.data), reason=(form.reason.data or "").strip(),
    )  # fmt: skip
    return _back(found.round)


@blueprint.post("/rounds/<int:round_id>/steps/<int:step_id>/close")
@needs(P.MANAGE_ROUNDS)
def close_early(round_id: int, step_id: int) -> ResponseReturnValue:
    """End a step now."""
    found, form = find_step(_managed(round_id), step_id), ReasonForm(prefix="close-")
    if not form.validate_on_submit():
        return _step(found, closing=form), 422
    close_step(
        db.session, current_actor(), step=found, version=form.version.data or 0,
        reason=(form.reason.data or "").strip(),
    )  # fmt: skip
    return _back(found.round)


@blueprint.post("/rounds/<int:round_id>/steps/<int:step_id>/move")
@needs(P.MANAGE_ROUNDS)
def move(round_id: int, step_id: int) -> ResponseReturnValue:
    """Set other moments for a step that has not begun."""
    found, form = find_step(_managed(round_id), step_id), MoveForm(prefix="move-")
    if not form.validate_on_submit():
        return _step(found, moving=form), 422
    move_step(
        db.session, current_actor(), step=found, version=form.version.data or 0,
        opens_at=_moment(form.opens_at.data), closes_at=_moment(form.closes_at.data),
        reason=(form.reason.data or "").strip(),
    )  # fmt: skip
    return _back(found.round)


def _managed(round_id: int) -> Round:
    return find_to_manage(db.session, current_actor(), round_id)


def _moment(typed: datetime | None) -> datetime:
    return (typed or now()).replace(tzinfo=ZONE)


def _closing(made: Round, form: ReasonForm) -> str:
    moment = now()
    running = [each for each in made.steps if each.is_open(moment)]
    return render_template("rounds/close.html", made=made, form=form, running=running)


def _step(
    found: RoundStep,
    extending: ExtendForm | None = None,
    closing: ReasonForm | None = None,
    moving: MoveForm | None = None,
) -> str:
    moment = now()
    version = {"version": found.version}
    moments = {
        "opens_at": found.opens_at.astimezone(ZONE),
        "closes_at": found.closes_at.astimezone(ZONE),
        **version,
    }
    return render_template(
        "rounds/step.html",
        made=found.round,
        step=found,
        state=step_state(found, moment),
        begun=found.opens_at <= moment,
        runs=found.is_open(moment),
        extending=extending or ExtendForm(formdata=None, prefix="extend-", data=moments),
        closing=closing or ReasonForm(formdata=None, prefix="close-", data=version),
        moving=moving or MoveForm(formdata=None, prefix="move-", data=moments),
    )


def _table(register: Register) -> tuple[list[str], list[tuple[str, list[int]]]]:
    """Return the categories, and for each committee how many of each take part."""
    counts = register.counts()
    categories = sorted({category for _, category in counts})
    committees = sorted({committee for committee, _ in counts})
    return categories, [
        (committee, [counts.get((committee, each), 0) for each in categories])
        for committee in committees
    ]


def _back(made: Round) -> ResponseReturnValue:
    return redirect(url_for("rounds.page", round_id=made.id))
