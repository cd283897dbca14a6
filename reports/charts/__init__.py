"""Small charts of figures: ratings of a case on a line, panellists with their intervals."""

from reports.charts.data import Level, Levels, LevelWords, Mark, Strip, Strips, StripWords
from reports.charts.files import as_pdf, as_svg

__all__ = [
    "Level",
    "LevelWords",
    "Levels",
    "Mark",
    "Strip",
    "StripWords",
    "Strips",
    "as_pdf",
    "as_svg",
]
