"""How far the panels of a round agree: figures for people to look at, never for a score.

Only cases whose sheets are all handed in are looked at, so that no figure tells of an open sheet.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.defences.models import ScoreSheet
from evaluator.defences.policy import lacking
from evaluator.defences.queries import panel_names, rubrics_of, sheets_of, visible_with_seats
from evaluator.defences.rubric import Criterion
from evaluator.panels.models import Case
from evaluator.rounds.models import Round
from evaluator.scoring.agreement import (
    Agreement,
    Calibration,
    Form,
    Metric,
    Rating,
    Reading,
    Severity,
    Spread,
    Table,
    agreement,
    calibration,
    read_alpha,
    read_correlation,
    table_of,
)


@dataclass(frozen=True)
class PanelAgreement:
    """The second scores of one panel for one criterion, and what they say of it."""

    panel: str
    criterion: Criterion
    table: Table
    cases: Mapping[str, Case]
    people: Mapping[str, str]
    sheets: Mapping[tuple[str, str], ScoreSheet]
    calibrated: str = ""

    @property
    def categories(self) -> Sequence[str]:
        """Return of which categories its cases are."""
        return sorted({each.participant.category for each in self.cases.values()})

    @property
    def judged(self) -> Table:
        """Return the table without the calibration case, which all judged once and for practice."""
        return self.table.without(self.calibrated)

    @cached_property
    def figures(self) -> Agreement:
        """Return how the panel agrees; the calibration case is left out."""
        return agreement(self.judged, self.criterion.mean)

    @property
    def widest(self) -> Sequence[Spread]:
        """Return the spread of each case, the widest first."""
        return sorted(self.figures.spreads, key=lambda each: each.lowest - each.highest)

    def others(self, line: Severity) -> Sequence[str]:
        """Return the names of those whom a panellist was compared with."""
        return [self.people[each] for each in line.group if each != line.panellist]

    @property
    def readings(self) -> Sequence[Reading]:
        """Return what the coefficients mean in plain words, each by the rule that it names."""
        found, judged = self.figures, self.judged
        agreeing = next(each for each in found.correlations if each.form is Form.AGREEMENT)
        return (
            read_alpha(found.alphas[Metric.INTERVAL], judged),
            read_correlation(agreeing, judged),
        )

    @cached_property
    def calibration(self) -> Calibration | None:
        """Return the calibration case, None where the panel has none that all have judged."""
        return calibration(self.table, self.calibrated) if self.calibrated else None


def agreement_of(session: Session, actor: Actor, made: Round) -> list[PanelAgreement]:
    """Return how far each panel agrees for each criterion, as far as an actor sees its cases."""
    cases = visible_with_seats(session, actor, made)
    sheets, rubrics = sheets_of(session, cases), rubrics_of(session, made)
    complete = [each for each in cases if sheets[each.id] and not lacking(each, sheets[each.id])]
    found = []
    for number, name in panel_names(session, made).items():
        own = [each for each in complete if each.panel_id == number]
        for criterion, judged in _criteria(own, rubrics):
            found.append(_of_panel(name, criterion, judged, sheets))
    return found


def _criteria(
    cases: Sequence[Case], rubrics: Mapping[str, Sequence[Criterion]]
) -> Iterable[tuple[Criterion, list[Case]]]:
    """Return the criteria that a panel judges by, each with its cases.

    Categories whose rule sets take another mean of the same ratings are looked at apart.
    """
    found: dict[Hashable, tuple[Criterion, list[Case]]] = {}
    for case in sorted(cases, key=lambda each: each.participant.category):
        for criterion in rubrics.get(case.participant.category, ()):
            key = criterion.name, criterion.scale, criterion.mean
            found.setdefault(key, (criterion, []))[1].append(case)
    return found.values()


def _of_panel(
    name: str,
    criterion: Criterion,
    cases: Sequence[Case],
    sheets: Mapping[int, Sequence[ScoreSheet]],
) -> PanelAgreement:
    ratings, by_pair, people = [], {}, {}
    for case in cases:
        for sheet in sheets[case.id]:
            score = sheet.after.get(criterion.name)
            if score is None:
                continue
            pair = _key(case.id), _key(sheet.seat.panellist_id)
            ratings.append(Rating(*pair, criterion.name, criterion.read(score)))
            by_pair[pair] = sheet
            people[pair[1]] = sheet.seat.panellist.account.name
    table = table_of(ratings, criterion.name, criterion.scale)
    practised = [_key(each.id) for each in cases if each.is_calibration]
    return PanelAgreement(
        panel=name,
        criterion=criterion,
        table=table,
        cases={_key(each.id): each for each in cases},
        people=people,
        sheets=by_pair,
        calibrated=next((each for each in practised if each in table.cells), ""),
    )


def _key(number: int) -> str:
    """Return a number as a name that sorts as it counts."""
    return f"{number:012d}"
