"""Conflicts of interest: which cases a panellist must neither judge nor see, and why.

A bar follows from a tie or from a role inside a committee; it covers every participant that stood
below its organisation when the round was opened. What the organiser has cleared, with a reason, is
no conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import RoleGrant
from evaluator.database import now
from evaluator.organisations.models import Succession, Tier
from evaluator.panels.models import Clearance, Panellist, PanelRules, Relation, Tie
from evaluator.rounds.calendar import ZONE
from evaluator.rounds.models import Participant, Round
from evaluator.web.showing import day
from evaluator.web.wording import gettext

FORMER_YEARS = 5
_ROLES = {
    Role.COMMITTEE_REVIEWER.value: "reviewer",
    Role.BRANCH_OFFICER.value: "officer",
}
Pair = tuple[int, int]
"""A panellist and a participant, by number."""


@dataclass(frozen=True)
class Bar:
    """That a panellist has nothing to do with one organisation, or with all below it.

    `why` names the kind of bar: that of a tie, `reviewer` or `officer`.
    """

    place: int
    why: str
    organisation: str
    until: date | None = None
    below: bool = True

    def covers(self, participant: Participant) -> bool:
        """Return whether a participant falls under it, by where it stood when frozen."""
        if participant.organisation_id == self.place:
            return True
        return self.below and f"/{self.place}/" in participant.path

    def words(self) -> str:
        """Return the reason in words."""
        name = self.organisation
        if self.why == Relation.OWN:
            return gettext("Own organisation: %(name)s, with its whole committee", name=name)
        if self.why == Relation.DECLARED:
            return gettext("Declared relation: %(name)s", name=name)
        if self.why == "reviewer":
            return gettext("Reviews applications at %(name)s", name=name)
        if self.why == "officer":
            return gettext("Fills in applications at %(name)s", name=name)
        if self.until is None:
            return gettext("Post at %(name)s until today", name=name)
        return gettext("Former post: %(name)s, until %(day)s", name=name, day=day(self.until))


def former_years(session: Session, made: Round) -> int:
    """Return for how many years a former post counts in a round."""
    query = select(PanelRules.former_years).where(PanelRules.round_id == made.id)
    found = session.scalars(query).one_or_none()
    return FORMER_YEARS if found is None else found


def bars_of(
    session: Session, made: Round, panellists: Collection[Panellist]
) -> dict[int, list[Bar]]:
    """Return the bars of panellists by number, in a fixed number of queries."""
    since = _years_before(_day_of(made), former_years(session, made))
    kin = _kin(session)
    ids = [each.id for each in panellists]
    ties = session.scalars(select(Tie).where(Tie.panellist_id.in_(ids)).order_by(Tie.id)).all()
    committees = _frozen_committees(session, made, ties)
    found: dict[int, list[Bar]] = defaultdict(list)
    for tie in ties:
        if _counts(tie, since):
            for place in [tie.organisation_id, *kin.get(tie.organisation_id, ())]:
                found[tie.panellist_id].append(_bar(tie, place))
            if tie.relation is Relation.OWN:
                found[tie.panellist_id] += _of_committee(tie, committees)
    for number, bar in _of_roles(session, panellists):
        found[number].append(bar)
    return found


def cleared_pairs(session: Session, made: Round) -> set[Pair]:
    """Return what was cleared in a round."""
    query = (
        select(Clearance.panellist_id, Clearance.participant_id)
        .join(Participant, Participant.id == Clearance.participant_id)
        .where(Participant.round_id == made.id)
    )
    return {(panellist, participant) for panellist, participant in session.execute(query)}


def conflicts(
    bars: Mapping[int, list[Bar]], participants: Iterable[Participant]
) -> dict[Pair, list[Bar]]:
    """Return the bars between panellists and participants, cleared ones too."""
    found: dict[Pair, list[Bar]] = {}
    for participant in participants:
        for number, mine in bars.items():
            covering = [each for each in mine if each.covers(participant)]
            if covering:
                found[number, participant.id] = covering
    return found


def in_words(bars: Iterable[Bar]) -> str:
    """Return why there is a conflict, each reason once."""
    return gettext("; ").join(dict.fromkeys(each.words() for each in bars))


def free_of(bars: Iterable[Bar], panellist_id: int) -> ColumnElement[bool]:
    """Return the SQL condition that no conflict keeps a panellist from a participant."""
    conditions: list[ColumnElement[bool]] = []
    for each in bars:
        conditions.append(Participant.organisation_id == each.place)
        if each.below:
            conditions.append(Participant.path.contains(f"/{each.place}/", autoescape=True))
    if not conditions:
        return and_(True)
    cleared = select(Clearance.participant_id).where(Clearance.panellist_id == panellist_id)
    return or_(~or_(*conditions), Participant.id.in_(cleared))


def _bar(tie: Tie, place: int) -> Bar:
    """Return the bar of a tie; an own organisation that is the district itself bars only itself."""
    below = not (tie.relation is Relation.OWN and tie.organisation.tier is Tier.DISTRICT)
    until = tie.until if tie.relation is Relation.FORMER_POST else None
    return Bar(place, tie.relation.value, tie.organisation.name, until, below)


def _of_committee(tie: Tie, frozen: Mapping[int, int]) -> list[Bar]:
    """Return the bars of the committee above an own organisation: as it is, and as frozen."""
    places = {tie.organisation.committee_id, frozen.get(tie.organisation_id)} - {None}
    return [
        Bar(place, tie.relation.value, tie.organisation.name)
        for place in sorted(each for each in places if each is not None)
    ]


def _of_roles(session: Session, panellists: Collection[Panellist]) -> Iterable[tuple[int, Bar]]:
    numbers = {each.account_id: each.id for each in panellists}
    query = (
        select(RoleGrant)
        .where(RoleGrant.account_id.in_(numbers), RoleGrant.role.in_(_ROLES))
        .order_by(RoleGrant.id)
    )
    for grant in session.scalars(query):
        bar = Bar(grant.organisation_id, _ROLES[grant.role], grant.organisation.name)
        yield numbers[grant.account_id], bar


def _counts(tie: Tie, since: date) -> bool:
    """Return whether a tie still binds; own organisations and declared ones do unless they end."""
    if tie.relation is Relation.FORMER_POST:
        return tie.until is None or tie.until >= since
    return tie.until is None or tie.until >= now().astimezone(ZONE).date()


def _frozen_committees(session: Session, made: Round, ties: Iterable[Tie]) -> dict[int, int]:
    own = [each.organisation_id for each in ties if each.relation is Relation.OWN]
    query = select(Participant.organisation_id, Participant.committee_id).where(
        Participant.round_id == made.id, Participant.organisation_id.in_(own)
    )
    return dict(session.execute(query).all())


def _kin(session: Session) -> dict[int, set[int]]:
    """Return what each organisation was or became by mergers and splits, near and far."""
    near: dict[int, set[int]] = defaultdict(set)
    for one, other in session.execute(select(Succession.predecessor_id, Succession.successor_id)):
        near[one].add(other)
        near[other].add(one)
    return {number: _all_from(near, number) - {number} for number in near}


def _all_from(near: Mapping[int, set[int]], start: int) -> set[int]:
    found, waiting = {start}, [start]
    while waiting:
        for each in near[waiting.pop()] - found:
            found.add(each)
            waiting.append(each)
    return found


def _day_of(made: Round) -> date:
    """Return the day on which a round was opened: conflicts do not run out while it goes on."""
    return (made.opened_at or now()).astimezone(ZONE).date()


def _years_before(day_: date, years: int) -> date:
    try:
        return day_.replace(year=day_.year - years)
    except ValueError:
        return day_.replace(year=day_.year - years, day=28)
