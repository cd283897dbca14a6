"""Pages for everybody: verifying a certificate by its serial number or its code; keys and roots."""

from __future__ import annotations

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import NotAllowed, public
from evaluator.certificates.blueprint import blueprint
from evaluator.certificates.signing import known_keys, published_keys
from evaluator.certificates.throttling import note_failure, require_patience
from evaluator.certificates.verifying import (
    LONGEST_SERIAL,
    Found,
    Verified,
    by_serial,
    by_token,
    find_public_batch,
)
from evaluator.certificates.words import EVENTS, MARKS, STATES
from evaluator.credentials.offline import FILE_NAME, offline_page
from evaluator.credentials.tokens import token_of
from evaluator.database import db, only_read, unit_of_work
from evaluator.web.headers import nonce

LONGEST = 2_000


@blueprint.get("/verify")
@public
def verify() -> ResponseReturnValue:
    """Ask for a serial number, or lead to the certificate of what was typed or pasted."""
    typed = request.args.get("serial", "").strip()[:LONGEST]
    if not typed:
        return render_template("certificates/verify.html", typed="", unknown=False)
    if len(typed) > LONGEST_SERIAL:
        return redirect(url_for("certificates.by_code", token=token_of(typed)))
    return redirect(url_for("certificates.by_number", serial=typed.replace("/", "-")))


@blueprint.get("/verify/<serial>")
@public
def by_number(serial: str) -> ResponseReturnValue:
    """Show the certificate of a serial number."""
    found = find_patiently(serial)
    return _page(found) if found else unknown(serial)


@blueprint.get("/v/<token>")
@blueprint.get("/V/<token>")
@public
def by_code(token: str) -> ResponseReturnValue:
    """Show the certificate of a QR code; its signature is checked as well."""
    require_patience(db.session, request.remote_addr or "")
    what, found = by_token(db.session, token[:LONGEST])
    if found is None:
        return unknown("", forged=what is Found.FORGED)
    return _page(found, scanned=True)


@blueprint.get("/verify/keys.json")
@public
def keys() -> Response:
    """Publish the keys by which codes are verified without us."""
    return open_to_all(jsonify(published_keys()))


@blueprint.get("/verify/offline")
@public
def offline() -> Response:
    """Show the page that verifies codes by itself, or send it as a file to keep."""
    kept = request.args.get("keep") == "1"
    answer = Response(offline_page(known_keys(), "" if kept else nonce()), mimetype="text/html")
    if kept:
        answer.headers["Content-Disposition"] = f"attachment; filename={FILE_NAME}"
    answer.headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
    return answer


@blueprint.get("/verify/batches/<int:batch_id>")
@public
def public_batch(batch_id: int) -> str:
    """Show the published root of a batch; no other batch is there."""
    batch = find_public_batch(db.session, batch_id)
    if batch is None:
        raise NotAllowed("no such batch")
    return render_template("certificates/public_batch.html", batch=batch)


@blueprint.get("/verify/<serial>/proof.json")
@public
def proof(serial: str) -> ResponseReturnValue:
    """Return token, place, path and root, for programs that verify by themselves."""
    found = find_patiently(serial)
    if found is None:
        return unknown(serial)
    certificate, batch = found.certificate, found.batch
    told = {
        "serial": certificate.serial,
        "state": found.standing.state.value,
        "token": certificate.token,
        "index": certificate.position,
        "size": batch.count,
        "path": found.path,
        "root": batch.root if batch.published_at else None,
    }
    return open_to_all(jsonify(told))


def find_patiently(serial: str) -> Verified | None:
    """Return the certificate of a serial number, unless too many were asked for in vain."""
    require_patience(db.session, request.remote_addr or "")
    return by_serial(db.session, serial)


def unknown(typed: str, *, forged: bool = False) -> ResponseReturnValue:
    """Say that there is none such, the same for whatever was wrong with a serial number."""
    with unit_of_work(db.session):
        note_failure(db.session, request.remote_addr or "")
    only_read(db.session)
    typed = typed[:LONGEST_SERIAL]
    page = render_template(
        "certificates/verify.html", typed=typed, unknown=not forged, forged=forged
    )
    return page, 404


def _page(found: Verified, *, scanned: bool = False) -> str:
    return render_template(
        "certificates/public_page.html",
        found=found,
        certificate=found.certificate,
        pinned=found.pinned,
        standing=found.standing,
        scanned=scanned,
        states=STATES,
        marks=MARKS,
        kinds=EVENTS,
    )


def open_to_all(answer: Response) -> Response:
    """Let pages of others read it too: it is public, and nobody's session matters."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Cache-Control"] = "no-cache"
    return answer
