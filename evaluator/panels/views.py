"""Pages of panels: the list of them, and each with its members, its rules and its lot."""

from __future__ import annotations

from collections import Counter

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from evaluator.access import Permission, current_actor, needs
from evaluator.database import db
from evaluator.panels import (
    admission_views,
    assignment_views,
    case_views,
    conflict_views,
    draw_views,
    panellist_views,
)
from evaluator.panels.blueprint import blueprint
from evaluator.panels.drawing import latest_draw, waiting
from evaluator.panels.models import Case, Panel
from evaluator.panels.operations import (
    PanelContent,
    Unusable,
    compose,
    remove_panel,
    rules_of,
    set_former_years,
)
from evaluator.panels.policy import is_drawn
from evaluator.panels.queries import all_panellists, find_panel, panels_of
from evaluator.panels.shown import may_change, round_to_change, round_to_read, titles
from evaluator.rounds.models import Round
from evaluator.rounds.queries import current_round
from evaluator.rule_sets.policy import may_everywhere
from evaluator.web.wording import gettext
from forms.panels import ActForm, DrawForm, PanelForm, RulesForm, choices_of, panel_form

MODULES = (
    admission_views,
    assignment_views,
    case_views,
    conflict_views,
    draw_views,
    panellist_views,
)
"""The other pages of the subject; importing them registers them."""
P = Permission

__all__ = ["blueprint"]


@blueprint.get("/panels")
@needs(P.SEE_PANELS)
def listing() -> str:
    """List the panels of the round, for who sees panels of the whole district."""
    made = current_round(db.session)
    if made is None or not may_everywhere(db.session, current_actor(), P.SEE_PANELS):
        return render_template("panels/nothing.html", round=made)
    return _listing(made, RulesForm(formdata=None, obj=rules_of(db.session, made)))


@blueprint.post("/panels/rules")
@needs(P.MANAGE_PANELS)
def rules() -> ResponseReturnValue:
    """Set for how many years a former post counts."""
    made, form = round_to_change(), RulesForm()
    if not form.validate_on_submit():
        return _listing(made, form), 422
    years, version = form.former_years.data or 0, form.version.data or 0
    set_former_years(db.session, current_actor(), made=made, years=years, version=version)
    flash(gettext("Kept."))
    return redirect(url_for("panels.listing"))


@blueprint.get("/panels/new")
@needs(P.MANAGE_PANELS)
def new() -> str:
    """Show the form of a new panel."""
    made = round_to_change()
    return _page(made, None, _form(made))


@blueprint.post("/panels/new")
@needs(P.MANAGE_PANELS)
def create() -> ResponseReturnValue:
    """Keep a new panel."""
    return _keep(round_to_change(), None)


@blueprint.get("/panels/<int:panel_id>")
@needs(P.SEE_PANELS)
def page(panel_id: int) -> str:
    """Show a panel."""
    made = round_to_read()
    panel = find_panel(db.session, made, panel_id)
    return _page(made, panel, _form(made, panel))


@blueprint.post("/panels/<int:panel_id>")
@needs(P.MANAGE_PANELS)
def save(panel_id: int) -> ResponseReturnValue:
    """Keep a panel as it was filled in."""
    made = round_to_change()
    return _keep(made, find_panel(db.session, made, panel_id))


@blueprint.post("/panels/<int:panel_id>/remove")
@needs(P.MANAGE_PANELS)
def remove(panel_id: int) -> ResponseReturnValue:
    """Remove a panel that hears nothing."""
    panel, form = find_panel(db.session, round_to_change(), panel_id), ActForm()
    if form.validate_on_submit():
        remove_panel(db.session, current_actor(), panel=panel, version=form.version.data or 0)
    return redirect(url_for("panels.listing"))


def _keep(made: Round, panel: Panel | None) -> ResponseReturnValue:
    form = _form(made, panel, posted=True)
    if not form.validate_on_submit():
        return _page(made, panel, form), 422
    content = PanelContent(
        name=form.name.data or "",
        categories=form.categories.data or (),
        seats=form.seats.data or 0,
        wanted=form.wanted,
        members=form.members.data or (),
        chair=form.chair.data or None,
    )
    actor, version = current_actor(), form.version.data
    try:
        kept = compose(db.session, actor, made=made, content=content, panel=panel, version=version)
    except Unusable as error:
        form[error.place].errors = [error.words]
        return _page(made, panel, form), 422
    flash(gettext("The panel is kept."))
    return redirect(url_for("panels.page", panel_id=kept.id))


def _form(made: Round, panel: Panel | None = None, *, posted: bool = False) -> PanelForm:
    """Return the form of a panel, filled with what it is unless it was posted."""
    panellists = all_panellists(db.session)
    wanted = panel.wanted if panel else {}
    competences = sorted({*wanted, *(word for each in panellists for word in each.competences)})
    more = {} if posted else {"formdata": None, "data": _data(panel, competences)}
    form = panel_form(competences, **more)
    people = [(each.id, each.account.name) for each in panellists]
    form.categories.choices = choices_of(sorted(titles(made).items()))
    form.members.choices = choices_of(people)
    form.chair.choices = choices_of([(0, gettext("Nobody yet")), *people])
    return form


def _data(panel: Panel | None, competences: list[str]) -> dict[str, object]:
    if panel is None:
        return {"seats": 5}
    wanted = {f"wanted-{at}": panel.wanted.get(name) for at, name in enumerate(competences)}
    return {
        "version": panel.version,
        "name": panel.name,
        "categories": panel.categories,
        "seats": panel.seats,
        "members": [each.panellist_id for each in panel.members],
        "chair": next((each.panellist_id for each in panel.members if each.is_chair), 0),
        **wanted,
    }


def _listing(made: Round, form: RulesForm) -> str:
    panels = panels_of(db.session, made)
    query = select(Case.panel_id).where(Case.panel_id.in_([each.id for each in panels]))
    return render_template(
        "panels/listing.html",
        round=made,
        panels=panels,
        cases=Counter(db.session.scalars(query)),
        titles=titles(made),
        changes=may_change(made),
        form=form,
    )


def _page(made: Round, panel: Panel | None, form: PanelForm) -> str:
    draw = latest_draw(db.session, panel) if panel else None
    codes = sorted(waiting(db.session, panel)) if panel else []
    return render_template(
        "panels/page.html",
        round=made,
        panel=panel,
        form=form,
        changes=may_change(made),
        panellists={each.id: each for each in all_panellists(db.session)},
        draw=draw,
        waiting=len(codes),
        is_bound=draw is not None and not is_drawn(draw) and draw.cases == codes,
        draw_form=DrawForm(formdata=None),
        act=ActForm(formdata=None, version=panel.version if panel else None),
    )
