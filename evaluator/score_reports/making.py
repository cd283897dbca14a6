"""Score reports put together, one or all of a committee, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.applications.ready import Ready, ready_for
from evaluator.decisions.models import Basis, Decision
from evaluator.decisions.words import BASES
from evaluator.organisations.catalogue import catalogue
from evaluator.reviews.fact_rows import known_rows, said_rows
from evaluator.reviews.facts import statements
from evaluator.rounds.models import Participant
from evaluator.score_reports.content import Report
from evaluator.score_reports.lines import GroupRows
from evaluator.score_reports.medians import Medians, medians_of
from evaluator.score_reports.models import PlanItem
from evaluator.score_reports.policy import holds, is_told
from evaluator.score_reports.queries import (
    States,
    decisions_of,
    fact_reviews_of,
    plan_of,
    states_of,
)
from evaluator.score_reports.radar import radar_of
from evaluator.score_reports.road import road_of
from evaluator.score_reports.setters import Origins
from evaluator.score_reports.standing import Standing, standing_of
from evaluator.scoring.levels import NO_LEVEL
from rules.numbers import decimal_text, points_text


@dataclass(frozen=True)
class Gathered:
    """Everything that the reports of participants of one round are made of."""

    participants: Sequence[Participant]
    origins: Mapping[int, Origins]
    decisions: Mapping[int, Decision]
    """Those that hold and that the caller is told."""
    plans: Mapping[int, list[PlanItem]]
    ready: Mapping[str, Ready]
    medians: Mapping[str, Medians]
    titles: Mapping[str, str]


def reports_of(
    session: Session, actor: Actor, participants: Sequence[Participant], language: str
) -> list[Report]:
    """Return the reports of participants of one round who all have one; the caller may see them."""
    found = gather(session, actor, participants, language)
    return [_report(found, each, language) for each in participants]


def gather(
    session: Session, actor: Actor, participants: Sequence[Participant], language: str
) -> Gathered:
    """Return what reports are made of; the number of queries follows the categories alone."""
    ids = [each.id for each in participants]
    examples = {each.category: each for each in participants}
    known = catalogue(session)
    return Gathered(
        participants,
        _origins(session, participants),
        told_decisions(actor, participants, states_of(session, ids), decisions_of(session, ids)),
        plan_of(session, [each.organisation_id for each in participants]),
        {name: ready_for(session, each) for name, each in examples.items()},
        {name: medians_of(session, each.round, name) for name, each in examples.items()},
        {name: known.title(name, language) for name in examples},
    )


def standing_in(found: Gathered, participant: Participant) -> Standing:
    """Return what one of the participants came to."""
    statement = found.origins[participant.id].statement
    return standing_of(
        found.ready[participant.category],
        statement.organisation,
        statement.reviewed,
        found.decisions.get(participant.id),
    )


def planned_in(found: Gathered, participant: Participant) -> Mapping[str, PlanItem]:
    """Return what a plan holds from the report of this round, by item."""
    plan = found.plans.get(participant.organisation_id, [])
    return {each.item: each for each in plan if each.round_id == participant.round_id}


def _origins(session: Session, participants: Sequence[Participant]) -> dict[int, Origins]:
    if not participants:
        return {}
    ids = [each.id for each in participants]
    year = participants[0].round.year
    stated = statements(session, participants)
    known = known_rows(session, [each.organisation_id for each in participants], year)
    said, reviews = said_rows(session, ids), fact_reviews_of(session, ids)
    return {
        each.id: Origins(
            stated[each.id],
            known.get(each.organisation_id, {}),
            said.get(each.id, {}),
            reviews.get(each.id, {}),
        )
        for each in participants
    }


def told_decisions(
    actor: Actor,
    participants: Sequence[Participant],
    states: States,
    decisions: Mapping[int, Decision],
) -> dict[int, Decision]:
    """Return the decisions that hold and that the actor is told, by participant."""
    return {
        each.id: decision
        for each in participants
        if (decision := decisions.get(each.id))
        and holds(decision, states[each.id])
        and is_told(actor, each.path, states[each.id])
    }


def _report(found: Gathered, participant: Participant, language: str) -> Report:
    standing = standing_in(found, participant)
    ready, decision = standing.ready, standing.decision
    medians = found.medians[participant.category]
    rows = GroupRows(standing, found.origins[participant.id], medians, language)
    radar = radar_of(standing, medians, participant.name, language)
    return Report(
        participant=participant,
        round_title=participant.round.title,
        category=found.titles[participant.category],
        is_decided=decision is not None,
        decided_at=decision.confirmed_at if decision else None,
        basis=str(BASES[decision.basis]) if decision and decision.basis != Basis.COMPUTED else "",
        level=ready.levels.title(standing.level).say(language),
        stars=0 if standing.level == NO_LEVEL else ready.levels.levels[standing.level].stars,
        total=decimal_text(standing.total),
        most=points_text(ready.rule_set.scale.total),
        steps=[each.say(language) for each in standing.levelled.steps],
        waiting=len(standing.so_far.waiting),
        radar=radar,
        has_median=bool(radar.words.median),
        groups=rows.groups,
        gates=rows.gates,
        vetoes=rows.vetoes,
        road=road_of(standing, planned_in(found, participant), language),
        plan=found.plans.get(participant.organisation_id, []),
    )
