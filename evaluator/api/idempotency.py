"""Requests that may be sent again: with an `Idempotency-Key` they are done once, answered twice.

After the IETF draft "The Idempotency-Key HTTP Header Field".
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar

from flask import Response, current_app, request
from flask_babel import gettext
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from webargs.flaskparser import abort

from evaluator.access import current_actor
from evaluator.api.models import IdempotencyKey
from evaluator.api.operations import Operations
from evaluator.database import db, now

View = TypeVar("View", bound=Callable[..., Any])
HEADER = "Idempotency-Key"
LONGEST = 200
KEPT_FOR = timedelta(days=7)


def once(view: View) -> View:
    """Let a view be sent again under the same key: it acts once and is answered the same.

    The key is claimed before the act and kept in its transaction. Whoever comes with the same key
    meanwhile waits for that transaction; where it failed, the key is free again.
    """

    @wraps(view)
    def answer(*args: Any, **named: Any) -> Response:
        claim = _new_key()
        if not _added(claim):
            return _replayed(claim)
        response = current_app.make_response(view(*args, **named))
        _keep(claim, response)
        return response

    return Operations.doc(**{"x-once": True})(answer)  # type: ignore[no-any-return]


def once_at_the_end(view: View) -> View:
    """Do as `once` for a view that commits under way, whose act itself is the same when repeated.

    A claim that was committed alone would be left behind by a process that dies in between, so
    the key is kept with the answer.
    """

    @wraps(view)
    def answer(*args: Any, **named: Any) -> Response:
        # What is sent may come slowly; nobody should wait for it meanwhile.
        db.session.commit()
        claim = _new_key()
        if _kept(claim) is not None:
            return _replayed(claim)
        response = current_app.make_response(view(*args, **named))
        _keep(claim, response)
        return response if _added(claim) else _replayed(claim)

    return Operations.doc(**{"x-once": True})(answer)  # type: ignore[no-any-return]


def _new_key() -> IdempotencyKey:
    key = request.headers.get(HEADER, "")
    if not 0 < len(key) <= LONGEST or not key.isprintable():
        words = gettext(
            "Send %(header)s with a name of this request of your own, 1 to %(most)s characters, "
            "such as a UUID.",
            header=HEADER,
            most=LONGEST,
        )
        abort(400, message=words)
    return IdempotencyKey(
        account_id=current_actor().account_id,
        key=key,
        request_digest=_digest(),
        status=0,
        body="",
        at=now(),
    )


def _added(claim: IdempotencyKey) -> bool:
    """Return whether a key was free; waits for whoever has claimed it at the same moment."""
    _forget_old(claim.account_id)
    try:
        with db.session.begin_nested():
            db.session.add(claim)
    except IntegrityError:
        return False
    return True


def _replayed(claim: IdempotencyKey) -> Response:
    kept = _kept(claim)
    if kept is None or kept.request_digest != claim.request_digest:
        words = gettext(
            "This %(header)s named another request before; take a new one.", header=HEADER
        )
        abort(422, message=words)
    return Response(kept.body, kept.status, mimetype="application/json")


def _kept(claim: IdempotencyKey) -> IdempotencyKey | None:
    query = select(IdempotencyKey).where(
        IdempotencyKey.account_id == claim.account_id, IdempotencyKey.key == claim.key
    )
    return db.session.scalars(query).one_or_none()


def _keep(claim: IdempotencyKey, response: Response) -> None:
    claim.status = response.status_code
    claim.body = response.get_data(as_text=True)


def _forget_old(account_id: int) -> None:
    """Remove keys of the caller that nobody will send again; those in use elsewhere stay."""
    old = (
        select(IdempotencyKey.id)
        .where(IdempotencyKey.account_id == account_id, IdempotencyKey.at < now() - KEPT_FOR)
        .limit(100)
        .with_for_update(skip_locked=True)
    )
    db.session.execute(
        delete(IdempotencyKey).where(IdempotencyKey.id.in_(db.session.scalars(old).all())),
        execution_options={"synchronize_session": False},
    )


def _digest() -> str:
    target = request.full_path.encode()
    content = b"\n".join([request.method.encode(), target, request.get_data()])
    return hashlib.sha256(content).hexdigest()
