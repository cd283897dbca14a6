"""Uploads in chunks, for the script on the pages: begun, continued, completed; answers in JSON."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, LengthRequired, RequestEntityTooLarge

from evaluator.access import Permission, current_actor, needs
from evaluator.database import db
from evaluator.evidence.blueprint import blueprint
from evaluator.evidence.checks.verdict import Refused
from evaluator.evidence.limits import CHUNK
from evaluator.evidence.models import EvidenceFile, Upload
from evaluator.evidence.queries import find_upload
from evaluator.evidence.storing import finish, take_chunk
from evaluator.evidence.uploads import WrongOffset, begin_upload, end_upload
from evaluator.evidence.words import refused_words
from evaluator.rounds.queries import find_participant
from evaluator.web.errors import Refusal
from evaluator.web.service import takes_turn_late

P = Permission
View = Callable[..., ResponseReturnValue]
LONGEST_CHUNK = 4 * CHUNK


def _in_json(view: View) -> View:
    """Let a view tell in JSON why something cannot be done."""

    @wraps(view)
    def answer(**values: Any) -> ResponseReturnValue:
        try:
            return view(**values)
        except Refusal as refusal:
            return {"words": refusal.words}, refusal.status
        except Refused as refused:
            return {"words": refused_words(refused)}, 422
        except WrongOffset as wrong:
            return {"received": wrong.received}, 409

    return answer


@blueprint.post("/applications/<int:participant_id>/uploads")
@needs(P.FILL_APPLICATIONS)
@takes_turn_late
@_in_json
def begin(participant_id: int) -> ResponseReturnValue:
    """Begin an upload."""
    actor = current_actor()
    participant = find_participant(db.session, actor, P.FILL_APPLICATIONS, participant_id)
    size = request.form.get("size", type=int)
    if size is None:
        raise BadRequest
    upload = begin_upload(
        db.session,
        actor,
        participant=participant,
        name=request.form.get("name", ""),
        size=size,
        indicator=request.form.get("indicator", ""),
    )
    return _state(upload), 201


@blueprint.get("/uploads/<token>")
@needs(P.FILL_APPLICATIONS)
def state(token: str) -> ResponseReturnValue:
    """Tell how much has arrived, so that a broken upload goes on from there."""
    return _state(find_upload(db.session, current_actor(), token))


@blueprint.put("/uploads/<token>/<int:offset>")
@needs(P.FILL_APPLICATIONS)
@takes_turn_late
@_in_json
def put_chunk(token: str, offset: int) -> ResponseReturnValue:
    """Take in the chunk that begins at an offset."""
    size = request.content_length
    if size is None:
        raise LengthRequired
    if size > LONGEST_CHUNK:
        raise RequestEntityTooLarge

    def read() -> bytes:
        return request.get_data(cache=False)

    received = take_chunk(db.session, current_actor(), token, offset=offset, size=size, read=read)
    return {"received": received}


@blueprint.post("/uploads/<token>")
@needs(P.FILL_APPLICATIONS)
@takes_turn_late
@_in_json
def complete(token: str) -> ResponseReturnValue:
    """Check what has arrived and make a file of it."""
    return _told(finish(db.session, current_actor(), token))


@blueprint.delete("/uploads/<token>")
@needs(P.FILL_APPLICATIONS)
def cancel(token: str) -> ResponseReturnValue:
    """End an upload that is not wanted any more; a file that was made of it stays."""
    end_upload(db.session, find_upload(db.session, current_actor(), token))
    return "", 204


def _state(upload: Upload) -> dict[str, Any]:
    return {
        "token": upload.token,
        "received": upload.received,
        "size": upload.size,
        "done": upload.file_id is not None,
    }


def _told(file: EvidenceFile) -> dict[str, Any]:
    return {
        "id": file.id,
        "name": file.name,
        "address": url_for("evidence.download", file_id=file.id, name=file.name),
    }
