"""Who defends: reviewed applications in the order of their standing, and those admitted of them.

The share of the rule set's step `defence` says how many are proposed; the organiser decides.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from evaluator.access import Actor
from evaluator.applications.models import Application, ApplicationState
from evaluator.applications.procedure import REVIEWED_OR_LATER, Act
from evaluator.applications.ready import Ready, ready_for
from evaluator.applications.states import move
from evaluator.panels.letters import tell_admitted, tell_dismissed
from evaluator.panels.models import Case, Panel
from evaluator.panels.policy import require_manager, require_open
from evaluator.panels.queries import live_seats, panels_of
from evaluator.panels.ratings_asked import fewest_ratings
from evaluator.panels.seating import log_case
from evaluator.reviews.facts import statements
from evaluator.reviews.marks import Marks, marks_of
from evaluator.reviews.models import Recommendation, RecommendationList
from evaluator.rounds.models import Participant, Round
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext
from rules.numbers import half_up, read_number

STEP = "defence"


@dataclass(frozen=True)
class Candidate:
    """A reviewed application: its points, the level it is recommended for, whether it is in.

    `open` says that it may still be admitted.
    """

    participant: Participant
    marks: Marks
    recommended: str
    rank: int
    """Of the recommended level, from low to high; -1 where it is not recommended."""
    place: int
    """In the list of its committee."""
    admitted: bool
    open: bool


@dataclass(frozen=True)
class Proposal:
    """The candidates of a category, the best first; so many of them are proposed."""

    category: str
    ready: Ready
    share: str
    everyone: int
    wanted: int | None
    candidates: Sequence[Candidate]

    @property
    def proposed(self) -> frozenset[int]:
        """Return the participants that the share lets in; none where the rules name no share."""
        return frozenset(each.participant.id for each in self.candidates[: self.wanted or 0])

    def level_title(self, level: str, language: str) -> str:
        """Return what a level is called."""
        found = [each for each in self.ready.rule_set.levels.from_low_to_high if each.id == level]
        return found[0].title.say(language) if found else ""


def propose(session: Session, made: Round, category: str, by: str) -> Proposal | None:
    """Return who of a category could defend, None where nobody takes part in it.

    `by` is `recommended` (the level that committees recommend, then points) or `points`. The caller
    has checked who asks. The number of queries does not depend on that of the candidates.
    """
    participants = _participants(session, made, category)
    if not participants:
        return None
    ready = ready_for(session, next(iter(participants)))
    ranks = {each.id: rank for rank, each in enumerate(ready.rule_set.levels.from_low_to_high)}
    recommended = _recommended(session, made, category)
    facts = statements(session, participants.keys())
    cases = set(session.scalars(select(Case.participant_id)))
    found = []
    for each, state in participants.items():
        level, place = recommended.get(each.id, ("", 0))
        marks = marks_of(ready, facts[each.id].organisation, facts[each.id].reviewed)
        admitted, reviewed = each.id in cases, state is ApplicationState.REVIEWED
        rank = ranks.get(level, -1)
        found.append(Candidate(each, marks, level, rank, place, admitted, reviewed))
    found.sort(key=_by_points if by == "points" else _by_recommendation)
    everyone = _everyone(session, made, category)
    share = next((each.share or "" for each in ready.rule_set.procedure if each.step == STEP), "")
    return Proposal(category, ready, share, everyone, places(share, everyone), found)


def places(share: str, everyone: int) -> int | None:
    """Return how many a share lets in, rounded half up; None where there is no share."""
    if not share:
        return None
    part = read_number(share)
    return half_up(part.numerator * everyone, part.denominator)


def admit(
    session: Session, actor: Actor, *, made: Round, participants: Collection[Participant]
) -> list[Case]:
    """Admit reviewed applications to the defence, each before the panel of its category."""
    require_manager(session, actor)
    require_open(made)
    panels = panels_of(session, made)
    loads = _case_counts(session, panels)
    cases = []
    for each in sorted(participants, key=lambda one: (one.code, one.id)):
        move(session, actor, participant=each, act=Act.ADMIT)
        panel = panel_for(panels, loads, each.category)
        if panel is not None:
            loads[panel.id] += 1
        case = Case(participant=each, panel_id=panel.id if panel else None, position=None)
        session.add(case)
        cases.append(case)
    session.flush()
    tell_admitted(session, actor, participants)
    return cases


def dismiss(session: Session, actor: Actor, *, case: Case, version: int, reason: str) -> None:
    """Take a case out of the defence again, for a reason; its seats go with it.

    What is being judged stays, unless too few are left to judge it: it would never be scored.
    """
    require_manager(session, actor)
    require_open(case.participant.round)
    _require_version(case, version)
    if any(each.judging_since for each in case.seats) and _enough_judge(case):
        raise Refusal(gettext("This case is being judged; it can no longer be dismissed."))
    move(session, actor, participant=case.participant, act=Act.DISMISS, reason=reason)
    session.delete(case)
    tell_dismissed(session, actor, case.participant, reason)


def _enough_judge(case: Case) -> bool:
    participant = case.participant
    return len(live_seats(case)) >= fewest_ratings(participant.round, [participant.category])


def give_to_panel(
    session: Session, actor: Actor, *, case: Case, version: int, panel: Panel
) -> None:
    """Give a case to another panel; its place and its seats end, fixed ones too."""
    require_manager(session, actor)
    require_open(case.participant.round)
    _require_version(case, version)
    if case.panel_id == panel.id:
        return
    if any(each.judging_since for each in case.seats):
        raise Refusal(gettext("This case is being judged; it stays with its panel."))
    before, case.panel_id, case.position = case.panel_id, panel.id, None
    case.seats[:] = [each for each in case.seats if each.recused_at is not None]
    session.flush()
    log_case(session, actor, case, "give_to_panel", {"panel": before}, {"panel": panel.id})


def mark_calibration(session: Session, actor: Actor, *, case: Case, version: int, on: bool) -> None:
    """Let a case be the one that all members of its panel judge first, or no longer."""
    require_manager(session, actor)
    require_open(case.participant.round)
    _require_version(case, version)
    query = select(Case.id).where(
        Case.panel_id == case.panel_id, Case.is_calibration.is_(True), Case.id != case.id
    )
    if on and (case.panel_id is None or session.scalars(query).first() is not None):
        raise Refusal(gettext("A panel has one calibration case; take the mark off the other."))
    if on and case.position is not None:
        raise Refusal(gettext("This case has its place by lot; choose one that was not drawn yet."))
    before, case.is_calibration = case.is_calibration, on
    session.flush()
    log_case(session, actor, case, "mark_calibration", {"calibration": before}, {"calibration": on})


def panel_for(panels: Sequence[Panel], loads: Mapping[int, int], category: str) -> Panel | None:
    """Return the panel that hears a category, of several the one with the fewest cases."""
    fitting = [each for each in panels if not each.categories or category in each.categories]
    named = [each for each in fitting if each.categories] or fitting
    return min(named, key=lambda each: (loads[each.id], each.id), default=None)


def _require_version(case: Case, version: int) -> None:
    if case.version != version:
        raise Refusal(
            gettext("Somebody else has changed this case in the meantime. Load it again.")
        )


def _by_points(each: Candidate) -> tuple[int, str]:
    return -each.marks.total, each.participant.code


def _by_recommendation(each: Candidate) -> tuple[int, int, str]:
    return -each.rank, *_by_points(each)


def _participants(
    session: Session, made: Round, category: str
) -> dict[Participant, ApplicationState]:
    query = (
        select(Participant, Application.state)
        .join(Application, Application.participant_id == Participant.id)
        .where(
            Participant.round_id == made.id,
            Participant.category == category,
            Application.state.in_(REVIEWED_OR_LATER),
        )
        .options(joinedload(Participant.round).selectinload(Round.steps))
    )
    return dict(session.execute(query.order_by(Participant.code)).all())


def _recommended(session: Session, made: Round, category: str) -> dict[int, tuple[str, int]]:
    query = (
        select(RecommendationList)
        .where(RecommendationList.round_id == made.id, RecommendationList.category == category)
        .options(selectinload(RecommendationList.entries))
    )
    return {
        each.participant_id: (each.level, each.position)
        for stored in session.scalars(query)
        for each in stored.entries
        if isinstance(each, Recommendation)
    }


def _everyone(session: Session, made: Round, category: str) -> int:
    query = select(func.count(Participant.id)).where(
        Participant.round_id == made.id, Participant.category == category
    )
    return session.scalar(query) or 0


def _case_counts(session: Session, panels: Sequence[Panel]) -> dict[int, int]:
    query = select(Case.panel_id, func.count()).group_by(Case.panel_id)
    found = dict(session.execute(query).all())
    return {each.id: found.get(each.id, 0) for each in panels}
