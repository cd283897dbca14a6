"""The demonstration put together, once, into an empty database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.applications.content import Declaration
from evaluator.applications.operations import save_answers
from evaluator.applications.ready import ready_for
from evaluator.applications.submissions import submit_application
from evaluator.applications.typed import Typed, as_typed
from evaluator.demonstration.calendar import begin_round, publish_shipped
from evaluator.demonstration.people import Person, add_people
from evaluator.demonstration.register import load_register
from evaluator.files import Submission, read_round
from evaluator.organisations.models import Organisation
from evaluator.organisations.values import plain
from evaluator.records.operations import set_known_facts
from evaluator.rounds.models import Participant, Round
from evaluator.rule_sets.reading import rule_set_of
from rules.syntax import Fact, RuleSet

YEAR = 2026
KNOWN = ("record", "office", "imported")
"""What the platform knows before anybody is asked; the rest comes from the steps of the round."""
SUBMITTED_OF_TEN = 4


def load(session: Session, workbook: Path) -> list[Person]:
    """Fill an empty database, and return who can sign in."""
    actor = Actor.system()
    rule_sets = publish_shipped(session, actor, YEAR)
    read = {category: rule_set_of(stored) for category, stored in rule_sets.items()}
    submissions = read_round(workbook, read)
    organisations = load_register(session, actor, submissions, YEAR)
    _bring_records(session, actor, submissions, organisations, read)
    made = begin_round(session, actor, YEAR, rule_sets)
    people = add_people(session, actor, _places(session, submissions, organisations))
    _submit_some(session, actor, made, submissions)
    return people


def _bring_records(
    session: Session,
    actor: Actor,
    submissions: Iterable[Submission],
    organisations: Mapping[str, Organisation],
    rule_sets: Mapping[str, RuleSet],
) -> None:
    for each in submissions:
        facts = rule_sets[each.organisation.category].facts
        for source, names in _by_source(facts).items():
            values = {name: plain(each.facts[name]) for name in names if name in each.facts}
            if values:
                set_known_facts(
                    session,
                    actor,
                    organisation_id=organisations[each.organisation.id].id,
                    year=YEAR,
                    values=values,
                    source=source,
                    as_of=date(YEAR, 12, 31),
                )


def _by_source(facts: Mapping[str, Fact]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, fact in facts.items():
        if fact.source.kind in KNOWN:
            found.setdefault(f"{fact.source.kind}: {fact.source.detail}", []).append(name)
    return found


def _places(
    session: Session, submissions: Sequence[Submission], organisations: Mapping[str, Organisation]
) -> dict[Role, Organisation]:
    """Return where each role stands: the branch is one that has not submitted yet."""
    waiting = [each for number, each in enumerate(submissions) if not _submits(number)]
    community = next(each for each in waiting if each.organisation.category == "community")
    branch = organisations[community.organisation.id]
    committee = session.get_one(Organisation, branch.parent_id)
    district = session.get_one(Organisation, committee.parent_id)
    places = dict.fromkeys(Role, district)
    return {**places, Role.BRANCH_OFFICER: branch, Role.COMMITTEE_REVIEWER: committee}


def _submits(number: int) -> bool:
    return number % 10 < SUBMITTED_OF_TEN


def _submit_some(
    session: Session, actor: Actor, made: Round, submissions: Sequence[Submission]
) -> None:
    query = select(Participant).where(Participant.round_id == made.id)
    participants = {each.code: each for each in session.scalars(query)}
    for number, each in enumerate(submissions):
        if _submits(number):
            _submit(session, actor, participants[each.organisation.id], each)


def _submit(
    session: Session, actor: Actor, participant: Participant, submission: Submission
) -> None:
    ready = ready_for(session, participant)
    typed = {
        name: Typed(as_typed(fact, plain(submission.facts[name])))
        for name, fact in ready.rule_set.facts.items()
        if fact.source.kind == "asked" and name in submission.facts
    }
    if typed:
        save_answers(session, actor, participant=participant, ready=ready, typed=typed)
    submit_application(
        session,
        actor,
        participant=participant,
        ready=ready,
        declaration=Declaration("李明", submission.organisation.previous_level),
    )
