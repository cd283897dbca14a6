"""Pages of one finding: what it says, its evidence, and lifting it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Response, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import NotAllowed, Permission, confirmed, current_actor, needs
from evaluator.database import db
from evaluator.decisions.blueprint import blueprint
from evaluator.decisions.findings import attach, lift
from evaluator.decisions.models import Finding
from evaluator.decisions.policy import may_decide, require_deciding
from evaluator.decisions.queries import find_finding, find_opened
from evaluator.decisions.scored import board_for
from evaluator.evidence.checks.verdict import Checked, Refused
from evaluator.evidence.isolation import check_apart
from evaluator.evidence.limits import limits
from evaluator.evidence.names import shown_name
from evaluator.evidence.operations import check_size
from evaluator.evidence.words import refused_words
from evaluator.organisations.form_pages import attempt, status_of
from evaluator.storage import storage
from evaluator.web.languages import language
from evaluator.web.service import takes_turn_late
from evaluator.web.wording import gettext
from forms.decisions import EvidenceForm, ReasonForm

P = Permission


@blueprint.get("/decisions/findings/<int:finding_id>", endpoint="finding")
@needs(P.SEE_DECISIONS)
def show_finding(finding_id: int) -> str:
    """Show a finding with its evidence."""
    return _shown(find_finding(db.session, current_actor(), finding_id, P.SEE_DECISIONS))


@blueprint.get("/decisions/findings/<int:finding_id>/evidence")
@needs(P.SEE_DECISIONS)
def finding_evidence(finding_id: int) -> Response:
    """Send the evidence of a finding; a browser keeps it apart from our pages."""
    found = find_finding(db.session, current_actor(), finding_id, P.SEE_DECISIONS)
    if not found.evidence_key:
        raise NotAllowed("no evidence")
    answer = send_file(
        BytesIO(storage().get(found.evidence_key)),
        mimetype=found.evidence_type,
        as_attachment=True,
        download_name=found.evidence_name,
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@blueprint.post("/decisions/findings/<int:finding_id>/evidence")
@needs(P.DECIDE)
@takes_turn_late
def attach_evidence(finding_id: int) -> ResponseReturnValue:
    """Keep the evidence of a finding."""
    found, form = _deciding(finding_id), EvidenceForm(prefix="evidence")
    checked = _checked(form) if form.validate() else None
    if checked is None:
        return _shown(found, {"evidence": form}), 422

    def act() -> bool:
        name = shown_name(form.file.data.filename or "")
        version = form.version.data or 0
        attach(
            db.session, current_actor(), finding=found, version=version, name=name, checked=checked
        )
        return True

    return _answer(finding_id, "evidence", form, attempt(form, act))


@blueprint.post("/decisions/findings/<int:finding_id>/lift")
@needs(P.DECIDE)
@confirmed
def lift_finding(finding_id: int) -> ResponseReturnValue:
    """Lift a finding with a reason."""
    found, form = _deciding(finding_id), ReasonForm(prefix="lift")

    def act() -> bool:
        lift(
            db.session,
            current_actor(),
            made=find_opened(db.session, found.participant.round_id),
            finding=found,
            version=form.version.data or 0,
            reason=form.reason.data or "",
        )
        return True

    return _answer(finding_id, "lift", form, attempt(form, act) if form.validate() else None)


def _deciding(finding_id: int) -> Finding:
    found = find_finding(db.session, current_actor(), finding_id, P.DECIDE)
    require_deciding(db.session, current_actor())
    return found


def _checked(form: EvidenceForm) -> Checked | None:
    """Return the file, checked by what it holds; None with words at the field where it is wrong."""
    sent = form.file.data
    content = sent.stream.read(limits().file_bytes + 1)
    check_size(shown_name(sent.filename or ""), len(content))
    try:
        return check_apart(content)
    except Refused as refused:
        form.file.errors = [refused_words(refused)]
        return None


def _answer(finding_id: int, name: str, form: Any, done: bool | None) -> ResponseReturnValue:
    if done is None:
        status = status_of(form)
        found = find_finding(db.session, current_actor(), finding_id, P.DECIDE)
        return _shown(found, {name: form}), status
    flash(gettext("It is noted."))
    return redirect(url_for("decisions.finding", finding_id=finding_id))


def _shown(found: Finding, typed: dict[str, Any] | None = None) -> str:
    made = find_opened(db.session, found.participant.round_id)
    evidence = EvidenceForm(prefix="evidence", formdata=None)
    lifting = ReasonForm(prefix="lift", formdata=None)
    evidence.version.data = lifting.version.data = found.version
    return render_template(
        "decisions/finding.html",
        found=found,
        made=made,
        board=board_for(db.session, made, found.participant.category),
        forms={"evidence": evidence, "lift": lifting, **(typed or {})},
        may_decide=may_decide(db.session, current_actor()),
        spoken=language(),
    )
