"""One candidate with everything that its decision rests on, and what may be done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.accounts.models import Account
from evaluator.applications.models import ApplicationState
from evaluator.decisions.board import Board
from evaluator.decisions.lacking import Gap, gaps_of
from evaluator.decisions.models import Decision
from evaluator.decisions.pinned import category_level
from evaluator.decisions.policy import DECIDABLE, decides_now, may_confirm, may_decide
from evaluator.decisions.proposing import awarded, quota_words, would_break
from evaluator.decisions.queries import decisions_in, find_opened
from evaluator.decisions.resting import Row, rows_of
from evaluator.decisions.scored import board_for
from evaluator.rounds.models import Participant, Round
from evaluator.scoring.report import report
from evaluator.web.languages import language


@dataclass(frozen=True)
class Case:
    """A candidate on its page; `broken` are the quotas that what people gave breaks, in words."""

    made: Round
    board: Board
    row: Row
    computed: str
    explained: Mapping[str, Any] | None
    gaps: Sequence[Gap]
    direct: Sequence[str]
    broken: Sequence[str]
    people: Mapping[int, str]
    may_decide: bool
    may_confirm: bool

    @property
    def state(self) -> ApplicationState:
        """Return where the application stands."""
        application = self.row.application
        return application.state if application else ApplicationState.DRAFT

    @property
    def can_be_given(self) -> bool:
        """Return whether a level may be given to it now."""
        return self.may_decide and self.state in DECIDABLE and self.row.decision is None

    @property
    def by_higher(self) -> bool:
        """Return whether some level of the rule set is decided by a higher authority."""
        return any(each.decided_by for each in self.board.levels)


def case_of(session: Session, actor: Actor, participant: Participant) -> Case:
    """Return a candidate as it stands now; the caller has checked who sees it."""
    made = find_opened(session, participant.round_id)
    board = board_for(session, made, participant.category)
    decisions = decisions_in(session, made, participant.category)
    row = rows_of(session, board, [participant], decisions, language())[0]
    return Case(
        made,
        board,
        row,
        category_level(board, participant.code),
        _explained(board, row),
        _gaps(actor, board, participant),
        awarded(board, participant.code),
        _broken(board, decisions, row.decision),
        _people(session, row.decision),
        may_decide(session, actor) and decides_now(made),
        row.decision is not None and may_confirm(actor, row.decision),
    )


def _explained(board: Board, row: Row) -> Mapping[str, Any] | None:
    result = row.candidate.result if row.candidate else None
    if result is None or result.assessment is None or result.decision is None:
        return None
    return report(result.assessment, result.decision, board.category.levels)


def _gaps(actor: Actor, board: Board, participant: Participant) -> list[Gap]:
    """Return what is wrong with the facts of one that cannot be scored."""
    for each in board.refused:
        if each.organisation.id == participant.code and each.refused:
            return gaps_of(actor, board.category, participant, each.refused.problems)
    return []


def _broken(
    board: Board, decisions: Mapping[str, Decision], decision: Decision | None
) -> list[str]:
    if decision is None:
        return []
    broken = would_break(board, decisions, decision.participant.code, decision.level)
    return [quota_words(board, each) for each in broken]


def _people(session: Session, decision: Decision | None) -> Mapping[int, str]:
    numbers = {decision.proposed_by, decision.confirmed_by} - {None} if decision else set()
    if not numbers:
        return {}
    query = select(Account.id, Account.name).where(Account.id.in_(numbers))
    return dict(session.execute(query).all())
