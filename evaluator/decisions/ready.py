"""How far the decision of a category is: what can be decided, and what still waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.applications.models import Application, ApplicationState
from evaluator.decisions.board import Board
from evaluator.decisions.models import Decision
from evaluator.decisions.policy import DECIDABLE, UNREADY
from evaluator.rounds.models import Participant, Round


@dataclass(frozen=True)
class Ready:
    """What can be decided in a category as computed, and what is left for later or for people.

    `codes` are the numbers of the organisations.
    """

    codes: Sequence[str]
    unready: int
    by_people: int
    """Direct awards, and levels that a higher authority decides: each is decided on its page."""
    proposed: int
    decided: int
    without_level: int
    """Decided to have no level, and not closed yet."""


_DECIDED = (Decision.id, Decision.confirmed_at, Decision.level)


def ready_in(session: Session, made: Round, category: str, board: Board) -> Ready:
    """Return how far the decision of a category is."""
    query = (
        select(
            Participant.code, Application.state, Decision.id, Decision.confirmed_at, Decision.level
        )
        .join(Application, Application.participant_id == Participant.id)
        .outerjoin(Decision, Decision.participant_id == Participant.id)
        .where(
            Participant.round_id == made.id,
            Participant.category == category,
            Application.state != ApplicationState.DRAFT,
        )
        .order_by(Participant.code)
    )
    lines = session.execute(query).all()
    free = [
        code
        for code, state, number, _, _ in lines
        if state in DECIDABLE and not number and code in board.by_code
    ]
    plain = [code for code in free if _is_plain(board, code)]
    states = [state for _, state, _, _, _ in lines]
    return Ready(
        plain,
        sum(state in UNREADY for state in states),
        len(free) - len(plain),
        sum(bool(number) and not confirmed for _, _, number, confirmed, _ in lines),
        sum(state not in UNREADY | DECIDABLE for state in states),
        sum(state is ApplicationState.DECIDED and level == "" for _, state, _, _, level in lines),
    )


def _is_plain(board: Board, code: str) -> bool:
    """Return whether a level is decided with all others, and by nobody else."""
    candidate = board.by_code[code]
    higher = candidate.level >= 0 and board.levels[candidate.level].decided_by
    return not candidate.is_direct and not higher
