"""Answers in two parts: what somebody waits for at once, what takes longer afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask import Response
from flask import stream_with_context as within_the_request  # noqa: TID251 - nothing is read then

from evaluator.precedence import PRECEDENCE


def told_in_two(first: Mapping[str, Any], then: Callable[[], Mapping[str, Any]]) -> Response:
    """Answer with one JSON object, and send the first of it before the rest is worked out.

    The first part ends its line, and no other line ends in the answer: a script reads up to there
    at once (`saving.js`), any other client the whole. What is worked out then gives way to others.
    The unit of work is over by then: `then` must ask the database for nothing.
    """
    answer = Response(within_the_request(_parts(first, then)), mimetype="application/json")
    # Web servers in front would gather both parts, nginx by default.
    answer.headers["X-Accel-Buffering"] = "no"
    return answer


def _parts(first: Mapping[str, Any], then: Callable[[], Mapping[str, Any]]) -> Iterator[str]:
    with PRECEDENCE.first():
        yield json.dumps(first)[:-1] + ",\n"
    with PRECEDENCE.patiently():
        yield json.dumps(then(), ensure_ascii=False)[1:]
