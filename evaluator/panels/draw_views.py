"""Pages of the lots: bound and drawn by the organiser, to be checked by everybody."""

from __future__ import annotations

from flask import Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import Actor, NotAllowed, Permission, current_actor, needs, public
from evaluator.database import db
from evaluator.panels.blueprint import blueprint
from evaluator.panels.drawing import commit, find_draw, lot_of, reveal
from evaluator.panels.lots import RECIPE, as_file, problems
from evaluator.panels.queries import draws_of, find_panel, names_behind
from evaluator.panels.shown import round_to_change
from evaluator.rounds.models import Round
from evaluator.rounds.queries import current_round
from evaluator.web.wording import gettext
from forms.panels import ActForm, DrawForm

P = Permission


@blueprint.post("/panels/<int:panel_id>/draw")
@needs(P.MANAGE_PANELS)
def bind(panel_id: int) -> ResponseReturnValue:
    """Bind to a seed for the cases of a panel, and publish the commitment."""
    made = round_to_change()
    panel = find_panel(db.session, made, panel_id)
    if not ActForm().validate_on_submit():
        return redirect(url_for("panels.page", panel_id=panel_id))
    draw = commit(db.session, current_actor(), made=made, panel=panel)
    flash(gettext("The seed is bound; the commitment is public now."))
    return redirect(url_for("panels.draw", draw_id=draw.id))


@blueprint.post("/panels/<int:panel_id>/draw/<int:draw_id>")
@needs(P.MANAGE_PANELS)
def draw_order(panel_id: int, draw_id: int) -> ResponseReturnValue:
    """Publish the seed, and give the cases their places."""
    made, form = round_to_change(), DrawForm()
    panel = find_panel(db.session, made, panel_id)
    drawn, _panel, _round = find_draw(db.session, draw_id)
    if drawn.panel_id != panel.id:
        raise NotAllowed(P.MANAGE_PANELS)
    if not form.validate_on_submit():
        flash(" ".join(map(str, form.word.errors)), "error")
        return redirect(url_for("panels.page", panel_id=panel_id))
    reveal(db.session, current_actor(), made=made, draw=drawn, word=form.word.data or "")
    flash(gettext("The order is drawn."))
    return redirect(url_for("panels.draw", draw_id=draw_id))


@blueprint.get("/draws")
@public
def draws() -> str:
    """List the lots of the round for everybody."""
    made = current_round(db.session)
    found = draws_of(db.session, made) if made else []
    return render_template("panels/draws.html", round=made, draws=found)


@blueprint.get("/draws/<int:draw_id>")
@public
def draw(draw_id: int) -> str:
    """Show a lot with all that is needed to check it."""
    found, panel, made = find_draw(db.session, draw_id)
    return render_template(
        "panels/draw.html",
        draw=found,
        panel=panel,
        round=made,
        names=_names(made, found.cases),
        holds=not problems(lot_of(found)),
        recipe=RECIPE.replace("FILE", _file_name(draw_id)),
        file=_file_name(draw_id),
    )


@blueprint.get("/draws/<int:draw_id>/lot.json")
@public
def lot(draw_id: int) -> Response:
    """Send a lot as the file that `evaluator draw verify` reads."""
    found, panel, made = find_draw(db.session, draw_id)
    about = {
        "round": made.title,
        "panel": panel.name,
        "committed_at": found.committed_at.isoformat(),
        "drawn_at": found.drawn_at.isoformat() if found.drawn_at else "",
    }
    answer = Response(as_file(lot_of(found), about), mimetype="application/json")
    answer.headers["Content-Disposition"] = f"attachment; filename={_file_name(draw_id)}"
    return answer


def _file_name(draw_id: int) -> str:
    return f"lot-{draw_id}.json"


def _names(made: Round, codes: list[str]) -> dict[str, str]:
    """Return the names behind those codes that are more than a code to the caller."""
    actor: Actor | None = g.get("actor")
    return names_behind(db.session, actor, made, codes) if actor else {}
