"""Letters of one act let go or withdrawn together."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.database import db
from evaluator.outbox import letting_go, queries
from evaluator.outbox.blueprint import blueprint
from evaluator.outbox.letter_views import show_listing
from forms.outbox import BatchForm, BatchReasonForm

P = Permission


@blueprint.post("/outbox/batch/release")
@needs(P.SEND_LETTERS)
def release_batch() -> ResponseReturnValue:
    """Let go all held letters of a batch."""
    form = BatchForm()
    if not form.validate_on_submit():
        raise NotAllowed("no batch is named")
    batch, count = form.batch.data or "", form.count.data or 0
    letting_go.release_batch(db.session, current_actor(), batch=batch, count=count)
    flash(gettext("Letters let go: %(count)s", count=count), "message")
    return redirect(url_for("outbox.listing", batch=batch))


@blueprint.post("/outbox/batch/withdraw")
@needs(P.SEND_LETTERS)
def withdraw_batch() -> ResponseReturnValue:
    """Withdraw all held letters of a batch for a reason."""
    form, actor = BatchReasonForm(), current_actor()
    batch, count = form.batch.data or "", form.count.data or 0
    if not queries.count_of(db.session, queries.held_in_batch(actor, batch)):
        raise NotAllowed("no letter of this batch is held here")
    if not form.validate_on_submit():
        return show_listing(form), 422
    letting_go.withdraw_batch(
        db.session, actor, batch=batch, count=count, reason=form.reason.data or ""
    )
    flash(gettext("Letters withdrawn: %(count)s", count=count), "message")
    return redirect(url_for("outbox.listing", batch=batch))
