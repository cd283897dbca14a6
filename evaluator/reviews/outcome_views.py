"""What the branch reads of its review, and its replies."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.database import db
from evaluator.reviews.blueprint import blueprint
from evaluator.reviews.case import Case
from evaluator.reviews.outcome import changes_told
from evaluator.reviews.policy import TOLD, why_not_reply
from evaluator.reviews.queries import find_case
from evaluator.reviews.replying import reply
from evaluator.web.languages import language
from evaluator.web.wording import gettext
from forms.reviews import ReplyForm
from rules.numbers import decimal_text, points_text

P = Permission


@blueprint.get("/applications/<int:participant_id>/review")
@needs(P.SEE_APPLICATIONS)
def outcome(participant_id: int) -> ResponseReturnValue:
    """Show what the committee changed and why, and what is to be mended."""
    return _shown(find_case(db.session, current_actor(), P.SEE_APPLICATIONS, participant_id))


@blueprint.post("/applications/<int:participant_id>/review/<unit_id>")
@needs(P.REPLY_TO_REVIEWS)
def reply_to_change(participant_id: int, unit_id: str) -> ResponseReturnValue:
    """Reply to a changed indicator."""
    case = find_case(
        db.session, current_actor(), P.REPLY_TO_REVIEWS, participant_id, for_change=True
    )
    if unit_id not in case.units:
        raise NotAllowed(unit_id)
    form = ReplyForm(prefix=unit_id)
    if not form.validate():
        return _shown(case, {unit_id: form}), 422
    unit, text = case.units[unit_id], form.text.data or ""
    reply(db.session, current_actor(), case=case, unit=unit, text=text)
    flash(gettext("Your reply went to the committee."))
    return redirect(url_for("reviews.outcome", participant_id=participant_id))


def _shown(case: Case, typed: dict[str, ReplyForm] | None = None) -> str:
    told = case.application.state in TOLD
    changes = changes_told(case, language()) if told else []
    forms = {
        each.unit.id: ReplyForm(prefix=each.unit.id, formdata=None)
        for each in changes
        if each.reply is None
    }
    return render_template(
        "reviews/outcome.html",
        case=case,
        told=told,
        changes=changes,
        forms={**forms, **(typed or {})},
        why_not=why_not_reply(current_actor(), case.application),
        points_text=points_text,
        decimal_text=decimal_text,
        to_indicator=_to_indicator,
    )


def _to_indicator(case: Case, unit_id: str) -> str:
    """Return where the branch finds an indicator in its application."""
    group = next(each for each in case.groups if unit_id in {unit.id for unit in each.units})
    anchor = f"indicator-{unit_id}" if case.units[unit_id].indicator else None
    return url_for(
        "applications.page", participant_id=case.participant.id, part=group.id, _anchor=anchor
    )
