"""The cases of a panellist, today's first, each with the state of the own sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from sqlalchemy.orm import Session, selectinload

from evaluator.access import Actor
from evaluator.database import now
from evaluator.defences.models import ScoreSheet, Sitting, SittingState
from evaluator.defences.queries import panel_names, sheets_of, sittings_of
from evaluator.panels.models import Case
from evaluator.panels.queries import my_cases, panellist_of
from evaluator.rounds.calendar import ZONE
from evaluator.rounds.models import Round
from evaluator.web.wording import gettext


class When(IntEnum):
    """Where a case stands on the page."""

    FIRST = 0
    """The calibration case, as long as its sheet is not handed in."""
    TODAY = 1
    LATER = 2
    UNTIMED = 3
    OVER = 4


@dataclass(frozen=True)
class MyCase:
    """A case, its hearing, and the own sheet."""

    case: Case
    panel: str
    sitting: Sitting | None
    sheet: ScoreSheet | None

    @property
    def is_handed_in(self) -> bool:
        """Return whether the own sheet is handed in."""
        return self.sheet is not None and self.sheet.handed_in_at is not None

    @property
    def state(self) -> str:
        """Return in words how far the own sheet is."""
        if self.sheet is None:
            return gettext("Not begun")
        return gettext("Handed in") if self.is_handed_in else gettext("Begun")

    def when(self, today: date) -> When:
        """Return where the case stands on the page."""
        if self.case.is_calibration and not self.is_handed_in:
            return When.FIRST
        if self.sitting is None:
            return When.UNTIMED
        heard = self.sitting.starts_at.astimezone(ZONE).date()
        if heard == today:
            return When.TODAY
        waits = self.sitting.state is not SittingState.CLOSED and not self.is_handed_in
        return When.LATER if heard > today or waits else When.OVER


def my_lines(session: Session, actor: Actor, made: Round) -> Sequence[tuple[When, list[MyCase]]]:
    """Return the cases of a panellist by when they are heard; a fixed number of queries."""
    mine = panellist_of(session, actor)
    query = my_cases(session, actor, made).options(selectinload(Case.seats))
    cases = session.scalars(query).unique().all()
    sittings, sheets = sittings_of(session, cases), sheets_of(session, cases)
    names, today = panel_names(session, made), now().astimezone(ZONE).date()
    found: dict[When, list[MyCase]] = {each: [] for each in When}
    for case in cases:
        own = [s for s in sheets[case.id] if mine and s.seat.panellist_id == mine.id]
        panel = names.get(case.panel_id or 0, "")
        line = MyCase(case, panel, sittings.get(case.id), own[0] if own else None)
        found[line.when(today)].append(line)
    for lines in found.values():
        lines.sort(key=_by_time)
    return [(when, lines) for when, lines in found.items() if lines]


def _by_time(line: MyCase) -> tuple[datetime, int, int]:
    starts = line.sitting.starts_at if line.sitting else datetime.max.replace(tzinfo=ZONE)
    return starts, line.case.position or 0, line.case.id
