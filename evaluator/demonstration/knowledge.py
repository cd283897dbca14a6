"""What the platform of the demonstration knows before anybody is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.demonstration.stages import Planned
from evaluator.files import Submission
from evaluator.organisations.details import today
from evaluator.organisations.values import plain
from evaluator.records.applying import take_over
from evaluator.records.operations import set_known_facts
from evaluator.records.previewing import preview_of_rows
from evaluator.records.queries import known_facts
from evaluator.records.sources import source_text
from evaluator.rounds.models import Participant
from evaluator.rounds.queries import rule_set_for
from evaluator.rule_sets.reading import rule_set_of
from rules.syntax import RuleSet

KNOWN = ("record", "office", "imported")
"""Sources that bring their facts before a round; the rest comes from the steps of the round."""
FOUND = ("sample", "mutual", "appraisal")
"""Sources of facts that are found while the round goes on."""
LATE: Mapping[str, frozenset[str]] = {
    "LJ-GQ-023": frozenset({"audit_findings"}),
    "LJ-LX-028": frozenset({"hazards_found", "wage_cases"}),
}
"""What offices owe when the decision begins, so that these two cannot be scored yet."""


def without_late(submissions: Sequence[Submission]) -> list[Submission]:
    """Return the submissions without what offices have not brought yet."""
    return [
        replace(
            each,
            facts={
                name: value
                for name, value in each.facts.items()
                if name not in LATE.get(each.organisation.id, ())
            },
        )
        for each in submissions
    ]


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


def bring_the_rest(
    session: Session, actor: Actor, participants: Mapping[str, Participant], plan: Sequence[Planned]
) -> None:
    """Make known what site checks, mutual ratings and appraisals elsewhere have found.

    A hundred visits and ballots one by one would cost more than all the rest of the load; what was
    found by those that were held stays.
    """
    numbers = [participants[each.code].organisation_id for each in plan]
    known = known_facts(session, numbers, next(iter(participants.values())).round.year)
    for each in plan:
        participant = participants[each.code]
        there = known.get(participant.organisation_id, {})
        facts = rule_set_of(rule_set_for(session, participant)).facts
        found: dict[str, dict[str, object]] = defaultdict(dict)
        for name, value in each.submission.facts.items():
            source = facts[name].source
            if source.kind in FOUND and name not in there:
                found[source_text(source)][name] = plain(value)
        for source_, values in found.items():
            set_known_facts(
                session, actor, organisation_id=participant.organisation_id,
                year=participant.round.year, values=values, source=source_, as_of=today(),
            )  # fmt: skip
    session.flush()
