"""What everybody of a category comes to who has been reviewed: points by dimension, own level.

Whoever lacks facts that come later, such as the ratings of a panel, counts with its points so far,
as in its own report. What is kept is as it was when the audit log ended at some line.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from threading import Lock

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.applications.models import Application
from evaluator.applications.ready import ready_for
from evaluator.audit.models import AuditHead
from evaluator.decisions.board import Board
from evaluator.decisions.scored import board_for
from evaluator.reviews.facts import statements
from evaluator.rounds.models import Participant, Round
from evaluator.score_reports.policy import TOLD
from evaluator.score_reports.standing import standing_of
from evaluator.scoring.assessment import Assessment
from evaluator.trials.data import without_collecting

_MOST_KEPT = 8


@dataclass(frozen=True)
class Reached:
    """What one organisation comes to by itself, quotas apart; an empty level is none."""

    level: str
    points: Mapping[str, int]
    """By the ids of the dimensions that apply to it; empty where nothing was scored."""


Category = Mapping[str, Reached]
"""Whoever has been reviewed, by the numbers of the organisations."""


class KeptCategories:
    """The categories used last, each with the state of the data that it rests on."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, tuple[Hashable, Category]] = OrderedDict()

    def of(self, session: Session, made: Round, category: str) -> Category:
        """Return a category of a round, worked out anew where anything has changed since."""
        which: Hashable = (made.id, category)
        with self._lock:
            state = _state(session, made)
            before, found = self._kept.pop(which, (None, {}))
            if before != state:
                with without_collecting():
                    found = _worked_out(session, made, category)
            self._kept[which] = state, found
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return found


def category_of(session: Session, made: Round, category: str) -> Category:
    """Return what everybody of a category of a round comes to who has been reviewed."""
    kept: KeptCategories = current_app.extensions.setdefault(
        "score reports: categories", KeptCategories()
    )
    return kept.of(session, made, category)


def _worked_out(session: Session, made: Round, category: str) -> Category:
    board = board_for(session, made, category)
    told = _told(session, made, category)
    found = _by_board(board, told)
    left = [each for code, each in told.items() if code not in found]
    if left:
        ready = ready_for(session, left[0])
        for each in statements(session, left).values():
            standing = standing_of(ready, each.organisation, each.reviewed, None)
            level = board.level_id(standing.level)
            assessment = standing.so_far.assessment
            found[each.organisation.id] = Reached(level, _points(assessment))
    return found


def _by_board(board: Board, told: Mapping[str, Participant]) -> dict[str, Reached]:
    """Return those whose facts are complete, so that they can be compared with each other."""
    found = {}
    for each in board.candidates:
        if each.code in told:
            assessment = each.result.assessment
            points = _points(assessment) if assessment else {}
            found[each.code] = Reached(board.level_id(each.own), points)
    return found


def _points(assessment: Assessment) -> Mapping[str, int]:
    return {
        each.id: assessment.value("dimension", each.id)
        for each in assessment.program.rule_set.dimensions
        if assessment.value("present", each.id)
    }


def _told(session: Session, made: Round, category: str) -> dict[str, Participant]:
    query = (
        select(Participant)
        .join(Application, Application.participant_id == Participant.id)
        .where(
            Participant.round_id == made.id,
            Participant.category == category,
            Application.state.in_(TOLD),
        )
    )
    return {each.code: each for each in session.scalars(query)}


def _state(session: Session, made: Round) -> Hashable:
    """Return what changes whenever the data do; asked before they are read, never after."""
    head = session.execute(select(AuditHead.number, AuditHead.digest)).one_or_none()
    return made.opened_at, made.version, tuple(head or ())
