"""What the stages of a round are called: before its self-assessment is over, and after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext

from evaluator.progress.queries import NOT_STARTED
from evaluator.rounds.models import Round, RoundState

_WORDS = {
    NOT_STARTED: lazy_gettext("Not started"),
    "draft": lazy_gettext("Being filled in"),
    "submitted": lazy_gettext("Handed in"),
    "returned": lazy_gettext("Returned"),
    "reviewed": lazy_gettext("Reviewed"),
    "defence": lazy_gettext("In the defence"),
    "decided": lazy_gettext("Decided on"),
    "unrated": lazy_gettext("Decided without a level"),
    "awarded": lazy_gettext("Awarded"),
}
_TOO_LATE = {
    NOT_STARTED: lazy_gettext("Did not apply"),
    "draft": lazy_gettext("Filled in, but not handed in"),
}


def stage_words(made: Round | None, at: datetime) -> Mapping[str, Any]:
    """Return what the stages are called; nobody begins to apply after the self-assessment."""
    return _WORDS | _TOO_LATE if made is not None and _is_too_late(made, at) else _WORDS


def _is_too_late(made: Round, at: datetime) -> bool:
    step = made.step("self_assessment")
    return made.state is RoundState.CLOSED or (step is not None and step.closes_at <= at)
