"""Pages of the plan for the next star: take something in, change it, take it out."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.database import db
from evaluator.rounds.models import Participant
from evaluator.score_reports.blueprint import blueprint
from evaluator.score_reports.content import Suggestion
from evaluator.score_reports.making import gather, planned_in, standing_in
from evaluator.score_reports.operations import Wish, change, drop, today
from evaluator.score_reports.operations import take_in as take_into_plan
from evaluator.score_reports.queries import find_plan_item, find_told, report_for
from evaluator.score_reports.road import suggestion_of
from evaluator.web.languages import language
from evaluator.web.wording import gettext
from forms.score_reports import ChangeItemForm, DropItemForm, PlanItemForm

P = Permission


@blueprint.route("/score-reports/<int:participant_id>/plan/<item>", methods=["GET", "POST"])
@needs(P.PLAN_NEXT_STAR)
def take_in(participant_id: int, item: str) -> ResponseReturnValue:
    """Take a suggestion of a report into the plan."""
    actor = current_actor()
    participant = find_told(db.session, actor, participant_id, P.PLAN_NEXT_STAR)
    suggestion = _suggestion(participant, item)
    if suggestion.planned:
        return redirect(url_for("score_reports.change_item", item_id=suggestion.planned.id))
    form = PlanItemForm(today=today())
    if form.validate_on_submit():
        take_into_plan(
            db.session, actor, participant=participant, suggestion=suggestion, wish=_wish(form)
        )
        flash(gettext("It stands in your plan now."))
        return _back(participant.id)
    page = render_template(
        "score_reports/plan_item.html",
        form=form,
        title=suggestion.title,
        how=suggestion.how,
        name=participant.name,
        back=participant.id,
        item=None,
    )
    return page, 422 if form.errors else 200


@blueprint.route("/score-reports/plan/<int:item_id>", methods=["GET", "POST"])
@needs(P.PLAN_NEXT_STAR)
def change_item(item_id: int) -> ResponseReturnValue:
    """Change an item of a plan, or note that it is done."""
    actor = current_actor()
    item, path = find_plan_item(db.session, actor, item_id)
    back = report_for(db.session, actor, item)
    form = ChangeItemForm(obj=item, data={"is_done": item.done_on is not None}, today=today())
    if form.validate_on_submit():
        version, is_done = _version(form), bool(form.is_done.data)
        change(
            db.session, actor, item=item, path=path, wish=_wish(form), is_done=is_done,
            version=version,
        )  # fmt: skip
        flash(gettext("The plan is saved."))
        return _back(back)
    page = render_template(
        "score_reports/plan_item.html",
        form=form,
        title=item.title,
        how=item.how,
        name="",
        back=back,
        item=item,
        drop_form=DropItemForm(formdata=None),
    )
    return page, 422 if form.errors else 200


@blueprint.post("/score-reports/plan/<int:item_id>/drop")
@needs(P.PLAN_NEXT_STAR)
def drop_item(item_id: int) -> ResponseReturnValue:
    """Take an item out of a plan."""
    actor = current_actor()
    item, path = find_plan_item(db.session, actor, item_id)
    back = report_for(db.session, actor, item)
    drop(db.session, actor, item=item, path=path)
    flash(gettext("It stands in your plan no more."))
    return _back(back)


def _suggestion(participant: Participant, item: str) -> Suggestion:
    found = gather(db.session, current_actor(), [participant], language())
    standing = standing_in(found, participant)
    suggestion = suggestion_of(standing, planned_in(found, participant), item, language())
    if suggestion is None:
        raise NotAllowed("no such suggestion")
    return suggestion


def _wish(form: PlanItemForm) -> Wish:
    due = form.due.data
    assert due is not None  # noqa: S101 - the form asks for it
    return Wish(form.text.data or "", form.owner.data or "", due)


def _version(form: ChangeItemForm) -> int:
    typed = str(form.version.data or "")
    return int(typed) if typed.isdecimal() else 0


def _back(participant_id: int | None) -> ResponseReturnValue:
    if participant_id is None:
        return redirect(url_for("score_reports.listing"))
    return redirect(url_for("score_reports.report", participant_id=participant_id, _anchor="plan"))
