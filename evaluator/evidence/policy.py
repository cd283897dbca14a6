"""Who may read and change evidence, and when.

Evidence lies below applications and knows nothing of them. Whether an application can still be
changed, and whether a submission names a file, is asked of two functions that they register.
"""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext
from sqlalchemy.orm import Session

from evaluator.access import Actor, NotAllowed, Permission
from evaluator.evidence.models import EvidenceFile
from evaluator.rounds.models import Participant
from evaluator.rounds.queries import open_step
from evaluator.web.errors import Refusal

Editable = Callable[[Session, Participant], bool]
Named = Callable[[Session, EvidenceFile], bool]


def step_is_open(_session: Session, participant: Participant) -> bool:
    """Return whether the round takes self-assessments now."""
    return open_step(participant.round, "self_assessment") is not None


def _named_nowhere(_session: Session, _file: EvidenceFile) -> bool:
    return False


_editable: Editable = step_is_open
_named: Named = _named_nowhere


def register_editable(check: Editable) -> None:
    """Let another function say whether the evidence of a participant can be changed."""
    global _editable
    _editable = check


def register_named(check: Named) -> None:
    """Let another function say whether a submission names a file; removed or not, it is read."""
    global _named
    _named = check


def editable(session: Session, participant: Participant) -> bool:
    """Return whether the evidence of a participant can be changed at this moment."""
    return _editable(session, participant)


def may_change(session: Session, actor: Actor, participant: Participant) -> bool:
    """Return whether the actor fills in this application, and it can be changed now."""
    return actor.may(Permission.FILL_APPLICATIONS, participant.path) and editable(
        session, participant
    )


def require_change(session: Session, actor: Actor, participant: Participant) -> None:
    """Raise NotAllowed for whom the application is not, Refusal where it is not the time."""
    actor.require(Permission.FILL_APPLICATIONS, participant.path)
    if not editable(session, participant):
        raise Refusal(
            gettext(
                "Evidence can be changed only while the self-assessment is open and not submitted."
            )
        )


def require_read(session: Session, actor: Actor, file: EvidenceFile) -> None:
    """Raise NotAllowed where a file is not there for the actor; one removed stays submitted."""
    actor.require(Permission.SEE_APPLICATIONS, file.participant.path)
    if file.removed_at is not None and not _named(session, file):
        raise NotAllowed("a removed file")
