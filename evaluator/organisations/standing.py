"""The levels that organisations hold, and the register as a round freezes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session

from evaluator.organisations.models import Organisation, StandingLevel, Succession
from evaluator.organisations.queries import active_branches, names_above

History = Mapping[int, str]
"""Levels by the year since which they are held."""


@dataclass(frozen=True)
class Standing:
    """The level held so far and for how many years; empty where none is held."""

    level: str = ""
    years: int = 0
    since: int | None = None


@dataclass(frozen=True)
class FrozenOrganisation:
    """A branch as a round freezes it."""

    organisation: Organisation
    committee_id: int
    committee: str
    standing: Standing


def snapshot_of(session: Session, year: int) -> list[FrozenOrganisation]:
    """Return every branch that goes on and has a category, as a round of a year freezes it.

    Four queries, however many there are. `standing` is that before the year: a merged organisation
    goes on with the levels of the one that led the merger, and with the leaders of that one's own
    mergers before; a part of a split one with those of the whole where it was named its heir. The
    `merged:` line of a rule set declares what the history is; a mean of several levels is no level,
    so the leader's stands here whatever it says. Checking who may freeze is up to the caller.
    """
    branches = list(session.scalars(active_branches()))
    names = names_above(session, branches)
    standings = standings_of(session, active_branches(), year)
    return [
        FrozenOrganisation(
            branch,
            branch.committee_id or 0,
            names.get(branch.committee_id or 0, ""),
            standings.get(branch.id, Standing()),
        )
        for branch in branches
    ]


def standings_of(
    session: Session, organisations: Select[Organisation], year: int
) -> Mapping[int, Standing]:
    """Return the standings before a year of the organisations of a query; two more queries."""
    chosen = organisations.order_by(None).with_only_columns(Organisation.id)
    leaders = _leaders(session)
    wanted = union(chosen, select(Succession.predecessor_id).where(Succession.leads))
    query = select(StandingLevel).where(
        StandingLevel.year < year, StandingLevel.organisation_id.in_(wanted.scalar_subquery())
    )
    own: dict[int, dict[int, str]] = defaultdict(dict)
    for row in session.scalars(query):
        own[row.organisation_id][row.year] = row.level
    numbers = {*own, *leaders}
    return {number: standing_of(_joined(number, own, leaders), year) for number in numbers}


def standing_of(history: History, year: int) -> Standing:
    """Return the standing that a history of levels comes to before a year."""
    years = sorted((each for each in history if each < year), reverse=True)
    if not years or not history[years[0]]:
        return Standing()
    since = years[0]
    for each in years:
        if history[each] != history[since]:
            break
        since = each
    return Standing(history[since], year - since, since)


def _leaders(session: Session) -> dict[int, int]:
    """Return by successor which predecessor's history it goes on with."""
    query = select(Succession.successor_id, Succession.predecessor_id).where(Succession.leads)
    return dict(session.execute(query).all())


def _joined(
    number: int, own: Mapping[int, History], leaders: Mapping[int, int]
) -> Mapping[int, str]:
    """Return the levels of an organisation and of all that it goes on from; its own go first."""
    joined: dict[int, str] = {}
    for each in _line(number, leaders):
        joined = {**own.get(each, {}), **joined}
    return joined


def _line(number: int, leaders: Mapping[int, int]) -> Iterable[int]:
    """Return an organisation and those that it goes on from, one behind the other."""
    line = [number]
    while line[-1] in leaders and leaders[line[-1]] not in line:
        line.append(leaders[line[-1]])
    return line
