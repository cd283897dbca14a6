"""Pages of the admission to the defence: who is proposed, whom the organiser picks."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.database import db
from evaluator.panels.admitting import Proposal, admit, propose
from evaluator.panels.blueprint import blueprint
from evaluator.panels.letters import not_told, tell_not_admitted
from evaluator.panels.shown import may_change, round_to_change, round_to_read, titles
from evaluator.rounds.models import Round
from evaluator.web.wording import gettext
from forms.panels import AdmitForm, ReasonForm
from rules.numbers import decimal_text

P = Permission
WAYS = ("recommended", "points")


@blueprint.get("/panels/admission")
@needs(P.SEE_PANELS)
def admission() -> str:
    """Show the reviewed applications of a category in the order of their standing."""
    made = round_to_read()
    categories = titles(made)
    category = request.args.get("category") or next(iter(sorted(categories)), "")
    if categories and category not in categories:
        raise NotAllowed(P.SEE_PANELS)
    return _page(made, category)


@blueprint.post("/panels/admission/<category>")
@needs(P.MANAGE_PANELS)
def admit_picked(category: str) -> ResponseReturnValue:
    """Admit those that the organiser picked."""
    made, form = round_to_change(), AdmitForm()
    if category not in titles(made):
        raise NotAllowed(P.MANAGE_PANELS)
    proposal = _proposal(made, category)
    wanted = set(form.participants.data or ()) if form.validate_on_submit() else set()
    picked = [
        each.participant
        for each in (proposal.candidates if proposal else ())
        if each.participant.id in wanted and not each.admitted
    ]
    cases = admit(db.session, current_actor(), made=made, participants=picked)
    flash(gettext("%(count)s applications are admitted to the defence.", count=len(cases)))
    return redirect(url_for("panels.admission", category=category, by=_way()))


@blueprint.post("/panels/admission/<category>/tell")
@needs(P.MANAGE_PANELS)
def tell_others(category: str) -> ResponseReturnValue:
    """Write to the branches of a category that are not admitted, with the reason."""
    made, form = round_to_change(), ReasonForm(prefix="tell-")
    if category not in titles(made):
        raise NotAllowed(P.MANAGE_PANELS)
    if not form.validate_on_submit():
        return _page(made, category, form), 422
    count = tell_not_admitted(
        db.session,
        current_actor(),
        made=made,
        category=category,
        reason=form.reason.data or "",
    )
    flash(gettext("%(count)s branches will be told; the letters are held.", count=count))
    return redirect(url_for("panels.admission", category=category, by=_way()))


def _way() -> str:
    asked = request.args.get("by", "")
    return asked if asked in WAYS else WAYS[0]


def _proposal(made: Round, category: str) -> Proposal | None:
    return propose(db.session, made, category, _way())


def _page(made: Round, category: str, telling: ReasonForm | None = None) -> str:
    return render_template(
        "panels/admission.html",
        round=made,
        titles=titles(made),
        category=category,
        by=_way(),
        proposal=_proposal(made, category) if category else None,
        changes=may_change(made),
        not_told=len(not_told(db.session, made, category)) if category else 0,
        telling=telling or ReasonForm(formdata=None, prefix="tell-"),
        form=AdmitForm(formdata=None),
        decimal_text=decimal_text,
    )
