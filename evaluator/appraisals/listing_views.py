"""The list of appraisals, and what is done there for all of a place at once."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from evaluator.access import Permission, current_actor, needs
from evaluator.appraisals.blueprint import blueprint
from evaluator.appraisals.models import Way
from evaluator.appraisals.policy import STEP
from evaluator.appraisals.queries import Standing, Wanted, page_of_lines
from evaluator.appraisals.slips import slips_document
from evaluator.appraisals.together import Left, left, make_all_slips, set_up_missing
from evaluator.database import db
from evaluator.rounds.models import Round
from evaluator.rounds.queries import current_round, open_step
from evaluator.web.errors import Refusal
from evaluator.web.pages import searched_words
from forms.appraisals import AllSlipsForm, SetUpAllForm

P = Permission
STANDINGS = {
    Standing.MISSING: lazy_gettext("Not set up"),
    Standing.OPEN: lazy_gettext("Running"),
    Standing.CLOSED: lazy_gettext("Closed"),
}


@blueprint.get("/appraisals")
@needs(P.SEE_APPRAISALS)
def listing() -> str:
    """List the participants of the round with how far their appraisals are."""
    return _page(SetUpAllForm())


@blueprint.post("/appraisals/set-up")
@needs(P.MANAGE_APPRAISALS)
def begin_all() -> ResponseReturnValue:
    """Set up all appraisals that are missing at the caller's place."""
    made, form = _running(), SetUpAllForm()
    if not form.validate_on_submit():
        return _page(form), 422
    way, share = Way(form.way.data), form.share.data or 0
    count = set_up_missing(db.session, current_actor(), made=made, way=way, share=share)
    flash(gettext("%(count)d appraisals are set up.", count=count))
    return redirect(url_for("appraisals.listing"))


@blueprint.post("/appraisals/slips")
@needs(P.MANAGE_APPRAISALS)
def all_slips() -> ResponseReturnValue:
    """Make slips for all appraisals by codes that have none, and send them to be printed."""
    made, form = _running(), AllSlipsForm()
    anew = form.validate_on_submit() and bool(form.anew.data)
    together = make_all_slips(db.session, current_actor(), made=made, anew=anew)
    if not together:
        raise Refusal(gettext("There is no appraisal by codes that still needs slips."))
    return slips_document(together, str(made.year))


def _page(form: SetUpAllForm) -> str:
    actor, made = current_actor(), current_round(db.session)
    wanted = _wanted()
    runs = made is not None and actor.may(P.MANAGE_APPRAISALS) and open_step(made, STEP) is not None
    return render_template(
        "appraisals/listing.html",
        round=made,
        page=page_of_lines(db.session, actor, made.id if made else 0, wanted),
        wanted=wanted,
        standings=STANDINGS,
        left=left(db.session, actor, made) if made and runs else Left(),
        form=form,
        slips_form=AllSlipsForm(),
    )


def _wanted() -> Wanted:
    """Return what the address asks for; what is no choice narrows nothing."""
    standing = request.args.get("standing", "")
    return Wanted(
        searched_words(),
        Standing(standing) if standing in set(Standing) else None,
    )


def _running() -> Round:
    """Return the round whose appraisals run now; raises Refusal."""
    made = current_round(db.session)
    if made is None or open_step(made, STEP) is None:
        raise Refusal(gettext("The democratic appraisal is not open now; see the calendar."))
    return made
