"""Pictures of agreement: who judges higher or lower than the others, and by how much."""

from __future__ import annotations

from fractions import Fraction

from markupsafe import Markup

from evaluator.defences.agreement import PanelAgreement
from evaluator.scoring.agreement.severity import Severity
from evaluator.scoring.agreement.unsaid import Unsaid
from evaluator.trials.pictures import with_attributes
from evaluator.web.languages import language
from evaluator.web.wording import gettext
from reports.charts import Level, Levels, LevelWords, as_svg
from reports.flow import without_head
from rules.numbers import fraction_text

PLACES = 1


def severity_picture(found: PanelAgreement, name: str) -> Markup:
    """Return the panellists around zero, each with its interval; the table beside it says more.

    Places on the picture are floats; no score comes from them.
    """
    chart = Levels(
        gettext("Severity of the panellists: %(panel)s", panel=found.panel),
        tuple(_level(found, each) for each in found.severities),
        LevelWords(
            severe=gettext("severe"),
            lenient=gettext("lenient"),
            apart=gettext("differs from the others"),
            among=gettext("among the others"),
        ),
    )
    return Markup(with_attributes(without_head(as_svg(chart, name))))  # noqa: S704 - drawn by us


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
