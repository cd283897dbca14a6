"""Reviews and lists of recommendation as programs read them."""

from __future__ import annotations

from typing import Any

from evaluator.reviews.boards import Board, Candidate
from evaluator.reviews.case import Case
from evaluator.reviews.closing import undecided
from evaluator.reviews.recommending import Entry, taken
from evaluator.reviews.units import Unit
from rules.numbers import points_text


def review_shown(case: Case) -> dict[str, Any]:
    """Return how far a review is, without words of any language."""
    return {
        "participant_id": case.participant.id,
        "state": case.application.state.value,
        "submission": case.submission,
        "version": case.version,
        "stated": points_text(case.stated_marks.total),
        "reviewed": points_text(case.reviewed_marks.total),
        "indicators": [
            {
                "indicator": name,
                "standing": case.standing(unit).value,
                "points": _points(case, unit),
            }
            for name, unit in case.units.items()
        ],
        "open": [unit.id for unit in undecided(case)],
    }


def indicator_shown(case: Case, unit: Unit) -> dict[str, Any]:
    """Return an indicator under review, without words of any language but those of people."""
    own = case.indicators.get(unit.id)
    return {
        "participant_id": case.participant.id,
        "indicator": unit.id,
        "submission": case.submission,
        "version": own.version if own else 0,
        "standing": case.standing(unit).value,
        "note": own.note if own else "",
        "facts": [_fact(case, unit, name) for name in unit.facts],
        "waits_for": case.waits_for_values(unit),
        "evidence": [each.id for each in case.proofs.get(unit.id, ())],
    }


def list_shown(board: Board) -> dict[str, Any]:
    """Return a list of recommendation with what it is made from."""
    stands = [Entry(each.participant_id, each.level, each.note) for each in board.entries]
    return {
        "round_id": board.round.id,
        "committee_id": board.choice.committee_id,
        "category": board.choice.category,
        "version": board.version,
        "entries": [vars(each) for each in stands],
        "candidates": [_candidate(board, each) for each in board.candidates.values()],
        "quotas": [
            {
                "level": each.quota.level,
                "places": each.limit,
                "taken": taken(board, each, stands),
            }
            for each in board.places()
        ],
    }


def _points(case: Case, unit: Unit) -> str | None:
    points = case.reviewed_marks.points(unit.indicator) if unit.indicator else None
    return None if points is None else points_text(points)


def _fact(case: Case, unit: Unit, name: str) -> dict[str, Any]:
    known, adjusted = case.sheet.known.get(name), case.adjusted(name)
    return {
        "fact": name,
        "stated": case.stated.get(name),
        "known": known.value if known else None,
        "reviewed": case.reviewed.get(name),
        "reason": adjusted.reason if adjusted else "",
        "can_be_changed": case.may_change(unit, name),
    }


def _candidate(board: Board, candidate: Candidate) -> dict[str, Any]:
    marks = candidate.marks
    return {
        "participant_id": candidate.participant.id,
        "points": points_text(marks.total),
        "level": board.levels[marks.level].id if marks.level >= 0 else None,
    }
