"""Things of the eastern committee for the addresses of the matrix, by short names."""

from __future__ import annotations

from district import District, make_round
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.rounds.models import Participant


def things_of(session: Session, district: District) -> dict[str, int | str]:
    """Add one thing of every kind in the east, and return their numbers by name."""
    made = make_round(session, district)
    participant = session.scalars(
        select(Participant).where(Participant.organisation_id == district.east_one.id)
    ).one()
    return {
        "east": district.east.id,
        "east_one": district.east_one.id,
        "round": made.id,
        "rule_set": made.rule_sets[0].stored_rule_set_id,
        "participant": participant.id,
    }
