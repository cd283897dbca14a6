"""The letter about a proposed level: it waits for a second person."""

from __future__ import annotations

from flask_babel import lazy_gettext
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.outbox.operations import write_to_role
from evaluator.rounds.models import Participant


def tell_proposed(session: Session, actor: Actor, participant: Participant) -> None:
    """Write to the other organisers that somebody has to confirm or refuse a level."""
    write_to_role(
        session,
        actor,
        role=Role.ORGANISER,
        organisation_path=participant.path,
        about="decision.proposed",
        title=lazy_gettext(
            "A proposed level waits for a second person: %(name)s", name=participant.name
        ),
        text=lazy_gettext(
            "Proposed by %(who)s. Read the reason, then confirm or refuse it.", who=actor.name
        ),
        link=f"/decisions/participants/{participant.id}",
        hold=False,
        besides=actor.account_id,
    )
