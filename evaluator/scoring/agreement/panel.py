"""Everything about the agreement of a panel on one fact, in one call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evaluator.scoring.agreement.alpha import Metric, alpha
from evaluator.scoring.agreement.correlation import Correlation, correlations
from evaluator.scoring.agreement.outliers import Outliers, outliers
from evaluator.scoring.agreement.ratings import Table
from evaluator.scoring.agreement.severity import Severity, severities
from evaluator.scoring.agreement.spread import Spread, deviation_within, spreads
from evaluator.scoring.agreement.trimmed import TrimmedMean, trimmed_mean
from evaluator.scoring.agreement.unsaid import Figure
from rules.syntax import MeanOf


@dataclass(frozen=True)
class Agreement:
    """How a panel agrees on one fact."""

    means: Mapping[str, TrimmedMean]
    """What scoring makes of each case."""
    spreads: tuple[Spread, ...]
    deviation_within: Figure
    alphas: Mapping[Metric, Figure]
    correlations: tuple[Correlation, ...]
    severities: tuple[Severity, ...]
    outliers: Outliers


def agreement(table: Table, rule: MeanOf) -> Agreement:
    """Return the agreement of a panel; leave out its calibration case, which has its own page."""
    return Agreement(
        {case: trimmed_mean(row, rule) for case, row in table.cells.items()},
        spreads(table),
        deviation_within(table),
        {metric: alpha(table, metric) for metric in Metric},
        correlations(table),
        severities(table),
        outliers(table),
    )
