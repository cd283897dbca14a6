"""Charts as SVG for a page and as PDF for paper; one drawing serves both."""

from __future__ import annotations

from reportlab.graphics.shapes import Drawing

from reports.charts.data import Levels, Radar, Stacks, Strips, Targets
from reports.charts.levels import draw_levels
from reports.charts.radar import draw_radar
from reports.charts.stacks import draw_stacks
from reports.charts.strips import draw_strips
from reports.charts.targets import draw_targets
from reports.flow.files import drawing_as_pdf, drawing_as_svg

Chart = Strips | Levels | Radar | Stacks | Targets


def as_svg(chart: Chart, name: str) -> str:
    """Return a chart as an SVG document; `name` tells its ids from others' on the same page."""
    return drawing_as_svg(drawn(chart), chart.title, name)


def as_pdf(chart: Chart) -> bytes:
    """Return a chart as a PDF of one page of its own size."""
    return drawing_as_pdf(drawn(chart), chart.title)


def drawn(chart: Chart) -> Drawing:
    """Return the drawing of a chart."""
    match chart:
        case Strips():
            return draw_strips(chart)
        case Levels():
            return draw_levels(chart)
        case Radar():
            return draw_radar(chart)
        case Stacks():
            return draw_stacks(chart)
        case Targets():
            return draw_targets(chart)
