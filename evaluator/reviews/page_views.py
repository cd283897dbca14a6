"""The page on which an application is reviewed, and the acts on it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.database import db
from evaluator.reviews.blueprint import blueprint
from evaluator.reviews.case import DECIDED, Case, Standing
from evaluator.reviews.changes import Problems
from evaluator.reviews.closing import finish, give_back, reopen, to_mend, undecided
from evaluator.reviews.filling import (
    entries_in,
    filled_form,
    rows_of,
    seen_in,
    show_problems,
    show_versions,
    typed_form,
)
from evaluator.reviews.operations import (
    Overtaken,
    accept_rest,
    decide,
    left_to_accept,
    mark_to_mend,
)
from evaluator.reviews.policy import why_not_review
from evaluator.reviews.proofs import IN_PAGE, chosen_file, file_address, warnings_of
from evaluator.reviews.queries import find_case
from evaluator.reviews.replying import answer
from evaluator.reviews.units import Unit
from evaluator.reviews.words import STANDING_WORDS
from evaluator.web.languages import language
from evaluator.web.wording import gettext
from forms.reviews import ActForm, AnswerForm, DecisionForm, ReopenForm, ReturnForm
from rules.numbers import decimal_text, points_text

P = Permission


@blueprint.get("/reviews/<int:participant_id>")
@needs(P.SEE_REVIEWS)
def page(participant_id: int) -> ResponseReturnValue:
    """Show an application beside its evidence, one indicator at a time."""
    case = find_case(db.session, current_actor(), P.SEE_REVIEWS, participant_id)
    asked = request.args.get("indicator", "")
    unit = case.units.get(asked) or _next(case) or next(iter(case.units.values()))
    return _shown(case, unit)


@blueprint.post("/reviews/<int:participant_id>/indicators/<unit_id>")
@needs(P.REVIEW_APPLICATIONS)
def decide_indicator(participant_id: int, unit_id: str) -> ResponseReturnValue:
    """Accept or adjust an indicator, or mark it to be mended."""
    case = _to_change(participant_id)
    unit = _unit(case, unit_id)
    form = typed_form(case, unit, language())
    if not form.validate():
        return _shown(case, unit, form=form), 422
    try:
        _decide(case, unit, form)
    except Overtaken as overtaken:
        show_versions(form, case, unit)
        return _shown(case, unit, form=form, alert=overtaken.words), 409
    except Problems as problems:
        show_problems(form, case, unit, problems)
        return _shown(case, unit, form=form), 422
    flash(gettext("Kept: %(indicator)s", indicator=unit.title(language())))
    return _on(participant_id, unit)


def _decide(case: Case, unit: Unit, form: DecisionForm) -> None:
    actor, seen = current_actor(), seen_in(form, case, unit)
    if request.form.get("act") != "mend":
        entries = entries_in(form, case, unit)
        decide(db.session, actor, case=case, unit=unit, seen=seen, entries=entries)
        return
    note = form.note.data or ""
    if not note.strip():
        form.note.errors = [gettext("Write what the branch has to mend.")]
        raise Problems({})
    mark_to_mend(db.session, actor, case=case, unit=unit, seen=seen, note=note)


@blueprint.post("/reviews/<int:participant_id>/dimensions/<group_id>")
@needs(P.REVIEW_APPLICATIONS)
def accept_dimension(participant_id: int, group_id: str) -> ResponseReturnValue:
    """Accept as stated whatever is not decided of a dimension."""
    case = _to_change(participant_id)
    form = ActForm()
    if not form.validate():
        return _shown(case, _next_of(case)), 422
    try:
        version = form.version.data or 0
        done = accept_rest(
            db.session, current_actor(), case=case, group_id=group_id, version=version
        )
    except Overtaken as overtaken:
        return _shown(case, _next_of(case), alert=overtaken.words), 409
    flash(gettext("%(count)s indicators were accepted as stated.", count=len(done)))
    return _on(participant_id)


@blueprint.post("/reviews/<int:participant_id>/return")
@needs(P.REVIEW_APPLICATIONS)
def return_to_branch(participant_id: int) -> ResponseReturnValue:
    """Return an application to its branch with what it has to mend."""
    case = _to_change(participant_id)
    form = ReturnForm()
    if not form.validate():
        return _shown(case, _next_of(case), returning=form), 422
    try:
        version, message = form.version.data or 0, form.message.data or ""
        give_back(db.session, current_actor(), case=case, version=version, message=message)
    except Overtaken as overtaken:
        return _shown(case, _next_of(case), alert=overtaken.words, returning=form), 409
    flash(gettext("The application went back to %(name)s.", name=case.participant.name))
    return redirect(url_for("reviews.queue"))


@blueprint.post("/reviews/<int:participant_id>/finish")
@needs(P.REVIEW_APPLICATIONS)
def finish_review(participant_id: int) -> ResponseReturnValue:
    """Finish the review of an application."""
    case = _to_change(participant_id)
    form = ActForm()
    if not form.validate():
        return _shown(case, _next_of(case)), 422
    try:
        finish(db.session, current_actor(), case=case, version=form.version.data or 0)
    except Overtaken as overtaken:
        return _shown(case, _next_of(case), alert=overtaken.words), 409
    flash(gettext("The review of %(name)s is finished.", name=case.participant.name))
    return redirect(url_for("reviews.queue"))


@blueprint.post("/reviews/<int:participant_id>/reopen")
@needs(P.REVIEW_APPLICATIONS)
def reopen_review(participant_id: int) -> ResponseReturnValue:
    """Take a finished review up again."""
    case = _to_change(participant_id)
    form = ReopenForm()
    if not form.validate():
        return _shown(case, _next_of(case), reopening=form), 422
    try:
        version, reason = form.version.data or 0, form.reason.data or ""
        reopen(db.session, current_actor(), case=case, version=version, reason=reason)
    except Overtaken as overtaken:
        return _shown(case, _next_of(case), alert=overtaken.words, reopening=form), 409
    flash(gettext("The review is open again."))
    return _on(participant_id, case.units.get(request.args.get("indicator", "")), stay=True)


@blueprint.post("/reviews/<int:participant_id>/replies/<unit_id>")
@needs(P.REVIEW_APPLICATIONS)
def answer_reply(participant_id: int, unit_id: str) -> ResponseReturnValue:
    """Answer what the branch replied to a changed indicator."""
    case = _to_change(participant_id)
    unit = _unit(case, unit_id)
    form = AnswerForm()
    if not form.validate():
        return _shown(case, unit, answering=form), 422
    version, text = form.version.data or 0, form.text.data or ""
    answer(db.session, current_actor(), case=case, unit=unit, version=version, text=text)
    flash(gettext("The branch can read your answer."))
    return _on(participant_id, unit, stay=True)


def _to_change(participant_id: int) -> Case:
    return find_case(
        db.session, current_actor(), P.REVIEW_APPLICATIONS, participant_id, for_change=True
    )


def _unit(case: Case, unit_id: str) -> Unit:
    if unit_id not in case.units:
        raise NotAllowed(unit_id)
    return case.units[unit_id]


def _on(participant_id: int, unit: Unit | None = None, *, stay: bool = False) -> Response:
    """Go on to the next indicator that waits, or stay where none does."""
    case = find_case(db.session, current_actor(), P.SEE_REVIEWS, participant_id)
    following = unit if stay else _next(case, unit) or unit
    name = following.id if following else None
    return redirect(url_for("reviews.page", participant_id=participant_id, indicator=name))


def _next(case: Case, after: Unit | None = None) -> Unit | None:
    """Return the next indicator that waits for a decision, from the start where none follows."""
    units = list(case.units.values())
    start = units.index(case.units[after.id]) + 1 if after else 0
    waiting = (
        each for each in units[start:] + units[:start] if case.standing(each) is Standing.TO_DO
    )
    return next(waiting, None)


def _next_of(case: Case) -> Unit:
    asked = case.units.get(request.args.get("indicator", ""))
    return asked or _next(case) or next(iter(case.units.values()))


def _shown(
    case: Case,
    unit: Unit,
    *,
    form: DecisionForm | None = None,
    alert: str = "",
    returning: ReturnForm | None = None,
    answering: AnswerForm | None = None,
    reopening: ReopenForm | None = None,
) -> str:
    filled = form or filled_form(case, unit, language())
    reply = case.replies.get(unit.id)
    return render_template(
        "reviews/page.html",
        case=case,
        unit=unit,
        form=filled,
        rows=rows_of(case, unit, filled, language()),
        alert=alert,
        why_not=why_not_review(current_actor(), case.application),
        standing=Standing,
        words=STANDING_WORDS,
        decided=sum(case.standing(each) in DECIDED for each in case.units.values()),
        undecided=undecided(case),
        to_mend=to_mend(case),
        acceptable={group.id for group in case.groups if left_to_accept(case, group.id)},
        in_page=IN_PAGE,
        file_address=file_address,
        points_text=points_text,
        decimal_text=decimal_text,
        file=chosen_file(case, unit, request.args.get("file", "")),
        warnings=warnings_of(db.session, current_actor(), case, unit),
        returning=returning or ReturnForm(formdata=None),
        reopening=reopening or ReopenForm(formdata=None),
        reply=reply,
        answering=answering or AnswerForm(formdata=None),
    )
