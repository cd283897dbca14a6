"""What the chair of a case does: it leads the hearing, and closes the case."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import Permission, current_actor, needs
from evaluator.database import db
from evaluator.defences.blueprint import blueprint
from evaluator.defences.models import SittingState
from evaluator.defences.queries import desk_of
from evaluator.defences.sittings import close_case, move_sitting
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext
from forms.defences import MoveForm

P = Permission


@blueprint.post("/defence/cases/<int:case_id>/move")
@needs(P.JUDGE)
def go_on(case_id: int) -> ResponseReturnValue:
    """Let the hearing go on by a step, or back by one."""
    actor, form = current_actor(), MoveForm()
    desk = desk_of(db.session, actor, case_id)
    if not form.validate_on_submit() or form.to.data not in list(SittingState):
        raise Refusal(gettext("What was sent cannot be read. Load the page again."))
    to, version = SittingState(form.to.data), form.version.data or 0
    move_sitting(db.session, actor, desk=desk, to=to, version=version)
    return redirect(url_for("defences.case", case_id=case_id))


@blueprint.post("/defence/cases/<int:case_id>/close")
@needs(P.JUDGE)
def close(case_id: int) -> ResponseReturnValue:
    """Close the case; its scores count from now on."""
    actor = current_actor()
    desk = desk_of(db.session, actor, case_id)
    close_case(db.session, actor, desk=desk)
    flash(gettext("The case is closed; the second scores of all sheets count."))
    return redirect(url_for("defences.case", case_id=case_id))
