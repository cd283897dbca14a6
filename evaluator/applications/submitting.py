"""Submitting: the check list, the declaration, and the page on which both stand."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import Permission, current_actor, needs
from evaluator.applications.blueprint import blueprint
from evaluator.applications.checklist import by_part, checklist
from evaluator.applications.content import Declaration
from evaluator.applications.draft import Draft
from evaluator.applications.models import Application
from evaluator.applications.policy import may_submit
from evaluator.applications.queries import application_of, find_for
from evaluator.applications.ready import Ready, ready_for
from evaluator.applications.standing import standing_of
from evaluator.applications.submissions import submit_application
from evaluator.database import db
from evaluator.rounds.models import Participant
from evaluator.web.languages import language
from evaluator.web.service import takes_turn_late
from forms.applications import SubmissionForm


@blueprint.get("/applications/<int:participant_id>/submission")
@needs(Permission.SUBMIT_APPLICATIONS)
def check(participant_id: int) -> ResponseReturnValue:
    """Show what is missing, and the declaration where nothing is."""
    participant, ready = _to_submit(participant_id)
    application = application_of(db.session, participant)
    if not may_submit(current_actor(), participant, application):
        return _where_it_stands(participant, application)
    draft = Draft.of(db.session, participant, application, ready)
    return _shown(draft, declaration_form(ready, participant.secretary, application))


@blueprint.post("/applications/<int:participant_id>/submission")
@needs(Permission.SUBMIT_APPLICATIONS)
@takes_turn_late
def submit(participant_id: int) -> ResponseReturnValue:
    """Submit an application; a second click finds it submitted."""
    participant, ready = _to_submit(participant_id)
    form = declaration_form(ready, participant.secretary, None)
    if not form.validate():
        application = application_of(db.session, participant)
        return _shown(Draft.of(db.session, participant, application, ready), form)
    level = form.claimed_level.data if "claimed_level" in form else ""
    declaration = Declaration((form.secretary.data or "").strip(), level)
    submit_application(
        db.session,
        current_actor(),
        participant=participant,
        ready=ready,
        declaration=declaration,
        language=language(),
    )
    return redirect(url_for("applications.receipt", participant_id=participant_id), 303)


def _to_submit(participant_id: int) -> tuple[Participant, Ready]:
    actor = current_actor()
    participant = find_for(db.session, actor, Permission.SUBMIT_APPLICATIONS, participant_id)
    return participant, ready_for(db.session, participant)


def _where_it_stands(
    participant: Participant, application: Application | None
) -> ResponseReturnValue:
    """Go to the receipt of what was submitted, or to the page for reading."""
    submitted = application is not None and application.submitted_at is not None
    endpoint = "applications.receipt" if submitted else "applications.page"
    return redirect(url_for(endpoint, participant_id=participant.id))


def declaration_form(
    ready: Ready, secretary: str, application: Application | None, **more: Any
) -> SubmissionForm:
    """Return the form of the declaration, with the levels of the rule set where one is claimed."""
    claimed = application.claimed_level if application else ""
    form = SubmissionForm(secretary=secretary, claimed_level=claimed, **more)
    levels = ready.rule_set.levels.from_low_to_high
    if ready.step is None or not ready.step.self_claimed_level or not levels:
        del form.claimed_level
    else:
        titles = {level.id: level.title.say(language()) for level in reversed(levels)}
        form.offer_levels(titles)
    return form


def _shown(draft: Draft, form: SubmissionForm) -> ResponseReturnValue:
    return render_template(
        "applications/submission.html",
        participant=draft.participant,
        groups=by_part(checklist(draft, language())),
        standing=standing_of(draft, language()),
        form=form,
    )
