"""Pictures of agreement: where the scores of each case lie, and who judges higher or lower.

Places on pictures are floats; no score comes from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from markupsafe import Markup

from evaluator.defences.agreement import PanelAgreement
from evaluator.scoring.agreement import Severity, Spread, Unsaid
from evaluator.trials.pictures import with_attributes
from evaluator.web.languages import language
from evaluator.web.wording import gettext
from reports.charts import (
    Chart,
    Level,
    Levels,
    LevelWords,
    Mark,
    Strip,
    Strips,
    StripWords,
    as_svg,
)
from reports.flow import without_head
from rules.numbers import fraction_text

PLACES = 1
MEAN_PLACES = 2
MOST_STRIPS = 12
"""So many cases fit a look; they are those whose scores lie farthest apart."""
LONGEST_LABEL = 24
MARGIN = 0.08


def severity_picture(found: PanelAgreement, name: str) -> Markup:
    """Return the panellists around zero, each with its interval; the table beside it says more."""
    chart = Levels(
        gettext("Severity of the panellists: %(panel)s", panel=found.panel),
        tuple(_level(found, each) for each in found.figures.severities),
        LevelWords(
            severe=gettext("severe"),
            lenient=gettext("lenient"),
            apart=gettext("differs from the others"),
            among=gettext("among the others"),
        ),
    )
    return _in_page(chart, name)


def strips_picture(found: PanelAgreement, name: str) -> Markup:
    """Return the scores of the cases where they lie farthest apart, a dot for each panellist.

    A dot bears the number of its panellist; the table beside it has all cases.
    """
    shown = found.widest[:MOST_STRIPS]
    low, high = _scale(shown)
    chart = Strips(
        gettext(
            "Scores of each case: %(panel)s, %(criterion)s. The table says the same in figures.",
            panel=found.panel,
            criterion=found.criterion.fact.label.say(language()),
        ),
        tuple(_strip(found, each) for each in shown),
        low,
        high,
        StripWords(
            kept=gettext("Counts for the mean"),
            dropped=gettext("Left out of the mean"),
            odd=gettext("stands out"),
            mean=gettext("Mean by the rule set"),
        ),
    )
    return _in_page(chart, name)


def _in_page(chart: Chart, name: str) -> Markup:
    return Markup(with_attributes(without_head(as_svg(chart, name))))  # noqa: S704 - drawn by us


def _scale(shown: Sequence[Spread]) -> tuple[float, float]:
    """Return a scale with all scores a little inside; where all are the same, they stand midway."""
    low = float(min(each.lowest for each in shown))
    high = float(max(each.highest for each in shown))
    beside = (high - low) * MARGIN or 1.0
    return low - beside, high + beside


def _strip(found: PanelAgreement, line: Spread) -> Strip:
    row, mean = found.judged.cells[line.case], found.figures.means[line.case]
    odd = {each.rating.panellist for each in found.figures.outliers.flags
           if each.rating.case == line.case}  # fmt: skip
    marks = [
        Mark(float(row[panellist]), str(number), panellist in mean.dropped, panellist in odd)
        for number, panellist in enumerate(found.judged.panellists, 1)
        if panellist in row
    ]
    label = _label(found.cases[line.case].participant.name)
    if isinstance(mean.mean, Unsaid):
        return Strip(label, tuple(marks), None, gettext("too few scores"))
    return Strip(label, tuple(marks), float(mean.mean), fraction_text(mean.mean, MEAN_PLACES))


def _level(found: PanelAgreement, line: Severity) -> Level:
    person = found.people[line.panellist]
    if isinstance(line.shift, Unsaid):
        return Level(person, None, None, line.shift.say(language()))
    text = _signed(line.shift)
    if isinstance(line.interval, Unsaid):
        return Level(person, float(line.shift), None, text)
    low, high = line.interval
    return Level(person, float(line.shift), (float(low), float(high)), text)


def _signed(value: Fraction) -> str:
    shown = fraction_text(value, PLACES)
    return f"+{shown}" if value > 0 else shown.replace("-", "−")


def _label(name: str) -> str:
    """Return a name that leaves room for the mean beside it."""
    return name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1] + "…"
