"""Requests that may be sent again: with an `Idempotency-Key` they are done once, answered twice.

After the IETF draft "The Idempotency-Key HTTP Header Field".
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import request
from flask_smorest import abort
from sqlalchemy import select

from evaluator.access import current_actor
from evaluator.api.models import IdempotencyKey
from evaluator.database import db, now

View = TypeVar("View", bound=Callable[..., Any])
HEADER = "Idempotency-Key"
LONGEST = 200


def once(status: int) -> Callable[[View], View]:
    """Let a view be sent again under the same key; it must return what JSON can hold.

    The key is required: a program that does not know whether its request arrived can only be
    helped if it named it. The answer is kept in the transaction of the act itself.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(*args: Any, **more: Any) -> Any:
            key = _key()
            kept = _kept(key)
            if kept is not None:
                return json.loads(kept.body)
            result = view(*args, **more)
            db.session.add(
                IdempotencyKey(
                    account_id=current_actor().account_id,
                    key=key,
                    request_digest=_digest(),
                    status=status,
                    body=json.dumps(result, ensure_ascii=False),
                    at=now(),
                )
            )
            return result

        return answer  # type: ignore[return-value] # the same view, asked through the key

    return decorate


def _key() -> str:
    key = request.headers.get(HEADER, "")
    if not 0 < len(key) <= LONGEST:
        abort(400, message=f"send {HEADER} with a name of this request, 1 to {LONGEST} characters")
    return key


def _kept(key: str) -> IdempotencyKey | None:
    query = select(IdempotencyKey).where(
        IdempotencyKey.account_id == current_actor().account_id, IdempotencyKey.key == key
    )
    kept = db.session.scalars(query).one_or_none()
    if kept is not None and kept.request_digest != _digest():
        abort(422, message=f"this {HEADER} named another request before; take a new one")
    return kept


def _digest() -> str:
    content = b"\n".join([request.method.encode(), request.path.encode(), request.get_data()])
    return hashlib.sha256(content).hexdigest()
