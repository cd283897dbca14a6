"""Pages of the quota board: the ranking of a category, and what decides all of it at once."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import Permission, confirmed, current_actor, needs
from evaluator.database import db
from evaluator.decisions.blueprint import blueprint
from evaluator.decisions.deciding import close_unrated, decide_as_computed
from evaluator.decisions.page import Asked, asked_of, board_page
from evaluator.decisions.policy import require_deciding
from evaluator.decisions.words import BASES, STATES
from evaluator.organisations.form_pages import attempt, status_of
from evaluator.web.languages import language
from evaluator.web.wording import gettext
from forms.decisions import DecideAllForm
from rules.numbers import decimal_text, fraction_text

P = Permission


@blueprint.get("/decisions")
@needs(P.SEE_DECISIONS)
def board() -> str:
    """Show the ranking of a category with its cut lines and everything it rests on."""
    round_id, category = request.args.get("round", type=int), request.args.get("category")
    asked = asked_of(db.session, round_id, category)
    return _shown(asked) if asked else render_template("decisions/nothing.html")


@blueprint.post("/decisions/<int:round_id>/<category>/decide")
@needs(P.DECIDE)
@confirmed
def decide_all(round_id: int, category: str) -> ResponseReturnValue:
    """Decide all levels of a category that are decided as computed."""
    actor, form = current_actor(), DecideAllForm()
    require_deciding(db.session, actor)
    asked = asked_of(db.session, round_id, category)
    assert asked is not None  # noqa: S101 - the round was named, so it is there or is hidden

    def act() -> int:
        return decide_as_computed(
            db.session,
            actor,
            made=asked.made,
            category=category,
            seen=form.seen.data or "",
            reason=form.reason.data or "",
        )

    done = attempt(form, act) if form.validate() else None
    if done is None:
        return _shown(asked, form), status_of(form)
    flash(gettext("Levels decided: %(count)d.", count=done))
    return _back(round_id, category)


@blueprint.post("/decisions/<int:round_id>/<category>/close")
@needs(P.DECIDE)
@confirmed
def close_without_level(round_id: int, category: str) -> ResponseReturnValue:
    """End the round for those who were decided to have no level."""
    require_deciding(db.session, current_actor())
    asked = asked_of(db.session, round_id, category)
    assert asked is not None  # noqa: S101 - as above
    count = close_unrated(db.session, current_actor(), made=asked.made, category=category)
    flash(gettext("The round is over for %(count)d without a level.", count=count))
    return _back(round_id, category)


def _back(round_id: int, category: str) -> ResponseReturnValue:
    return redirect(url_for("decisions.board", round=round_id, category=category))


def _shown(asked: Asked, form: DecideAllForm | None = None) -> str:
    actor = current_actor()
    shown = board_page(db.session, actor, asked)
    form = form or DecideAllForm()
    form.seen.data = shown.board.digest
    return render_template(
        "decisions/board.html",
        shown=shown,
        asked=asked,
        form=form,
        may_try=actor.may(P.TRY_RULES),
        states=STATES,
        bases=BASES,
        spoken=language(),
        decimal_text=decimal_text,
        fraction_text=fraction_text,
    )
