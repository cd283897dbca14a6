"""What the platform of the demonstration knows before anybody is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.files import Submission
from evaluator.organisations.details import today
from evaluator.records.applying import take_over
from evaluator.records.previewing import preview_of_rows
from rules.syntax import RuleSet

KNOWN = ("record", "office", "imported")
"""Sources that bring their facts before a round; the rest comes from the steps of the round."""


def bring_records(
    session: Session,
    actor: Actor,
    submissions: Sequence[Submission],
    rule_sets: Mapping[str, RuleSet],
    year: int,
) -> None:
    """Make known what records and offices say, all at once as an import of a workbook does."""
    rows = [_known_before(each, rule_sets) for each in submissions]
    preview = preview_of_rows(session, actor, rows, year, rule_sets)
    if preview.problems:
        raise ValueError(f"the workbook brings what cannot be known: {preview.problems[0]}")
    take_over(session, actor, preview, year=year, as_of=today())


def _known_before(submission: Submission, rule_sets: Mapping[str, RuleSet]) -> Submission:
    declared = rule_sets[submission.organisation.category].facts
    known = {
        name: value
        for name, value in submission.facts.items()
        if declared[name].source.kind in KNOWN
    }
    return replace(submission, facts=known)
