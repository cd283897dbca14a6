"""The receipt of what was submitted, its PDF, and checking a digest."""

from __future__ import annotations

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.applications.blueprint import blueprint
from evaluator.applications.content import digest_of
from evaluator.applications.models import Submission
from evaluator.applications.queries import (
    application_of,
    find_for,
    find_submission,
    submission_with_digest,
    submissions_of,
)
from evaluator.applications.ready import ready_for
from evaluator.database import db
from evaluator.rounds.models import Participant
from evaluator.storage import storage
from evaluator.web.languages import language

_SEE = Permission.SEE_APPLICATIONS


@blueprint.get("/applications/<int:participant_id>/receipt")
@needs(_SEE)
def receipt(participant_id: int) -> ResponseReturnValue:
    """Show the receipt of what was submitted last, and what was submitted before."""
    participant = find_for(db.session, current_actor(), _SEE, participant_id)
    submissions = submissions_of(db.session, participant)
    if not submissions:
        raise NotAllowed(_SEE)
    application = application_of(db.session, participant)
    return render_template(
        "applications/receipt.html",
        participant=participant,
        application=application,
        latest=submissions[0],
        former=submissions[1:],
        claimed=_level(participant, application.claimed_level if application else ""),
        holds=_holds(submissions[0]),
    )


@blueprint.get("/applications/<int:participant_id>/submissions/<int:number>.pdf")
@needs(_SEE)
def paper(participant_id: int, number: int) -> ResponseReturnValue:
    """Send the PDF of what was submitted, to be saved and never run."""
    participant = find_for(db.session, current_actor(), _SEE, participant_id)
    submission = find_submission(db.session, participant, number)
    answer = Response(storage().get(submission.pdf_key), mimetype="application/pdf")
    name = f"application-{participant.round.year}-{participant.id}-{number}.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@blueprint.get("/applications/receipts")
@needs(_SEE)
def verify() -> ResponseReturnValue:
    """Tell whether a digest is that of something submitted, which the caller may see."""
    digest = request.args.get("digest", "").strip().lower()
    found = submission_with_digest(db.session, current_actor(), digest) if digest else None
    submission, participant = found or (None, None)
    return render_template(
        "applications/verify.html",
        digest=digest,
        submission=submission,
        participant=participant,
        holds=submission is not None and _holds(submission),
    )


def _holds(submission: Submission) -> bool:
    """Return whether what is kept is what was submitted."""
    return digest_of(submission.content) == submission.digest and storage().exists(
        submission.pdf_key
    )


def _level(participant: Participant, name: str) -> str:
    levels = ready_for(db.session, participant).rule_set.levels.from_low_to_high
    return next((each.title.say(language()) for each in levels if each.id == name), "")
