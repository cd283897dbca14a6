"""Pages of follow-up tasks: the list, each of them, and what is done with it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from evaluator.access import Permission, current_actor, needs
from evaluator.awards.blueprint import blueprint
from evaluator.awards.follow_ups import (
    Given,
    add_task,
    cancel_task,
    edit_task,
    make_tasks,
    note_done,
    reopen_task,
)
from evaluator.awards.models import FollowUpTask
from evaluator.awards.task_queries import (
    Progress,
    WantedTasks,
    find_task,
    is_overdue,
    rounds_with_follow_up,
    wanted_tasks,
)
from evaluator.awards.words import PROGRESS
from evaluator.database import db
from evaluator.rounds.queries import find_participant, find_round
from evaluator.rule_sets.policy import may_everywhere
from evaluator.web.pages import page_of
from evaluator.web.wording import gettext
from forms.awards import DoneForm, ReasonForm, TaskForm

P = Permission


@blueprint.get("/awards/follow-up")
@needs(P.SEE_AWARDS)
def follow_up() -> str:
    """List the follow-up tasks of the reader's place, overdue ones first."""
    actor, wanted = current_actor(), _wanted()
    makes = may_everywhere(db.session, actor, P.AWARD)
    return render_template(
        "awards/follow_up.html",
        page=page_of(db.session, wanted_tasks(actor, wanted)),
        wanted=wanted,
        progress=PROGRESS,
        is_overdue=is_overdue,
        rounds=rounds_with_follow_up(db.session) if makes else (),
        act=FlaskForm(),
    )


@blueprint.post("/awards/follow-up/<int:round_id>/make")
@needs(P.AWARD)
def make(round_id: int) -> ResponseReturnValue:
    """Make the tasks of a round that are not there yet, as for those closed after the award."""
    made = find_round(db.session, current_actor(), round_id)
    count = make_tasks(db.session, current_actor(), made=made)
    flash(gettext("Follow-up tasks made: %(count)d", count=count))
    return redirect(url_for("awards.follow_up"))


@blueprint.route("/awards/participants/<int:participant_id>/tasks", methods=["GET", "POST"])
@needs(P.AWARD)
def add(participant_id: int) -> ResponseReturnValue:
    """Give an organisation a task of its own."""
    participant = find_participant(db.session, current_actor(), P.AWARD, participant_id)
    form = TaskForm(data={"version": 0})
    if not form.validate_on_submit():
        status = 422 if request.method == "POST" else 200
        words = {"form": form, "participant": participant, "task": None}
        return render_template("awards/task_form.html", **words), status
    task = add_task(db.session, current_actor(), participant=participant, given=_given(form))
    return _back(task, gettext("The task is added."))


@blueprint.get("/awards/tasks/<int:task_id>")
@needs(P.SEE_AWARDS)
def task(task_id: int) -> str:
    """Show a task and what was done."""
    return _page(find_task(db.session, current_actor(), P.SEE_AWARDS, task_id))


@blueprint.route("/awards/tasks/<int:task_id>/edit", methods=["GET", "POST"])
@needs(P.AWARD)
def change(task_id: int) -> ResponseReturnValue:
    """Put a task right, or say who does it by when."""
    found = find_task(db.session, current_actor(), P.AWARD, task_id)
    form = TaskForm(obj=found)
    if not form.validate_on_submit():
        status = 422 if request.method == "POST" else 200
        words = {"form": form, "participant": found.participant, "task": found}
        return render_template("awards/task_form.html", **words), status
    version = form.version.data or 0
    edit_task(db.session, current_actor(), task=found, given=_given(form), version=version)
    return _back(found, gettext("The task is kept."))


@blueprint.post("/awards/tasks/<int:task_id>/done")
@needs(P.FOLLOW_UP)
def finish(task_id: int) -> ResponseReturnValue:
    """Write down that a task is done."""
    found = find_task(db.session, current_actor(), P.FOLLOW_UP, task_id)
    form = DoneForm(prefix="done-")
    if not form.validate():
        return _page(found, done=form), 422
    note, version = form.note.data or "", form.version.data or 0
    note_done(db.session, current_actor(), task=found, note=note, version=version)
    return _back(found, gettext("Noted as done."))


@blueprint.post("/awards/tasks/<int:task_id>/cancel")
@needs(P.AWARD)
def cancel(task_id: int) -> ResponseReturnValue:
    """Let a task be done no more that was made by mistake."""
    found = find_task(db.session, current_actor(), P.AWARD, task_id)
    form = ReasonForm(prefix="cancel-")
    if not form.validate():
        return _page(found, cancelling=form), 422
    reason, version = form.reason.data or "", form.version.data or 0
    cancel_task(db.session, current_actor(), task=found, reason=reason, version=version)
    return _back(found, gettext("The task is cancelled."))


@blueprint.post("/awards/tasks/<int:task_id>/reopen")
@needs(P.AWARD)
def reopen(task_id: int) -> ResponseReturnValue:
    """Take back that a task is done or cancelled."""
    found = find_task(db.session, current_actor(), P.AWARD, task_id)
    form = ReasonForm(prefix="reopen-")
    if not form.validate():
        return _page(found, again=form), 422
    reason, version = form.reason.data or "", form.version.data or 0
    reopen_task(db.session, current_actor(), task=found, reason=reason, version=version)
    return _back(found, gettext("The task is open again."))


def _page(
    found: FollowUpTask,
    done: DoneForm | None = None,
    again: ReasonForm | None = None,
    cancelling: ReasonForm | None = None,
) -> str:
    actor, path = current_actor(), found.participant.path
    known = {"version": found.version, "note": found.note}
    return render_template(
        "awards/task.html",
        task=found,
        is_overdue=is_overdue(found),
        may_finish=actor.may(P.FOLLOW_UP, path) and found.is_open,
        may_edit=actor.may(P.AWARD, path),
        done=done or DoneForm(formdata=None, prefix="done-", data=known),
        again=again or ReasonForm(formdata=None, prefix="reopen-", data=known),
        cancelling=cancelling or ReasonForm(formdata=None, prefix="cancel-", data=known),
    )


def _given(form: TaskForm) -> Given:
    return Given(form.text.data or "", form.owner.data or "", form.due.data)


def _wanted() -> WantedTasks:
    given = request.args.get("progress", "")
    return WantedTasks(
        words=request.args.get("words", "").strip()[:100],
        progress=Progress(given) if given in set(Progress) else None,
        participant=request.args.get("participant", type=int),
    )


def _back(found: FollowUpTask, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("awards.task", task_id=found.id))
