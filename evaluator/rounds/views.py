"""Pages of rounds: the list, and each round as everybody sees it."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from evaluator.access import Permission, current_actor, needs
from evaluator.database import db
from evaluator.rounds import planning, running
from evaluator.rounds.blueprint import blueprint
from evaluator.rounds.calendar import last_moment_words, moment_words, step_title
from evaluator.rounds.operations import create_round
from evaluator.rounds.policy import manages_rounds, require_manager
from evaluator.rounds.queries import find_round, next_year, visible_rounds
from evaluator.rounds.round_page import shown
from evaluator.rounds.state_words import round_state
from evaluator.web.pages import page_of
from forms.rounds import RoundForm

MODULES = (planning, running)
"""The other pages of the subject; importing them registers them."""
P = Permission


@blueprint.app_context_processor
def _words() -> dict[str, object]:
    return {
        "moment_words": moment_words,
        "last_moment_words": last_moment_words,
        "step_title": step_title,
        "round_state": round_state,
    }


@blueprint.get("/rounds")
@needs(P.SEE_ROUNDS)
def listing() -> ResponseReturnValue:
    """List the rounds."""
    year = next_year(db.session)
    title = gettext("Star rating of party organisations %(year)d", year=year)
    return _listing(RoundForm(year=year, title=title))


@blueprint.post("/rounds")
@needs(P.MANAGE_ROUNDS)
def create() -> ResponseReturnValue:
    """Begin to plan a round."""
    require_manager(db.session, current_actor())
    form = RoundForm()
    if not form.validate_on_submit():
        return _listing(form), 422
    made = create_round(
        db.session, current_actor(), year=form.year.data or 0, title=form.title.data or ""
    )
    return redirect(url_for("rounds.page", round_id=made.id))


@blueprint.get("/rounds/<int:round_id>")
@needs(P.SEE_ROUNDS)
def page(round_id: int) -> ResponseReturnValue:
    """Show a round: its calendar, its rule sets, who takes part, and the forms to plan it."""
    made = find_round(db.session, current_actor(), round_id)
    return shown(made)


def _listing(form: RoundForm) -> str:
    actor = current_actor()
    return render_template(
        "rounds/listing.html",
        page=page_of(db.session, visible_rounds(db.session, actor)),
        form=form,
        manages=manages_rounds(db.session, actor),
    )
