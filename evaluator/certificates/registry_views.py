"""The registry of certificates within one's place, on a page and as a workbook."""

from __future__ import annotations

from io import BytesIO

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from evaluator.access import Permission, current_actor, needs
from evaluator.certificates.blueprint import blueprint
from evaluator.certificates.models import CertificateState
from evaluator.certificates.policy import manages
from evaluator.certificates.queries import (
    Wanted,
    committees,
    not_in_line,
    rounds_with_awards,
    wanted_certificates,
)
from evaluator.certificates.reconciling import reconcile
from evaluator.certificates.standing import standing_of
from evaluator.certificates.words import MARKS, STATES, Titles
from evaluator.certificates.workbook import as_workbook
from evaluator.database import db
from evaluator.web.pages import page_of
from evaluator.web.wording import gettext

P = Permission
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/certificates")
@needs(P.SEE_AWARDS)
def listing() -> str:
    """List the certificates of the reader's place that are asked for."""
    actor, wanted = current_actor(), _wanted()
    runs = manages(db.session, actor)
    return render_template(
        "certificates/listing.html",
        page=page_of(db.session, wanted_certificates(actor, wanted)),
        wanted=wanted,
        titles=Titles(),
        states=STATES,
        marks=MARKS,
        standing_of=standing_of,
        committees=committees(db.session, actor),
        runs=runs,
        rounds=rounds_with_awards(db.session) if runs else (),
        out_of_line=len(not_in_line(db.session)) if runs else 0,
        act=FlaskForm(),
    )


@blueprint.get("/certificates/export")
@needs(P.SEE_AWARDS)
def workbook() -> Response:
    """Send the list that is asked for as a workbook."""
    found = db.session.scalars(wanted_certificates(current_actor(), _wanted())).unique().all()
    name = gettext("Registry of certificates") + ".xlsx"
    data = BytesIO(as_workbook(found, Titles()))
    return send_file(data, EXCEL, as_attachment=True, download_name=name)


@blueprint.post("/certificates/reconcile")
@needs(P.AWARD)
def bring_into_line() -> ResponseReturnValue:
    """Note on certificates what became of their awards, as the service does every hour."""
    count = reconcile(db.session, current_actor())
    flash(gettext("Certificates brought into line: %(count)d", count=count))
    return redirect(url_for("certificates.listing"))


def _wanted() -> Wanted:
    given = request.args
    state = given.get("state", "")
    return Wanted(
        words=given.get("words", "").strip()[:100],
        category=given.get("category", ""),
        level=given.get("level", ""),
        committee=given.get("committee", type=int),
        batch=given.get("batch", type=int),
        lowered=given.get("lowered") == "1",
        proposed=given.get("proposed") == "1",
        state=CertificateState(state) if state in set(CertificateState) else None,
    )
