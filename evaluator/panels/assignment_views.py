"""Pages of the assignment: what is proposed, what it changes, and its confirmation."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import Permission, current_actor, needs
from evaluator.database import db
from evaluator.panels.blueprint import blueprint
from evaluator.panels.proposals import propose
from evaluator.panels.seating import confirm
from evaluator.panels.shown import may_change, round_to_change, round_to_read
from evaluator.web.wording import gettext
from forms.panels import ConfirmForm

P = Permission
MOST_SHOWN = 30


@blueprint.get("/panels/assignment")
@needs(P.SEE_PANELS)
def assignment() -> str:
    """Show who would judge what, and how that differs from now."""
    made = round_to_read()
    proposal = propose(db.session, made)
    return render_template(
        "panels/assignment.html",
        proposal=proposal,
        lacks=proposal.lacks(MOST_SHOWN),
        most=max((max(each.now, each.then) for each in proposal.loads), default=0),
        changes=may_change(made),
        form=ConfirmForm(formdata=None, digest=proposal.digest),
    )


@blueprint.post("/panels/assignment")
@needs(P.MANAGE_PANELS)
def confirm_assignment() -> ResponseReturnValue:
    """Seat everybody as it was proposed and read."""
    made, form = round_to_change(), ConfirmForm()
    proposal = propose(db.session, made)
    digest = (form.digest.data or "") if form.validate_on_submit() else ""
    count = confirm(db.session, current_actor(), made=made, proposal=proposal, digest=digest)
    flash(gettext("The seats of %(count)s cases were changed.", count=count))
    return redirect(url_for("panels.cases"))
