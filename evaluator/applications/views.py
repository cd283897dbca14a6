"""Pages of applications: the form of a branch, part by part."""

from __future__ import annotations

from threading import BoundedSemaphore

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import Permission, current_actor, needs
from evaluator.applications import receipts, submitting  # noqa: F401 - they add their routes
from evaluator.applications.blueprint import blueprint
from evaluator.applications.draft import Draft
from evaluator.applications.editing import Conflict, Editing
from evaluator.applications.operations import copy_last_year, save_answers
from evaluator.applications.page import Page
from evaluator.applications.parts import Part
from evaluator.applications.policy import ends_at, may_edit
from evaluator.applications.posted import typed_in_form, typed_in_json
from evaluator.applications.queries import (
    application_of,
    applications_of,
    find_for,
    has_answers_of_last_year,
    names_of,
)
from evaluator.applications.ready import Ready, ready_for
from evaluator.applications.standing import part_lines, standing_of
from evaluator.database import db
from evaluator.evidence.queries import evidence_of
from evaluator.rounds.models import Participant
from evaluator.rounds.queries import current_round, visible_participants
from evaluator.web.in_two import told_in_two
from evaluator.web.languages import language
from evaluator.web.pages import page_of
from evaluator.web.service import goes_first, takes_turn_late
from evaluator.web.wording import gettext

__all__ = ["blueprint"]

_AT_ONCE = BoundedSemaphore(2)
"""So many pages a worker draws side by side: of more, each would take as long as all together,
and so would the saves between them."""


@blueprint.get("/applications")
@needs(Permission.FILL_APPLICATIONS)
def mine() -> ResponseReturnValue:
    """Show the caller's applications of the round that runs; a single one at once."""
    made = current_round(db.session)
    if made is None:
        return render_template("applications/mine.html", round=None, lines=[], page=None)
    query = visible_participants(current_actor(), Permission.FILL_APPLICATIONS, made.id)
    page = page_of(db.session, query)
    if page.total == 1 and page.rows:
        return redirect(url_for("applications.page", participant_id=page.rows[0].id))
    found = applications_of(db.session, page.rows)
    lines = [(each, found.get(each.id), ends_at(each, found.get(each.id))) for each in page.rows]
    return render_template("applications/mine.html", round=made, lines=lines, page=page)


@blueprint.get("/applications/<int:participant_id>")
@needs(Permission.SEE_APPLICATIONS)
def page(participant_id: int) -> ResponseReturnValue:
    """Show one part of an application: to fill in as long as it may be, else to read."""
    participant = find_for(db.session, current_actor(), Permission.SEE_APPLICATIONS, participant_id)
    ready = ready_for(db.session, participant)
    with _AT_ONCE:
        draft = Draft.of(db.session, participant, application_of(db.session, participant), ready)
        return _shown(draft, draft.part(request.args.get("part")))


@blueprint.post("/applications/<int:participant_id>")
@needs(Permission.FILL_APPLICATIONS)
@goes_first
def save(participant_id: int) -> ResponseReturnValue:
    """Save a whole part; where somebody else changed a field, show both values."""
    participant, ready = _to_fill(participant_id)
    part = _part_of(ready, request.form.get("part", ""))
    typed = typed_in_form(ready, part, request.form)
    editing = save_answers(
        db.session, current_actor(), participant=participant, ready=ready, typed=typed
    )
    if editing.conflicts:
        draft = Draft(participant, editing.application, ready, editing.sheet)
        return _shown(draft, part, editing.conflicts)
    if "submit" in request.form:
        return redirect(url_for("applications.check", participant_id=participant_id))
    return _go_on(participant_id, part)


@blueprint.post("/applications/<int:participant_id>/autosave")
@needs(Permission.FILL_APPLICATIONS)
@takes_turn_late
@goes_first
def autosave(participant_id: int) -> ResponseReturnValue:
    """Save the fields that changed, and tell a script what has become of the page."""
    participant, ready = _to_fill(participant_id)
    sent = request.get_json(silent=True) or {}
    typed = typed_in_json(sent)
    editing = save_answers(
        db.session, current_actor(), participant=participant, ready=ready, typed=typed
    )
    db.session.commit()
    return _told(editing, ready, _part_of(ready, str(sent["part"])), set(typed))


@blueprint.post("/applications/<int:participant_id>/copy")
@needs(Permission.FILL_APPLICATIONS)
def copy(participant_id: int) -> ResponseReturnValue:
    """Take over last year's answers, each to be confirmed."""
    participant, ready = _to_fill(participant_id)
    count = copy_last_year(db.session, current_actor(), participant=participant, ready=ready)
    flash(gettext("%(count)s answers were copied; confirm or change each.", count=count))
    return redirect(url_for("applications.page", participant_id=participant_id))


def _to_fill(participant_id: int) -> tuple[Participant, Ready]:
    actor = current_actor()
    participant = find_for(db.session, actor, Permission.FILL_APPLICATIONS, participant_id)
    return participant, ready_for(db.session, participant)


def _part_of(ready: Ready, name: str) -> Part:
    return next((each for each in ready.parts if each.id == name), ready.parts[0])


def _go_on(participant_id: int, part: Part) -> ResponseReturnValue:
    """Go to the part that was asked for, and back to the field that was worked on."""
    form = request.form
    field = form.get("add") or form.get("remove", "").rpartition("-")[0] or form.get("confirm")
    indicator = form.get("confirm_indicator")
    anchor = f"fact-{field}" if field else f"indicator-{indicator}" if indicator else None
    address = url_for(
        "applications.page",
        participant_id=participant_id,
        part=form.get("go") or part.id,
        more=form.get("add"),
        _anchor=anchor,
    )
    return redirect(address, 303)


def _shown(
    draft: Draft, part: Part, conflicts: dict[str, Conflict] | None = None
) -> ResponseReturnValue:
    actor, participant = current_actor(), draft.participant
    editable = may_edit(actor, participant, draft.application)
    names = names_of(db.session, [each.account_id for each in (conflicts or {}).values()])
    return render_template(
        "applications/page.html",
        page=Page(draft, part, language(), conflicts, names),
        parts=part_lines(draft, language()),
        standing=standing_of(draft, language()),
        participant=participant,
        application=draft.application,
        part=part,
        editable=editable,
        ends=ends_at(participant, draft.application),
        may_copy=editable and has_answers_of_last_year(db.session, participant),
        review=_review(draft),
        more=request.args.get("more"),
        evidence_by_indicator=evidence_of(db.session, participant.id),
    )


def _review(draft: Draft) -> str | None:
    """Return where the review of an application is told, once there may be something to tell."""
    application, endpoint = draft.application, "reviews.outcome"
    if application is None or not application.submitted_at:
        return None
    if endpoint not in current_app.view_functions:
        return None
    return url_for(endpoint, participant_id=draft.participant.id)


def _told(editing: Editing, ready: Ready, part: Part, names: set[str]) -> Response:
    """Tell that fields are saved, with their marks, and then what that changed on the page.

    Scoring and drawing anew takes as long as saving does; nobody is to wait for it to know that
    nothing typed is lost.
    """
    draft = Draft(editing.participant, editing.application, ready, editing.sheet)
    accounts = names_of(db.session, [each.account_id for each in editing.conflicts.values()])
    page = Page(draft, part, language(), editing.conflicts, accounts)
    marks = {name: page.mark(name) for name in names}
    saved = {"marks": marks, "conflicts": sorted(editing.conflicts)}
    return told_in_two(saved, lambda: {"html": _pieces(page, draft)})


def _pieces(page: Page, draft: Draft) -> str:
    """Return the pieces of the page that a save may have changed."""
    return render_template(
        "applications/pieces.html",
        page=page,
        parts=part_lines(draft, language()),
        standing=standing_of(draft, language()),
        participant=draft.participant,
        application=draft.application,
        part=page.part,
        editable=True,
    )
