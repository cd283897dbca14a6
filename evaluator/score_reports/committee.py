"""The report of a committee: where its organisations stand, what they lost, what is to be done.

Organisations stand in the order of the register, never by points. The page and the paper show the
same; what the caller is not told of a decision is not told here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.applications.wording import state_words
from evaluator.awards.models import FollowUpTask
from evaluator.notices.models import Objection
from evaluator.organisations.catalogue import catalogue
from evaluator.organisations.models import Organisation
from evaluator.rounds.models import Participant, Round
from evaluator.score_reports.committee_losses import Loss, losses_of
from evaluator.score_reports.committee_queries import (
    Standings,
    States,
    all_states,
    objections_of,
    participants_of,
    standings_of,
    tasks_of,
)
from evaluator.score_reports.content import Road
from evaluator.score_reports.held import NONE, NOT_YET, Held
from evaluator.score_reports.pictures import Kinds, Picture, levels_by
from evaluator.score_reports.road import road_of
from evaluator.score_reports.standing import Standing
from evaluator.scoring.levels import NO_LEVEL
from evaluator.web.wording import gettext
from reports.charts import Chart
from reports.flow import Flow
from rules.numbers import decimal_text, points_text


@dataclass(frozen=True)
class Member:
    """An organisation of the committee; without a report `level` says where it stands."""

    participant: Participant
    has_report: bool
    level: str
    stars: int = 0
    dimensions: Sequence[tuple[str, str]] = ()
    """Titles of dimensions with the points won of those to be won."""
    road: Road | None = None
    """None at the top, and where there is no report."""


@dataclass(frozen=True)
class Part:
    """A category of the committee."""

    title: str
    reviewed: int
    losses: Sequence[Loss]
    members: Sequence[Member]


@dataclass(frozen=True)
class CommitteeReport:
    """The whole report; `objections` is None for who sees none."""

    committee: Organisation
    round: Round
    total: int
    reviewed: int
    decided: int
    picture: Picture
    parts: Sequence[Part]
    tasks: Sequence[FollowUpTask]
    objections: Sequence[Objection] | None

    @property
    def chart(self) -> Chart:
        """Return the drawing of the picture."""
        assert not isinstance(self.picture.drawing, Flow)  # noqa: S101 - bars are none
        return self.picture.drawing


def committee_report(
    session: Session, actor: Actor, committee: Organisation, made: Round, language: str
) -> CommitteeReport | None:
    """Return the report of a committee that the caller may see; None where nobody took part."""
    participants = session.scalars(participants_of(actor, committee, made)).all()
    if not participants:
        return None
    states = all_states(session, participants)
    standings = standings_of(session, actor, participants, states)
    titles = catalogue(session)
    return CommitteeReport(
        committee,
        made,
        len(participants),
        len(standings),
        sum(each.decision is not None for each in standings.values()),
        _picture(participants, standings, lambda name: titles.title(name, language), language),
        [
            _part(titles.title(category, language), group, standings, states, language)
            for category, group in _by_category(participants).items()
        ],
        session.scalars(tasks_of(actor, committee, made)).all(),
        objections_of(session, actor, committee, made),
    )


def _by_category(participants: Sequence[Participant]) -> Mapping[str, Sequence[Participant]]:
    found: dict[str, list[Participant]] = defaultdict(list)
    for each in participants:
        found[each.category].append(each)
    return found


def _part(
    title: str, group: Sequence[Participant], standings: Standings, states: States, language: str
) -> Part:
    own = [standings[each.id] for each in group if each.id in standings]
    members = [_member(each, standings.get(each.id), states, language) for each in group]
    return Part(title, len(own), losses_of(own, language), members)


def _member(
    participant: Participant, standing: Standing | None, states: States, language: str
) -> Member:
    if standing is None:
        state = states.get(participant.id)
        words = state_words(state) if state else gettext("Has not applied")
        return Member(participant, False, words)
    levels = standing.ready.levels
    stars = 0 if standing.level == NO_LEVEL else levels.levels[standing.level].stars
    title = levels.title(standing.level).say(language)
    road = road_of(standing, {}, language)
    return Member(participant, True, title, stars, list(_dimensions(standing, language)), road)


def _dimensions(standing: Standing, language: str) -> Iterator[tuple[str, str]]:
    assessment = standing.so_far.assessment
    for each in standing.ready.rule_set.dimensions:
        if assessment.value("present", each.id):
            won = decimal_text(assessment.value("dimension", each.id))
            yield each.title.say(language), f"{won}/{points_text(each.points)}"


def _picture(
    participants: Sequence[Participant],
    standings: Standings,
    title_of: Callable[[str], str],
    language: str,
) -> Picture:
    held = [_held(each, standings.get(each.id)) for each in participants]
    rule_sets = {standing.ready.digest: standing.ready.rule_set for standing in standings.values()}
    kinds = Kinds.of(list(rule_sets.values()), held)
    title = gettext("Levels by category")
    return levels_by(
        "categories", title, held, lambda each: title_of(each.category), kinds, language
    )


def _held(participant: Participant, standing: Standing | None) -> Held:
    after = NOT_YET
    if standing is not None:
        levels = standing.ready.levels.levels
        after = NONE if standing.level == NO_LEVEL else levels[standing.level].id
    is_decided = standing is not None and standing.decision is not None
    return Held(
        participant.category, participant.committee, participant.previous_level, after, is_decided
    )
