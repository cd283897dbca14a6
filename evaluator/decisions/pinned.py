"""What a decision rests on, kept with it: the whole computed result and its digest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from evaluator.audit.operations import canonical
from evaluator.decisions.board import Board
from evaluator.scoring.report import report, report_unrated
from evaluator.scoring.round import Result


@dataclass(frozen=True)
class Pinned:
    """A computed result as canonical JSON with its digest; the total in 1/10,000 point.

    Beside the explanation it holds the facts that were read and the values of the group, so that
    the same rules come to the same result for ever.
    """

    level: str
    total: int | None
    rule_set: str
    result: str
    digest: str


def pinned(board: Board, code: str) -> Pinned:
    """Return what the rules came to for an organisation; an empty level where they cannot say."""
    rule_set = board.category.scorer.program.digest
    candidate = board.by_code.get(code)
    if candidate is None:
        return Pinned("", None, rule_set, "", "")
    text = canonical(_result(board, candidate.result))
    total = candidate.result.assessment.total if candidate.result.assessment else None
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Pinned(category_level(board, code), total, rule_set, text, digest)


def category_level(board: Board, code: str) -> str:
    """Return the id of the level that the rules give, empty for none."""
    candidate = board.by_code.get(code)
    return board.level_id(candidate.level) if candidate else ""


def _result(board: Board, result: Result) -> dict[str, object]:
    category, assessment, decision = board.category, result.assessment, result.decision
    assert decision is not None  # noqa: S101 - candidates have one
    if assessment is None:
        program = category.scorer.program
        return report_unrated(program, result.organisation, decision, category.levels)
    slots = assessment.program.slots
    group = {
        f"{slot.name} {slot.facet}".strip(): assessment.inputs.slots[number]
        for number, slot in enumerate(slots)
        if slot.kind in ("cohort", "peers")
    }
    explained = report(assessment, decision, category.levels)
    return {**explained, "given": dict(assessment.inputs.raw), "of_the_group": group}
