"""Applications for programs: how they stand, their answers, submitting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext
from webargs.flaskparser import abort
from werkzeug.datastructures import MultiDict

from evaluator.access import Permission, current_actor
from evaluator.api.application_rows import answers_shown, application_shown
from evaluator.api.idempotency import once
from evaluator.api.matching import matched, require_match
from evaluator.api.operations import Operations, concerning
from evaluator.api.schemas import applications as schemas
from evaluator.applications.content import Declaration
from evaluator.applications.draft import Draft
from evaluator.applications.locking import hold
from evaluator.applications.models import Submission
from evaluator.applications.operations import save_answers
from evaluator.applications.posted import typed_in_json
from evaluator.applications.queries import application_of, find_for, submissions_of
from evaluator.applications.ready import ready_for
from evaluator.applications.submissions import submit_application
from evaluator.applications.submitting import declaration_form
from evaluator.database import db
from evaluator.organisations.values import plain
from evaluator.rounds.models import Participant
from evaluator.web.languages import language

P = Permission
blueprint = Operations("applications", "Applications")
ONE = "/applications/<int:participant_id>"


@blueprint.get(ONE)
@concerning(find_for, P.SEE_APPLICATIONS)
@blueprint.response(200, schemas.Application)
def read(participant: Participant) -> dict[str, Any]:
    """Read how an application stands: points so far, level, what is missing for the next."""
    return application_shown(_draft(participant))


@blueprint.get(f"{ONE}/answers")
@concerning(find_for, P.SEE_APPLICATIONS)
@blueprint.response(200, schemas.Answers)
def answers(participant: Participant) -> dict[str, Any]:
    """Read all facts of an application: what the branch says, and what is known."""
    return answers_shown(_draft(participant))


@blueprint.patch(f"{ONE}/answers")
@concerning(find_for, P.FILL_APPLICATIONS)
@matched
@blueprint.arguments(schemas.AnswersGiven)
@blueprint.response(200, schemas.Answers)
def save(participant: Participant, given: dict[str, Any]) -> dict[str, Any]:
    """Change answers of a draft; with `If-Match: *` each fact names the mark it was read with."""
    hold(db.session, participant)
    before = answers_shown(_draft(participant))
    marks = _marks(before, given["facts"])
    _refuse_what_is_not_asked(before, given["facts"])
    sent = {name: {**each, "was": marks[name]} for name, each in _plain(given["facts"]).items()}
    editing = save_answers(
        db.session,
        current_actor(),
        participant=participant,
        ready=ready_for(db.session, participant),
        typed=typed_in_json({"part": "", "facts": sent}),
    )
    if editing.conflicts:
        words = [gettext("Somebody else changed this in the meantime")]
        abort(412, errors={"json": {"facts": dict.fromkeys(editing.conflicts, words)}})
    db.session.flush()
    return answers_shown(_draft(participant))


@blueprint.get(f"{ONE}/submissions")
@concerning(find_for, P.SEE_APPLICATIONS)
@blueprint.response(200, schemas.Submissions)
def submissions(participant: Participant) -> dict[str, Any]:
    """List what was submitted of an application."""
    found = submissions_of(db.session, participant)
    return {"rows": [_receipt(participant, each) for each in found]}


@blueprint.post(f"{ONE}/submissions")
@concerning(find_for, P.SUBMIT_APPLICATIONS)
@once
@blueprint.arguments(schemas.Declaration)
@blueprint.response(201, schemas.Submission)
def submit(participant: Participant, given: dict[str, Any]) -> dict[str, Any]:
    """Submit an application; one that lies with the committee already is left as it is."""
    ready = ready_for(db.session, participant)
    submission = submit_application(
        db.session,
        current_actor(),
        participant=participant,
        ready=ready,
        declaration=_declaration(participant, given),
        language=language(),
    )
    db.session.flush()
    return _receipt(participant, submission)


def _draft(participant: Participant) -> Draft:
    application = application_of(db.session, participant)
    return Draft.of(db.session, participant, application, ready_for(db.session, participant))


def _marks(before: dict[str, Any], given: Mapping[str, Any]) -> dict[str, str]:
    """Return what the caller has read of each fact, by `If-Match` or by the marks it names."""
    named = {name: each["was"] for name, each in given.items() if "was" in each}
    if request.if_match.star_tag and len(named) < len(given):
        words = [gettext("With If-Match: * send the mark of each fact as `was`.")]
        unnamed = {name: {"was": words} for name in given if name not in named}
        abort(422, errors={"json": {"facts": unnamed}})
    if not request.if_match.star_tag:
        require_match(schemas.Answers, before)
    return {each["fact"]: each["mark"] for each in before["answers"]} | named


def _refuse_what_is_not_asked(before: dict[str, Any], given: Mapping[str, Any]) -> None:
    asked = {each["fact"] for each in before["answers"] if each["can_be_given"]}
    wrong = {
        name: [gettext("The branch is not asked for this.")] for name in given if name not in asked
    }
    if wrong:
        abort(422, errors={"json": {"facts": wrong}})


def _plain(given: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return answers as a page sends them: texts alone."""
    return {
        name: {**each, "value": None if each["value"] is None else plain(each["value"])}
        for name, each in given.items()
    }


def _declaration(participant: Participant, given: dict[str, Any]) -> Declaration:
    """Return the declaration as the form of the page reads it."""
    sent = {name: str(value) for name, value in given.items() if value is not False}
    ready = ready_for(db.session, participant)
    form = declaration_form(ready, "", None, formdata=MultiDict(sent), meta={"csrf": False})
    if not form.validate():
        wrong = {name: [str(each) for each in words] for name, words in form.errors.items()}
        abort(422, errors={"json": wrong})
    level = form.claimed_level.data if "claimed_level" in form else ""
    return Declaration((form.secretary.data or "").strip(), level)


def _receipt(participant: Participant, submission: Submission) -> dict[str, Any]:
    return {
        "participant_id": participant.id,
        "number": submission.number,
        "at": submission.at,
        "secretary": submission.secretary,
        "digest": submission.digest,
    }
