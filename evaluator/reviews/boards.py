"""What a committee recommends from: its reviewed applications of a category, its list, its places.

Nobody is shown a ranking: candidates stand by name, and only who orders the list or oversees it
sees their points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from evaluator.access import Actor, NotAllowed, Permission, within
from evaluator.applications.models import Application, ApplicationState
from evaluator.applications.procedure import REVIEWED_OR_LATER
from evaluator.applications.ready import Ready, ready_for
from evaluator.organisations.models import Organisation
from evaluator.reviews.facts import statements
from evaluator.reviews.marks import Marks, marks_of
from evaluator.reviews.models import Recommendation, RecommendationList
from evaluator.rounds.models import Participant, Round
from evaluator.scoring.quotas import Population, base_of, limit_of
from rules.syntax import Level, Quota


@dataclass(frozen=True, order=True)
class Choice:
    """A list that there may be: a committee and a category."""

    committee: str
    committee_id: int
    category: str

    @property
    def key(self) -> str:
        """Return the list as the address names it."""
        return f"{self.committee_id}:{self.category}"


@dataclass(frozen=True)
class Candidate:
    """A reviewed application with its points."""

    participant: Participant
    marks: Marks


@dataclass(frozen=True)
class Places:
    """How many a committee may recommend for a level, by one quota of the rule set."""

    quota: Quota
    limit: int


@dataclass(frozen=True)
class Board:
    """The list of a committee in a category with everything that it is made from."""

    round: Round
    choice: Choice
    place: str
    """The path of the committee."""
    ready: Ready
    participants: Sequence[Participant]
    candidates: Mapping[int, Candidate]
    stored: RecommendationList | None
    population: Population

    @property
    def version(self) -> int:
        """Return the version of the list; 0 where there is none yet."""
        return self.stored.version if self.stored else 0

    @property
    def entries(self) -> Sequence[Recommendation]:
        """Return the list as it stands, the best first."""
        return self.stored.entries if self.stored else ()

    @property
    def levels(self) -> Sequence[Level]:
        """Return the levels that there are, from low to high."""
        return self.ready.rule_set.levels.from_low_to_high

    def rank(self, level: str) -> int:
        """Return how high a level is; the lowest is 0."""
        return [each.id for each in self.levels].index(level)

    def places(self) -> list[Places]:
        """Return the upper limits that hold for each committee."""
        return [
            Places(quota, limit_of(quota, base_of(quota, self.population)))
            for quota in self.ready.rule_set.quotas
            if quota.kind == "at_most" and quota.among == "committee"
        ]

    def district_quotas(self) -> list[Quota]:
        """Return the upper limits that hold for all committees together."""
        quotas = self.ready.rule_set.quotas
        return [each for each in quotas if each.kind == "at_most" and each.among != "committee"]


def choices(session: Session, actor: Actor, made: Round) -> list[Choice]:
    """Return the lists of whole committees that an actor may see."""
    query = select(Participant.committee, Participant.committee_id, Participant.category)
    rows = session.execute(
        query.add_columns(Participant.path).where(
            Participant.round_id == made.id,
            within(Participant.path, actor, Permission.SEE_REVIEWS),
        )
    )
    found = {
        Choice(name, number, category)
        for name, number, category, path in rows
        if actor.may(Permission.SEE_REVIEWS, place_of(path, number))
    }
    return sorted(found)


def place_of(path: str, committee_id: int) -> str:
    """Return the path of a committee, from that of an organisation below it."""
    return path[: path.index(f"/{committee_id}/")] + f"/{committee_id}/"


def find_board(
    session: Session,
    actor: Actor,
    permission: Permission,
    made: Round,
    choice: tuple[int, str],
    *,
    for_change: bool = False,
) -> Board:
    """Return the list of a committee; raises NotAllowed where it is not there for this actor."""
    committee_id, category = choice
    query = select(Participant).where(
        Participant.round_id == made.id,
        Participant.committee_id == committee_id,
        Participant.category == category,
    )
    loaded = query.options(joinedload(Participant.round).selectinload(Round.steps))
    participants = session.scalars(loaded.order_by(Participant.sort_key, Participant.id)).all()
    if not participants:
        raise NotAllowed(permission)
    place = place_of(participants[0].path, committee_id)
    actor.require(permission, place)
    if for_change:
        committee = select(Organisation.id).where(Organisation.id == committee_id)
        session.execute(committee.with_for_update(key_share=True))
    return _board(session, made, participants, place)


def _board(session: Session, made: Round, participants: Sequence[Participant], place: str) -> Board:
    first = participants[0]
    ready = ready_for(session, first)
    states = _states(session, participants)
    candidates = _candidates(
        session,
        ready,
        [each for each in participants if states.get(each.id) in REVIEWED_OR_LATER],
    )
    rated = sum(each.marks.so_far.decision.rated for each in candidates.values())
    submitted = sum(state is not ApplicationState.DRAFT for state in states.values())
    return Board(
        round=made,
        choice=Choice(first.committee, first.committee_id, first.category),
        place=place,
        ready=ready,
        participants=participants,
        candidates=candidates,
        stored=_stored(session, first),
        population=Population(everyone=len(participants), applied=submitted, rated=rated),
    )


def _states(session: Session, participants: Sequence[Participant]) -> dict[int, ApplicationState]:
    ids = [each.id for each in participants]
    query = select(Application.participant_id, Application.state).where(
        Application.participant_id.in_(ids)
    )
    return dict(session.execute(query).all())


def _candidates(
    session: Session, ready: Ready, participants: Sequence[Participant]
) -> dict[int, Candidate]:
    found = statements(session, participants)
    return {
        each.id: Candidate(
            each, marks_of(ready, found[each.id].organisation, found[each.id].reviewed)
        )
        for each in participants
    }


def _stored(session: Session, first: Participant) -> RecommendationList | None:
    query = (
        select(RecommendationList)
        .where(
            RecommendationList.round_id == first.round_id,
            RecommendationList.committee_id == first.committee_id,
            RecommendationList.category == first.category,
        )
        .options(selectinload(RecommendationList.entries), selectinload(RecommendationList.account))
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()
