"""Charts of figures: ratings on a line, panellists with intervals, shares, levels and aims."""

from reports.charts.data import (
    Level,
    Levels,
    LevelWords,
    Mark,
    Radar,
    RadarWords,
    Spoke,
    Stack,
    Stacks,
    Strip,
    Strips,
    StripWords,
    Target,
    Targets,
    TargetWords,
)
from reports.charts.files import Chart, as_pdf, as_svg, drawn

__all__ = [
    "Chart",
    "Level",
    "LevelWords",
    "Levels",
    "Mark",
    "Radar",
    "RadarWords",
    "Spoke",
    "Stack",
    "Stacks",
    "Strip",
    "StripWords",
    "Strips",
    "Target",
    "TargetWords",
    "Targets",
    "as_pdf",
    "as_svg",
    "drawn",
]
