"""What each level rests on: the rows of a page of the board, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.applications.models import Application
from evaluator.decisions.board import Board, Candidate
from evaluator.decisions.models import Decision, Finding
from evaluator.decisions.queries import applications_of, findings_on
from evaluator.reviews.models import Recommendation, RecommendationList
from evaluator.rounds.models import Participant
from evaluator.scoring.levels import GateResult
from evaluator.scoring.reasons import Reasons
from rules.syntax import Veto


@dataclass(frozen=True)
class Rating:
    """A fact that a panel gave, as people read it."""

    label: str
    value: str


@dataclass(frozen=True)
class Row:
    """A candidate with everything that its level rests on."""

    participant: Participant
    candidate: Candidate | None
    application: Application | None
    decision: Decision | None
    findings: Sequence[Finding]
    recommendation: Recommendation | None
    ratings: Sequence[Rating]
    gates: Sequence[GateResult]
    vetoes: Sequence[Veto]

    @property
    def counting(self) -> Sequence[Finding]:
        """Return the findings that are not lifted."""
        return [each for each in self.findings if each.counts]


def rows_of(
    session: Session,
    board: Board,
    participants: Sequence[Participant],
    decisions: Mapping[str, Decision],
    language: str,
) -> list[Row]:
    """Return participants of a category with what each rests on, in the order given."""
    ids = [each.id for each in participants]
    applications = applications_of(session, ids)
    findings = findings_on(session, ids)
    recommended = _recommended(session, ids)
    return [
        _row(
            board,
            each,
            applications.get(each.id),
            decisions.get(each.code),
            findings.get(each.id, ()),
            recommended.get(each.id),
            language,
        )
        for each in participants
    ]


def _row(
    board: Board,
    participant: Participant,
    application: Application | None,
    decision: Decision | None,
    findings: Sequence[Finding],
    recommendation: Recommendation | None,
    language: str,
) -> Row:
    candidate = board.by_code.get(participant.code)
    assessment = candidate.result.assessment if candidate else None
    return Row(
        participant,
        candidate,
        application,
        decision,
        findings,
        recommendation,
        _ratings(board, candidate, language),
        board.missed_gates(candidate) if candidate else (),
        assessment.fallen_vetoes if assessment else (),
    )


def _ratings(board: Board, candidate: Candidate | None, language: str) -> list[Rating]:
    """Return what panels gave, of the facts that the rule set takes from one."""
    assessment = candidate.result.assessment if candidate else None
    if assessment is None:
        return []
    shown = Reasons(assessment, board.category.labels).shown
    return [
        Rating(fact.label.say(language), shown.fact(name, language))
        for name, fact in board.category.rule_set.facts.items()
        if fact.source.kind == "panel" and name not in assessment.inputs.missing
    ]


def _recommended(session: Session, ids: Sequence[int]) -> Mapping[int, Recommendation]:
    query = (
        select(Recommendation)
        .join(RecommendationList, RecommendationList.id == Recommendation.list_id)
        .where(Recommendation.participant_id.in_(ids))
    )
    return {each.participant_id: each for each in session.scalars(query)}
