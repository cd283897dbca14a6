"""A batch as single files with the district's digital signature: asked for, followed, sent."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from flask import Response, flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_timedelta, to_user_timezone
from sqlalchemy.orm import Session

from evaluator.access import NotAllowed, Permission, confirmed, current_actor, needs
from evaluator.certificates.blueprint import blueprint
from evaluator.certificates.models import Batch
from evaluator.certificates.queries import find_batch, find_certificate
from evaluator.certificates.signed.files import MILLISECONDS_EACH
from evaluator.certificates.signed.models import SigningRun
from evaluator.certificates.signed.operations import go_on_signing, start_signing, stop_signing
from evaluator.certificates.signed.parcels import zipped
from evaluator.certificates.signed.queries import (
    ALL,
    Parcel,
    contents_of,
    find_signing,
    parcels_of,
    run_of,
    signed_file_of,
)
from evaluator.certificates.signed.signatory import Fitness, Standing, signatory_now
from evaluator.database import db
from evaluator.jobs.queries import Progress, progress
from evaluator.storage import storage
from evaluator.web.wording import gettext
from forms.certificates import SignForm

P = Permission


@dataclass(frozen=True)
class Signed:
    """What the page of a batch says of its signed files."""

    standing: Standing
    run: SigningRun | None
    progress: Progress | None
    parcels: list[Parcel]
    form: SignForm
    cost: str

    @property
    def is_under_way(self) -> bool:
        """Return whether files are being signed."""
        return self.progress is not None and self.progress.is_under_way

    @property
    def count(self) -> int:
        """Return how many files are signed."""
        return sum(each.count for each in self.parcels)

    @property
    def is_offered(self) -> bool:
        """Return whether there is anything to say: signed files, or a certificate to sign with."""
        return self.run is not None or self.standing.fitness is not Fitness.NONE


def signed_of(session: Session, batch: Batch) -> Signed:
    """Return what the page of a batch says of its signed files."""
    run, standing = run_of(session, batch), signatory_now()
    form = SignForm(formdata=None, prefix="sign-")
    form.fingerprint.data = standing.signatory.fingerprint if standing.signatory else ""
    seconds = max(1, batch.count * MILLISECONDS_EACH // 1000)
    return Signed(
        standing,
        run,
        progress(session, run.job_id) if run and run.job_id else None,
        parcels_of(session, run) if run else [],
        form,
        format_timedelta(seconds, granularity="second", threshold=1.5),
    )


@blueprint.post("/certificates/batches/<int:batch_id>/signed")
@needs(P.AWARD)
@confirmed
def sign_batch(batch_id: int) -> ResponseReturnValue:
    """Let every certificate of a batch be signed."""
    batch, form = _batch(batch_id), SignForm(prefix="sign-")
    shown = form.fingerprint.data or ""
    start_signing(db.session, current_actor(), batch=batch, fingerprint=shown)
    flash(gettext("The certificates are being signed."))
    return _back(batch_id)


@blueprint.post("/certificates/batches/<int:batch_id>/signed/stop")
@needs(P.AWARD)
def stop_signed(batch_id: int) -> ResponseReturnValue:
    """Stop signing."""
    stop_signing(db.session, current_actor(), run=_run(batch_id))
    return _back(batch_id)


@blueprint.post("/certificates/batches/<int:batch_id>/signed/resume")
@needs(P.AWARD)
def go_on_signed(batch_id: int) -> ResponseReturnValue:
    """Go on signing."""
    go_on_signing(db.session, current_actor(), run=_run(batch_id))
    return _back(batch_id)


@blueprint.get("/certificates/batches/<int:batch_id>/signed/<name>.zip")
@needs(P.AWARD)
def parcel(batch_id: int, name: str) -> Response:
    """Send the signed files of a committee, or of all."""
    run = _run(batch_id)
    contents = contents_of(db.session, run, name)
    answer = Response(
        zipped(contents, storage(), to_user_timezone(run.moment)), mimetype="application/zip"
    )
    shown = f"{batch_id}-signed" + ("" if name == ALL else f"-{name}")
    answer.headers["Content-Disposition"] = f"attachment; filename={shown}.zip"
    return answer


@blueprint.get("/certificates/<int:certificate_id>/signed")
@needs(P.SEE_AWARDS)
def signed_document(certificate_id: int) -> Response:
    """Send the certificate with its digital signature, as it was signed once."""
    found = find_certificate(db.session, current_actor(), P.SEE_AWARDS, certificate_id)
    signed = signed_file_of(db.session, found)
    if signed is None:
        raise NotAllowed("it is not signed")
    data, name = BytesIO(storage().get(signed.storage_key)), f"{found.serial}-signed.pdf"
    return send_file(data, "application/pdf", download_name=name)


def _back(batch_id: int) -> ResponseReturnValue:
    return redirect(url_for("certificates.batch", batch_id=batch_id, _anchor="signed"))


def _batch(batch_id: int) -> Batch:
    return find_batch(db.session, current_actor(), batch_id)


def _run(batch_id: int) -> SigningRun:
    return find_signing(db.session, _batch(batch_id))
