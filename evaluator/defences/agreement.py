"""How far the panels of a round agree: figures for people to look at, never for a score.

Only cases whose sheets are all handed in are looked at, so that no figure tells of an open sheet.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
from evaluator.scoring.agreement.alpha import Metric, alpha
from evaluator.scoring.agreement.calibration import Calibration, calibration
from evaluator.scoring.agreement.correlation import Correlation, Form, correlations
from evaluator.scoring.agreement.outliers import Outliers, outliers
from evaluator.scoring.agreement.ratings import Rating, Table, table_of
from evaluator.scoring.agreement.readings import Reading, read_alpha, read_correlation
from evaluator.scoring.agreement.severity import Severity, severities
from evaluator.scoring.agreement.spread import Spread, deviation_within, spreads
from evaluator.scoring.agreement.unsaid import Figure


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

    @cached_property
    def spreads(self) -> Sequence[Spread]:
        """Return the spread of each case, the widest first."""
        return sorted(spreads(self.table), key=lambda each: each.lowest - each.highest)

    @cached_property
    def deviation(self) -> Figure:
        """Return how far scores of one case usually lie apart."""
        return deviation_within(self.table)

    @cached_property
    def alpha(self) -> Figure:
        """Return Krippendorff's alpha of distances."""
        return alpha(self.table, Metric.INTERVAL)

    @cached_property
    def correlation(self) -> Correlation:
        """Return the correlation within cases by absolute agreement."""
        return next(each for each in correlations(self.table) if each.form is Form.AGREEMENT)

    @cached_property
    def readings(self) -> Sequence[Reading]:
        """Return what the coefficients mean in plain words, each by the rule that it names."""
        return (
            read_alpha(self.alpha, self.table),
            read_correlation(self.correlation, self.table),
        )

    @cached_property
    def severities(self) -> Sequence[Severity]:
        """Return how severe each panellist is beside the others."""
        return severities(self.table)

    @cached_property
    def outliers(self) -> Outliers:
        """Return the scores that deserve a second look."""
        return outliers(self.table)

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
        for criterion in _criteria(own, rubrics):
            found.append(_of_panel(name, criterion, own, sheets))
    return found


def _criteria(
    cases: Sequence[Case], rubrics: Mapping[str, Sequence[Criterion]]
) -> Collection[Criterion]:
    """Return the criteria of the categories that a panel hears, those of one name once."""
    found: dict[str, Criterion] = {}
    for category in sorted({each.participant.category for each in cases}):
        for criterion in rubrics.get(category, ()):
            found.setdefault(criterion.name, criterion)
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
    first = next((_key(each.id) for each in cases if each.is_calibration), "")
    return PanelAgreement(
        panel=name,
        criterion=criterion,
        table=table_of(ratings, criterion.name, criterion.scale),
        cases={_key(each.id): each for each in cases},
        people=people,
        sheets=by_pair,
        calibrated=first,
    )


def _key(number: int) -> str:
    """Return a number as a name that sorts as it counts."""
    return f"{number:012d}"
