"""Pages of agreement: what the figures say, flagging for a second look, and settling it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import Permission, current_actor, needs
from evaluator.database import db
from evaluator.defences.agreement import agreement_of
from evaluator.defences.blueprint import blueprint
from evaluator.defences.charts import MOST_STRIPS, severity_picture, strips_picture
from evaluator.defences.looks import find_look, settle, unflagged
from evaluator.defences.looks import flag as flag_scores
from evaluator.defences.queries import find_visible
from evaluator.panels.policy import manages, require_manager
from evaluator.panels.shown import titles
from evaluator.rounds.queries import current_round
from evaluator.scoring.agreement import Correlation, Figure, Interval, Outliers, Unsaid
from evaluator.scoring.agreement.outliers import LIMIT
from evaluator.web.errors import Refusal
from evaluator.web.languages import language
from evaluator.web.wording import gettext
from forms.defences import ActForm, SettleForm
from rules.numbers import fraction_text

P = Permission
PLACES = 2


@blueprint.get("/defence/agreement")
@needs(P.SEE_PANELS)
def agreement() -> str:
    """Show how far each panel agrees, and which scores stand out."""
    actor, made = current_actor(), current_round(db.session)
    found = agreement_of(db.session, actor, made) if made else []
    return render_template(
        "defences/agreement.html",
        round=made,
        panels=found,
        unflagged=unflagged(db.session, found),
        act=ActForm(formdata=None),
        manages=manages(db.session, actor),
        figure=figure_words,
        signed=signed_words,
        rested=rested_words,
        exact=_exact,
        interval=_interval,
        why_unsaid=why_unsaid,
        measure=_measure,
        titles=titles(made) if made else {},
        severity_picture=severity_picture,
        strips_picture=strips_picture,
        most_strips=MOST_STRIPS,
    )


@blueprint.post("/defence/agreement/flag")
@needs(P.MANAGE_PANELS)
def flag() -> ResponseReturnValue:
    """Flag what stands out for a second look."""
    actor, made = current_actor(), current_round(db.session)
    require_manager(db.session, actor)
    if made is None:
        raise Refusal(gettext("There is no round yet."))
    found = agreement_of(db.session, actor, made)
    looks = flag_scores(db.session, actor, made=made, found=found)
    flash(gettext("%(count)s scores are flagged for a second look.", count=len(looks)))
    return redirect(url_for("defences.agreement"))


@blueprint.post("/defence/looks/<int:look_id>")
@needs(P.MANAGE_PANELS)
def settle_look(look_id: int) -> ResponseReturnValue:
    """Say what came of a second look."""
    actor, form = current_actor(), SettleForm()
    look, case_id = find_look(db.session, look_id)
    case = find_visible(db.session, actor, case_id)
    actor.require(P.MANAGE_PANELS, case.participant.path)
    if not form.validate_on_submit():
        raise Refusal(gettext("Say in words what came of the second look."))
    settle(db.session, actor, look=look, case=case, outcome=form.outcome.data or "")
    return redirect(url_for("defences.record", case_id=case_id))


def figure_words(value: Figure) -> str:
    """Return a figure to two places, or why it cannot be given."""
    return _exact(value) if isinstance(value, Fraction) else value.say(language())


def _interval(value: Interval) -> str:
    """Return from where to where a figure may lie; a dash where nothing is known of that."""
    if isinstance(value, Unsaid):
        return "—"
    low, high = value
    return gettext("%(low)s to %(high)s", low=_exact(low), high=_exact(high))


def why_unsaid(*values: Interval) -> Sequence[str]:
    """Return why some intervals are dashes, each reason once, to stand below their table."""
    found = [each.say(language()) for each in values if isinstance(each, Unsaid)]
    return list(dict.fromkeys(found))


def _measure(found: Outliers) -> str:
    """Return by what scores are said to stand out, or why none can be."""
    if isinstance(found.deviation, Unsaid):
        return gettext("Scores that stand out: %(reason)s", reason=found.deviation.say(language()))
    words = gettext(
        "A score stands out that lies more than %(limit)s times the usual distance of %(distance)s "
        "from the middle of the others; %(count)s scores were compared.",
        limit=_exact(LIMIT),
        distance=_exact(found.deviation),
        count=found.compared,
    )
    return f"{words}{_around(found)}"


def _around(found: Outliers) -> str:
    """Return from where distances count, where that is not the middle of the others itself."""
    if isinstance(found.usual, Unsaid) or not found.usual:
        return ""
    return gettext(
        "The distance counts from %(usual)s: half of all scores lie above that, half below.",
        usual=signed_words(found.usual),
    )


def signed_words(value: Figure) -> str:
    """Return a distance with its sign, or why it cannot be given."""
    if isinstance(value, Unsaid):
        return value.say(language())
    shown = _exact(value)
    return f"+{shown}" if value > 0 else shown.replace("-", "−")


def rested_words(found: Correlation) -> str:
    """Return on how many cases and scores a correlation rests."""
    return gettext(
        "From %(cases)s cases that two panellists or more have judged, with %(seats)s scores each "
        "on average.",
        cases=found.cases,
        seats=_exact(found.seats),
    )


def _exact(value: Fraction) -> str:
    return fraction_text(value, PLACES)
