"""Pages of appraisals for those who run them."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.appraisals import ballots, listing_views, paper_views
from evaluator.appraisals.blueprint import blueprint
from evaluator.appraisals.models import Appraisal, AppraisalState, Way
from evaluator.appraisals.operations import ballots_cast, close, make_slips, set_up
from evaluator.appraisals.paper import on_paper
from evaluator.appraisals.policy import may_manage
from evaluator.appraisals.queries import appraisal_of, slips_out, tally_of
from evaluator.appraisals.slips import slips_document
from evaluator.database import db
from evaluator.rounds.models import Participant
from evaluator.rounds.queries import find_participant
from forms.appraisals import ActForm, SetUpForm, SlipsForm

MODULES = (ballots, paper_views, listing_views)
"""The other pages of the subject; importing them registers them."""
P = Permission


@blueprint.get("/appraisals/<int:participant_id>")
@needs(P.SEE_APPRAISALS)
def page(participant_id: int) -> str:
    """Show the appraisal of a participant."""
    participant = find_participant(db.session, current_actor(), P.SEE_APPRAISALS, participant_id)
    return _page(participant, SetUpForm())


@blueprint.post("/appraisals/<int:participant_id>")
@needs(P.MANAGE_APPRAISALS)
def begin(participant_id: int) -> ResponseReturnValue:
    """Set up the appraisal of a participant."""
    actor = current_actor()
    participant = find_participant(db.session, actor, P.MANAGE_APPRAISALS, participant_id)
    form = SetUpForm()
    if not form.validate_on_submit():
        return _page(participant, form), 422
    if appraisal_of(db.session, participant) is None:
        set_up(
            db.session,
            actor,
            participant=participant,
            way=Way(form.way.data),
            minimum=form.minimum.data or 0,
        )
    return _back(participant)


@blueprint.post("/appraisals/<int:participant_id>/slips")
@needs(P.MANAGE_APPRAISALS)
def slips(participant_id: int) -> ResponseReturnValue:
    """Make slips and send them to be printed; older ones that were not used end."""
    participant, appraisal = _managed(participant_id)
    form = SlipsForm()
    if not form.validate_on_submit():
        return _page(participant, SetUpForm(), form), 422
    codes = make_slips(db.session, current_actor(), appraisal=appraisal, count=form.count.data or 0)
    return slips_document([(participant, codes)], participant.code)


@blueprint.post("/appraisals/<int:participant_id>/close")
@needs(P.MANAGE_APPRAISALS)
def end(participant_id: int) -> ResponseReturnValue:
    """Close an appraisal by codes and count it."""
    participant, appraisal = _managed(participant_id)
    close(db.session, current_actor(), appraisal=appraisal)
    return _back(participant)


@blueprint.app_template_global()
def state_words(appraisal: Appraisal | None) -> str:
    """Return in words how far an appraisal is."""
    if appraisal is None:
        return str(gettext("Not set up"))
    if appraisal.state is AppraisalState.OPEN:
        return str(gettext("Running"))
    return str(gettext("Counted")) if appraisal.results else str(gettext("Closed without a result"))


def _managed(participant_id: int) -> tuple[Participant, Appraisal]:
    """Return a participant whose appraisal the caller runs; raises NotAllowed."""
    participant = find_participant(db.session, current_actor(), P.MANAGE_APPRAISALS, participant_id)
    appraisal = appraisal_of(db.session, participant)
    if appraisal is None:
        raise NotAllowed("no appraisal")
    return participant, appraisal


def _page(participant: Participant, form: SetUpForm, slips_form: SlipsForm | None = None) -> str:
    appraisal = appraisal_of(db.session, participant)
    return render_template(
        "appraisals/page.html",
        participant=participant,
        appraisal=appraisal,
        form=form,
        slips_form=slips_form or SlipsForm(),
        act=ActForm(),
        manages=may_manage(current_actor(), participant),
        slips=slips_out(db.session, appraisal) if appraisal else 0,
        cast=ballots_cast(db.session, appraisal) if appraisal else 0,
        tally=tally_of(db.session, appraisal) if appraisal else None,
        on_paper=appraisal is not None and on_paper(appraisal),
    )


def _back(participant: Participant) -> ResponseReturnValue:
    return redirect(url_for("appraisals.page", participant_id=participant.id))
