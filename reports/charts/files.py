"""Charts as SVG for a page and as PDF for paper; one drawing serves both."""

from __future__ import annotations

from reportlab.graphics.shapes import Drawing

from reports.charts.data import Levels, Strips
from reports.charts.levels import draw_levels
from reports.charts.strips import draw_strips
from reports.flow.files import drawing_as_pdf, drawing_as_svg


def as_svg(chart: Strips | Levels, name: str) -> str:
    """Return a chart as an SVG document; `name` tells its ids from others' on the same page."""
    return drawing_as_svg(_drawn(chart), chart.title, name)


def as_pdf(chart: Strips | Levels) -> bytes:
    """Return a chart as a PDF of one page of its own size."""
    return drawing_as_pdf(_drawn(chart), chart.title)


def _drawn(chart: Strips | Levels) -> Drawing:
    return draw_strips(chart) if isinstance(chart, Strips) else draw_levels(chart)
