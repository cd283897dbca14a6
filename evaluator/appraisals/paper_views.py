"""Pages of the appraisal on paper: the tally, and its scan."""

from __future__ import annotations

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.appraisals.ballots import GRADES
from evaluator.appraisals.blueprint import blueprint
from evaluator.appraisals.models import Appraisal, Way
from evaluator.appraisals.paper import Miscounted, Scan, enter_tally
from evaluator.appraisals.policy import require_manage
from evaluator.appraisals.queries import appraisal_of, tally_of
from evaluator.database import db
from evaluator.evidence.checks.verdict import IMAGES, PDF, Refused
from evaluator.evidence.isolation import check_apart
from evaluator.evidence.words import refused_words
from evaluator.rounds.queries import find_participant
from evaluator.storage import storage
from evaluator.web.languages import language
from forms.appraisals import tally_form

P = Permission


@blueprint.get("/appraisals/<int:participant_id>/tally")
@needs(P.MANAGE_APPRAISALS)
def tally(participant_id: int) -> str:
    """Ask for the tally of an appraisal on paper."""
    appraisal = _on_paper(participant_id)
    form = tally_form(appraisal.questions, GRADES, language())()
    return render_template("appraisals/tally.html", appraisal=appraisal, form=form)


@blueprint.post("/appraisals/<int:participant_id>/tally")
@needs(P.MANAGE_APPRAISALS)
def keep_tally(participant_id: int) -> ResponseReturnValue:
    """Keep the tally of an appraisal on paper, with its scan."""
    appraisal = _on_paper(participant_id)
    form = tally_form(appraisal.questions, GRADES, language())()
    scan = _scan(form) if form.validate_on_submit() else None
    if scan is None:
        return render_template("appraisals/tally.html", appraisal=appraisal, form=form), 422
    try:
        enter_tally(
            db.session,
            current_actor(),
            appraisal=appraisal,
            handed_out=form.handed_out.data,
            returned=form.returned.data,
            counts=_counts(appraisal, form),
            scan=scan,
        )
    except Miscounted as error:
        form.returned.errors = [str(error)]
        return render_template("appraisals/tally.html", appraisal=appraisal, form=form), 422
    return redirect(url_for("appraisals.page", participant_id=participant_id))


@blueprint.get("/appraisals/<int:participant_id>/scan")
@needs(P.SEE_APPRAISALS)
def scan(participant_id: int) -> Response:
    """Send the scan of a tally; a browser keeps it apart from our pages."""
    participant = find_participant(db.session, current_actor(), P.SEE_APPRAISALS, participant_id)
    appraisal = appraisal_of(db.session, participant)
    kept = tally_of(db.session, appraisal) if appraisal else None
    if kept is None:
        raise NotAllowed("no tally")
    answer = Response(storage().get(kept.scan_key), mimetype=kept.scan_type)
    answer.headers["Content-Disposition"] = f"attachment; filename=tally-{participant.code}"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _on_paper(participant_id: int) -> Appraisal:
    """Return an appraisal on paper that the caller runs; raises NotAllowed."""
    participant = find_participant(db.session, current_actor(), P.MANAGE_APPRAISALS, participant_id)
    require_manage(current_actor(), participant)
    appraisal = appraisal_of(db.session, participant)
    if appraisal is None or appraisal.way is not Way.PAPER:
        raise NotAllowed("no appraisal on paper")
    return appraisal


def _counts(appraisal: Appraisal, form: FlaskForm) -> dict[str, dict[str, int]]:
    return {
        each["fact"]: {grade: form[f"{each['fact']}-{grade}"].data for grade, _ in GRADES}
        for each in appraisal.questions
    }


def _scan(form: FlaskForm) -> Scan | None:
    """Return the scan, checked by what it holds; None with words at the field where it is wrong."""
    try:
        checked = check_apart(form.scan.data.read())
    except Refused as refused:
        form.scan.errors = [refused_words(refused)]
        return None
    if checked.media_type not in IMAGES | {PDF}:
        form.scan.errors = [gettext("Send the scan as PDF or picture.")]
        return None
    return Scan(form.scan.data.filename or "", checked.media_type, checked.content)
