"""How far panellists agree: statistics for people to look at, never an input to a score.

All figures are exact fractions (roots and quantiles to twelve places); no binary fraction occurs.
What a score rests on is the trimmed mean alone, and that is the one of scoring itself.
"""

from evaluator.scoring.agreement.alpha import Metric, alpha
from evaluator.scoring.agreement.calibration import Calibrated, Calibration, calibration
from evaluator.scoring.agreement.correlation import Correlation, Form, correlations
from evaluator.scoring.agreement.outliers import Distance, Flag, Outliers, outliers
from evaluator.scoring.agreement.panel import Agreement, agreement
from evaluator.scoring.agreement.ratings import Rating, Table, table_of
from evaluator.scoring.agreement.readings import Reading, read_alpha, read_correlation
from evaluator.scoring.agreement.severity import Severity, severities
from evaluator.scoring.agreement.spread import Spread, deviation_within, spreads
from evaluator.scoring.agreement.trimmed import TrimmedMean, trimmed_mean
from evaluator.scoring.agreement.unsaid import Figure, Interval, Unsaid

__all__ = [
    "Agreement",
    "Calibrated",
    "Calibration",
    "Correlation",
    "Distance",
    "Figure",
    "Flag",
    "Form",
    "Interval",
    "Metric",
    "Outliers",
    "Rating",
    "Reading",
    "Severity",
    "Spread",
    "Table",
    "TrimmedMean",
    "Unsaid",
    "agreement",
    "alpha",
    "calibration",
    "correlations",
    "deviation_within",
    "outliers",
    "read_alpha",
    "read_correlation",
    "severities",
    "spreads",
    "table_of",
    "trimmed_mean",
]
