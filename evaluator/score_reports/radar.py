"""The radar of a report: the share of its points that each dimension won, beside the median."""

from __future__ import annotations

from evaluator.score_reports.medians import Medians
from evaluator.score_reports.standing import Standing
from evaluator.web.wording import gettext
from reports.charts import Radar, RadarWords, Spoke
from rules.numbers import decimal_text, points_text
from rules.syntax import Dimension


def radar_of(standing: Standing, medians: Medians, about: str, language: str) -> Radar:
    """Return the radar of the dimensions that apply; `about` names the organisation."""
    assessment = standing.so_far.assessment
    spokes = tuple(
        _spoke(each, assessment.value("dimension", each.id), medians.get(each.id), language)
        for each in standing.ready.rule_set.dimensions
        if assessment.value("present", each.id) and each.points > 0
    )
    shown = any(each.median is not None for each in spokes)
    words = RadarWords(
        gettext("this organisation"), gettext("median of the category") if shown else ""
    )
    title = gettext("%(about)s: points by dimension; the table has the numbers", about=about)
    return Radar(title, spokes, words)


def _spoke(group: Dimension, points: int, median: int | None, language: str) -> Spoke:
    # Shares are for the eye alone; points are exact and stand beside them.
    return Spoke(
        group.title.say(language),
        f"{decimal_text(points)} / {points_text(group.points)}",
        points / group.points,
        None if median is None else median / group.points,
    )
