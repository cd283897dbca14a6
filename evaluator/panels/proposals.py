"""From tables to the assignment and back: what is proposed, what it changes, what it lacks."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.applications.models import Application, ApplicationState
from evaluator.audit.operations import canonical
from evaluator.panels.assigning import Assignment, Hearing, Judge, Shortage, assign
from evaluator.panels.conflicts import Pair, bars_of, cleared_pairs, conflicts, in_words
from evaluator.panels.models import Case, Panel, Panellist, Seat
from evaluator.panels.policy import stays
from evaluator.panels.queries import all_panellists, cases_of, panels_of, unable
from evaluator.rounds.models import Round
from evaluator.web.wording import gettext


@dataclass(frozen=True)
class Change:
    """What becomes different on a case, by numbers of panellists."""

    case: Case
    added: tuple[int, ...]
    removed: tuple[int, ...]


@dataclass(frozen=True)
class Load:
    """How many cases a panellist has now and would have."""

    panellist: Panellist
    now: int
    then: int


@dataclass(frozen=True)
class Lack:
    """Seats that nobody could be found for, and why not each of the panel."""

    shortage: Shortage
    case: Case
    panel: Panel
    reasons: Sequence[tuple[Panellist, str]]


@dataclass(frozen=True)
class Proposal:
    """An assignment with everything that it rests on."""

    cases: Mapping[int, Case]
    panels: Mapping[int, Panel]
    panellists: Mapping[int, Panellist]
    hearings: Mapping[int, Hearing]
    assignment: Assignment
    without_panel: Sequence[Case]

    @cached_property
    def changes(self) -> list[Change]:
        """Return the cases on which something changes."""
        found = []
        for number, seated in self.assignment.seats.items():
            hearing = self.hearings[number]
            added = tuple(sorted(set(seated) - hearing.now))
            removed = tuple(sorted(hearing.now - set(seated)))
            if added or removed:
                found.append(Change(self.cases[number], added, removed))
        return found

    @cached_property
    def digest(self) -> str:
        """Return what tells this proposal from another one."""
        values = {
            str(change.case.id): [change.case.version, change.added, change.removed]
            for change in self.changes
        }
        lacks = [[each.case, each.competence, each.seats] for each in self.assignment.shortages]
        return hashlib.sha256(canonical({"changes": values, "lacks": lacks}).encode()).hexdigest()

    @cached_property
    def loads(self) -> list[Load]:
        """Return the load of everybody who belongs to a panel or has a case."""
        present: dict[int, int] = {}
        for hearing in self.hearings.values():
            for number in hearing.now:
                present[number] = present.get(number, 0) + 1
        members = {each.panellist_id for panel in self.panels.values() for each in panel.members}
        then = self.assignment.load
        return [
            Load(panellist, present.get(number, 0), then.get(number, 0))
            for number, panellist in self.panellists.items()
            if number in members or number in present or number in then
        ]

    def lacks(self, most: int) -> list[Lack]:
        """Return the first of what is lacking with the reasons, the narrowest place first."""
        return [self._lack(each) for each in self.assignment.shortages[:most]]

    def narrow(self, shortage: Shortage) -> str:
        """Return in words which cases compete for which panellists, who can take no more."""
        if not shortage.full:
            return ""
        names = [self.panellists[each].account.name for each in shortage.full]
        return gettext(
            "%(cases)s cases compete for %(count)s panellists who can take no more: %(names)s",
            cases=len(shortage.cases),
            count=len(names),
            names=gettext(", ").join(names),
        )

    def _lack(self, shortage: Shortage) -> Lack:
        case, hearing = self.cases[shortage.case], self.hearings[shortage.case]
        panel = self.panels[case.panel_id or 0]
        reasons = [
            (self.panellists[number], self._why_not(hearing, shortage, number))
            for number in hearing.panel
        ]
        return Lack(shortage, case, panel, reasons)

    def _why_not(self, hearing: Hearing, shortage: Shortage, number: int) -> str:
        if number in hearing.barred:
            return hearing.barred[number]
        if number in self.assignment.seats[hearing.number]:
            return gettext("judges this case already")
        judge = self.panellists[number]
        if shortage.competence and shortage.competence not in judge.competences:
            return gettext("does not have the competence “%(name)s”", name=shortage.competence)
        if shortage.occupied:
            return gettext("the seats are taken by those fixed by hand")
        return gettext(
            "has %(count)s cases, as many as may be", count=self.assignment.load.get(number, 0)
        )


def propose(session: Session, made: Round) -> Proposal:
    """Work out who judges which case; the caller has checked who asks."""
    cases = {each.id: each for each in cases_of(session, made)}
    panels = {each.id: each for each in panels_of(session, made)}
    panellists = {each.id: each for each in all_panellists(session)}
    barred = _barred(session, made, panellists, cases.values())
    open_ones = _in_defence(session, cases.values())
    hearings = {
        case.id: _hearing(case, panels[case.panel_id], barred, case.id in open_ones)
        for case in cases.values()
        if case.panel_id is not None
    }
    judges = [
        Judge(each.id, frozenset(each.competences), each.most_cases) for each in panellists.values()
    ]
    without = [each for each in cases.values() if each.panel_id is None]
    found = assign(judges, hearings.values())
    return Proposal(cases, panels, panellists, hearings, found, without)


def _hearing(case: Case, panel: Panel, barred: Mapping[Pair, str], is_open: bool) -> Hearing:
    """Return a case for the assignment; one that is no longer open keeps those who judged it."""
    live = [each for each in case.seats if each.recused_at is None]
    now = frozenset(each.panellist_id for each in live)
    if not is_open:
        return Hearing(case.id, len(now), tuple(sorted(now)), fixed=now, now=now)
    members = tuple(sorted(each.panellist_id for each in panel.members))
    why = {
        number: barred[number, case.participant_id]
        for number in {*members, *now}
        if (number, case.participant_id) in barred
    }
    why |= {
        each.panellist_id: gettext("was recused: %(reason)s", reason=each.recusal)
        for each in case.seats
        if each.recused_at is not None
    }
    fixed = _fixed(live, why)
    if case.is_calibration:
        everybody = set(members) - set(why) | fixed
        return Hearing(case.id, len(everybody), members, {}, why, fixed, now)
    return Hearing(case.id, panel.seats, members, panel.wanted, why, fixed, now)


def _fixed(live: Iterable[Seat], barred: Collection[int]) -> frozenset[int]:
    """Return who stays; a conflict that came up later ends a fixed seat that is not judged yet."""
    return frozenset(
        each.panellist_id
        for each in live
        if each.judging_since is not None or (stays(each) and each.panellist_id not in barred)
    )


def _barred(
    session: Session, made: Round, panellists: Mapping[int, Panellist], cases: Iterable[Case]
) -> dict[Pair, str]:
    """Return who may not judge whom, in words."""
    participants = [each.participant for each in cases]
    found = conflicts(bars_of(session, made, panellists.values()), participants)
    for pair in cleared_pairs(session, made):
        found.pop(pair, None)
    words = {pair: in_words(bars) for pair, bars in found.items()}
    for number, why in unable(session).items():
        for participant in participants:
            words.setdefault((number, participant.id), why)
    return words


def _in_defence(session: Session, cases: Iterable[Case]) -> set[int]:
    participants = {each.participant_id: each.id for each in cases}
    query = select(Application.participant_id).where(
        Application.participant_id.in_(participants),
        Application.state == ApplicationState.IN_DEFENCE,
    )
    return {participants[number] for number in session.scalars(query)}
