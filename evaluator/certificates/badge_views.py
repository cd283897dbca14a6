"""The same award as an Open Badge 3.0, as long as its certificate is in force."""

from __future__ import annotations

from flask import Response, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import public
from evaluator.certificates.addresses import public_address
from evaluator.certificates.blueprint import blueprint
from evaluator.certificates.public_views import find_patiently, open_to_all, unknown
from evaluator.certificates.signing import registry
from evaluator.certificates.verifying import Verified
from evaluator.credentials.badges import MEDIA_TYPE, Addresses, badge, badge_token
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext


@blueprint.get("/verify/<serial>/badge.json")
@public
def badge_of(serial: str) -> ResponseReturnValue:
    """Return the badge as a credential, or secured as a token where that is asked for."""
    found = find_patiently(serial)
    if found is None:
        return unknown(serial)
    if not found.standing.is_valid:
        raise Refusal(gettext("This certificate is not in force; there is no badge of it."))
    facts, at = found.pinned.facts, _addresses(found)
    if request.args.get("form") == "jwt":
        token = badge_token(facts, at, registry(facts.issuer).key)
        return open_to_all(Response(token, mimetype=MEDIA_TYPE))
    answer = jsonify(badge(facts, at))
    answer.mimetype = "application/ld+json"
    return open_to_all(answer)


def _addresses(found: Verified) -> Addresses:
    base, serial = public_address(), found.pinned.serial
    return Addresses(
        credential=base + url_for("certificates.badge_of", serial=serial),
        issuer=base + url_for("certificates.keys"),
        achievement=base
        + url_for(
            "certificates.public_batch",
            batch_id=found.batch.id,
            _anchor=found.certificate.kind,
        ),
        certificate=base + url_for("certificates.by_number", serial=serial),
    )
