"""Evidence for programs: listed, uploaded, read, mended, removed."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from webargs.flaskparser import abort

from evaluator.access import Actor, Permission, current_actor
from evaluator.api.idempotency import once_at_the_end
from evaluator.api.matching import matched, require_match
from evaluator.api.operations import Operations, concerning
from evaluator.api.schemas import evidence as schemas
from evaluator.applications.queries import find_for
from evaluator.database import db, unit_of_work
from evaluator.evidence import operations, queries
from evaluator.evidence.limits import limits
from evaluator.evidence.models import EvidenceFile
from evaluator.evidence.serving import served
from evaluator.evidence.storing import store
from evaluator.evidence.uploads import begin_upload
from evaluator.rounds.models import Participant

P = Permission
blueprint = Operations("evidence", "Evidence")
OF_ONE = "/applications/<int:participant_id>/evidence"
FILE = "/evidence/<int:file_id>"
BYTES = "application/octet-stream"


def _found(session: Session, actor: Actor, permission: Permission, number: int) -> EvidenceFile:
    file = queries.find_file(session, actor, number)
    actor.require(permission, file.participant.path)
    return file


@blueprint.get(OF_ONE)
@concerning(find_for, P.SEE_APPLICATIONS)
@blueprint.response(200, schemas.EvidenceList)
def listing(participant: Participant) -> dict[str, Any]:
    """List the evidence of an application."""
    return {"rows": [_shown(each) for each in queries.files_of(db.session, participant.id)]}


@blueprint.post(OF_ONE)
@concerning(find_for, P.FILL_APPLICATIONS)
@once_at_the_end
@blueprint.arguments(schemas.Upload, location="query")
@blueprint.doc(
    requestBody={
        "required": True,
        "description": "The bytes of the file.",
        "content": {BYTES: {"schema": {"type": "string", "format": "binary"}}},
    }
)
@blueprint.response(201, schemas.Evidence)
def upload(participant: Participant, asked: dict[str, Any]) -> dict[str, Any]:
    """Upload a file; the body is the file itself. The same file twice is one."""
    _refuse_unknown(participant, asked["indicator"])
    content = request.get_data()
    operations.check_size(asked["name"], len(content))
    session, actor = db.session, current_actor()
    with unit_of_work(session):
        begun = begin_upload(
            session,
            actor,
            participant=participant,
            name=asked["name"],
            size=len(content),
            indicator=asked["indicator"],
        )
    return _shown(store(session, actor, begun, content))


@blueprint.get(FILE)
@concerning(_found, P.SEE_APPLICATIONS)
@blueprint.response(200, schemas.Evidence)
def read(file: EvidenceFile) -> dict[str, Any]:
    """Read what is known of a file."""
    return _shown(file)


@blueprint.get(f"{FILE}/content")
@concerning(_found, P.SEE_APPLICATIONS)
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="*/*")
def content(file: EvidenceFile) -> Response:
    """Read a file itself."""
    return served(file)


@blueprint.patch(FILE)
@concerning(_found, P.FILL_APPLICATIONS)
@matched
@blueprint.arguments(schemas.EvidenceEdit)
@blueprint.response(200, schemas.Evidence)
def edit(file: EvidenceFile, given: dict[str, Any]) -> dict[str, Any]:
    """Change the date of a file, or what it proves."""
    _hold_as_read(file)
    session, actor = db.session, current_actor()
    if "evidence_date" in given:
        day = given["evidence_date"]
        operations.set_evidence_date(session, actor, file=file, version=file.version, day=day)
    if "indicators" in given:
        _link(file, given["indicators"])
    session.flush()
    return _shown(file)


@blueprint.delete(FILE)
@concerning(_found, P.FILL_APPLICATIONS)
@matched
@blueprint.response(204)
def remove(file: EvidenceFile) -> Response:
    """Remove a file from everything that it proves; what was submitted keeps it."""
    _hold_as_read(file)
    operations.remove_file(db.session, current_actor(), file=file)
    return Response(status=204)


@blueprint.before_request
def let_files_in() -> None:
    """Take a larger body where a file comes, of those alone who may act."""
    if request.endpoint == f"{blueprint.name}.upload":
        request.max_content_length = limits().file_bytes


def _hold_as_read(file: EvidenceFile) -> None:
    db.session.refresh(file, with_for_update={"of": EvidenceFile})
    require_match(schemas.Evidence, _shown(file))


def _refuse_unknown(participant: Participant, *indicators: str) -> None:
    known = queries.indicator_titles(db.session, participant)
    wrong = [each for each in indicators if each and each not in known]
    if wrong:
        words = gettext("The rule set has no such indicator: %(name)s.", name=wrong[0])
        abort(422, errors={"indicator": [words]})


def _link(file: EvidenceFile, indicators: list[str]) -> None:
    _refuse_unknown(file.participant, *indicators)
    session, actor = db.session, current_actor()
    for each in indicators:
        operations.link(session, actor, file=file, indicator=each)
    for each in set(file.indicators) - set(indicators):
        operations.unlink(session, actor, file=file, indicator=each)


def _shown(file: EvidenceFile) -> dict[str, Any]:
    columns = (
        "id", "participant_id", "name", "media_type", "size", "sha256", "evidence_date",
        "uploaded_at", "taken_out", "version",
    )  # fmt: skip
    return {
        **{name: getattr(file, name) for name in columns},
        "indicators": list(file.indicators),
        "content": url_for(f"{blueprint.name}.content", file_id=file.id),
    }
