"""The demonstration put together, once, into an empty database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from evaluator.access import Actor, Role
from evaluator.demonstration.calendar import begin_round, publish_shipped
from evaluator.demonstration.knowledge import bring_records
from evaluator.demonstration.last_year import take_over_last_year
from evaluator.demonstration.own_branch import with_facts_left
from evaluator.demonstration.people import Person, add_people, guess_a_password
from evaluator.demonstration.register import load_register
from evaluator.demonstration.reviewing import (
    give_back_to_mend,
    recommend,
    review,
    review_with_a_change,
)
from evaluator.demonstration.stages import OWN, Planned, Stage, planned
from evaluator.demonstration.submitting import fill_in
from evaluator.demonstration.visits import appraise_by_codes, appraise_on_paper, visit
from evaluator.files import read_round
from evaluator.organisations.models import Organisation
from evaluator.rounds.models import Participant, Round
from evaluator.rule_sets.reading import rule_set_of

YEAR = 2026
CAST = 24
NAME = "示例载入"
"""Who stands in the log for whatever the people of the demonstration have done so far."""


@dataclass(frozen=True)
class Loaded:
    """Who can sign in, and codes with which anybody can appraise."""

    people: Sequence[Person]
    codes: Sequence[str]


def load(session: Session, workbook: Path) -> Loaded:
    """Fill an empty database, and return how to get in."""
    actor = Actor.system(NAME)
    rule_sets = publish_shipped(session, actor, YEAR)
    read = {category: rule_set_of(stored) for category, stored in rule_sets.items()}
    submissions = with_facts_left(read_round(workbook, read))
    organisations = load_register(session, actor, submissions, YEAR)
    session.flush()
    bring_records(session, actor, submissions, read, YEAR)
    take_over_last_year(session, actor, YEAR - 1, rule_sets)
    made = begin_round(session, actor, YEAR, rule_sets)
    people = add_people(session, actor, _places(session, organisations))
    codes = _Round(session, actor, made, planned(submissions)).bring_on()
    guess_a_password(session)
    return Loaded(people, codes)


def _places(
    session: Session, organisations: Mapping[str, Organisation]
) -> dict[Role, Organisation]:
    """Return where each role stands: the reviewer over the branch, all others over the district."""
    branch = organisations[OWN]
    committee = session.get_one(Organisation, branch.parent_id)
    district = session.get_one(Organisation, committee.parent_id)
    places = dict.fromkeys(Role, district)
    return {**places, Role.BRANCH_OFFICER: branch, Role.COMMITTEE_REVIEWER: committee}


class _Round:
    """The round of this year while it is brought to where the demonstration begins."""

    def __init__(self, session: Session, actor: Actor, made: Round, plan: Sequence[Planned]):
        self.session, self.actor, self.made = session, actor, made
        self.plan = plan
        self.participants = _participants(session, made)

    def bring_on(self) -> list[str]:
        """Bring every application to its state; return codes of the appraisal that runs."""
        submitted = [
            each
            for each in self.plan
            if fill_in(self.session, self.actor, self.participants[each.code], each)
        ]
        self.session.flush()
        codes = self._appraise(submitted)
        own = next(each for each in self.plan if each.code == OWN)
        branch = self.participants[OWN]
        visit(self.session, self.actor, self.made, branch, own.submission)
        for each in submitted:
            self._review(each)
        self.session.flush()
        self._recommend(submitted)
        return codes

    def _appraise(self, submitted: Sequence[Planned]) -> list[str]:
        appraise_by_codes(self.session, self.actor, self.participants[OWN], CAST, ends=True)
        reviewed = [each for each in submitted if each.stage is Stage.REVIEWED]
        for each in reviewed:
            participant = self.participants[each.code]
            appraise_on_paper(self.session, self.actor, participant, each.submission)
        running = next(
            each for each in submitted if each.of_own_committee and each.stage is Stage.SUBMITTED
        )
        participant = self.participants[running.code]
        return appraise_by_codes(self.session, self.actor, participant, CAST // 2, ends=False)

    def _review(self, each: Planned) -> None:
        participant = self.participants[each.code]
        if each.stage is Stage.RETURNED:
            give_back_to_mend(self.session, self.actor, participant)
        elif each.stage is Stage.REVIEWED:
            act = review_with_a_change if each.of_own_committee else review
            act(self.session, self.actor, participant, each.submission)

    def _recommend(self, submitted: Sequence[Planned]) -> None:
        """Keep lists of other committees; that of the own one is left to its reviewer."""
        reviewed = [
            self.participants[each.code]
            for each in submitted
            if each.stage is Stage.REVIEWED and not each.of_own_committee
        ]
        choices = dict.fromkeys((each.committee_id, each.category) for each in reviewed)
        recommend(self.session, self.actor, self.made, list(choices)[::2])


def _participants(session: Session, made: Round) -> dict[str, Participant]:
    query = select(Participant).where(Participant.round_id == made.id)
    loaded = query.options(joinedload(Participant.round).options(selectinload(Round.steps)))
    return {each.code: each for each in session.scalars(loaded)}
