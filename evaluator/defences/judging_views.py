"""Pages of a panellist: the own cases, the sheet of one, handing it in, withdrawing."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import Permission, current_actor, needs
from evaluator.database import db
from evaluator.defences.background import background_of
from evaluator.defences.blueprint import blueprint
from evaluator.defences.mine_page import my_lines
from evaluator.defences.policy import BACK, NEXT, lacking, readable, too_few
from evaluator.defences.queries import Desk, desk_of, sheets_of
from evaluator.defences.sheet_page import SheetPage
from evaluator.defences.sheets import Writing, hand_in, problems, recuse, write_sheet
from evaluator.defences.typed import field_names, mark, shown, typed_in_form, typed_in_json
from evaluator.defences.words import act_words, sitting_words, when_words
from evaluator.rounds.queries import current_round
from evaluator.web.errors import Refusal
from evaluator.web.languages import language
from evaluator.web.service import takes_turn_late
from evaluator.web.wording import gettext
from forms.defences import ActForm, MoveForm, RecuseForm, VersionForm

P = Permission
WORDS = {"sitting_words": sitting_words, "act_words": act_words, "when_words": when_words}


@blueprint.get("/defence/mine")
@needs(P.JUDGE)
def mine() -> str:
    """Show the caller's cases, today's first."""
    made = current_round(db.session)
    groups = my_lines(db.session, current_actor(), made) if made else []
    return render_template("defences/mine.html", round=made, groups=groups, **WORDS)


@blueprint.get("/defence/cases/<int:case_id>")
@needs(P.JUDGE)
def case(case_id: int) -> str:
    """Show the caller's sheet of a case: to fill in, or as it was handed in."""
    desk = desk_of(db.session, current_actor(), case_id)
    return _page(desk, SheetPage(desk, language()))


@blueprint.post("/defence/cases/<int:case_id>")
@needs(P.JUDGE)
def save(case_id: int) -> ResponseReturnValue:
    """Save the whole sheet; where another device wrote too, show both values."""
    actor = current_actor()
    desk = desk_of(db.session, actor, case_id)
    typed = typed_in_form(request.form, field_names(desk.rubric))
    writing = write_sheet(db.session, actor, desk=desk, typed=typed)
    if writing.conflicts:
        return _page(desk, SheetPage(desk, language(), writing))
    if "hand_in" not in request.form:
        return redirect(url_for("defences.case", case_id=case_id), 303)
    wrong = problems(desk, writing.sheet, language())
    if wrong:
        db.session.commit()
        return _page(desk, SheetPage(desk, language(), writing, wrong)), 422
    return redirect(url_for("defences.check", case_id=case_id), 303)


@blueprint.post("/defence/cases/<int:case_id>/autosave")
@needs(P.JUDGE)
@takes_turn_late
def autosave(case_id: int) -> dict[str, Any]:
    """Save the fields that changed, and tell a script what has become of the sheet."""
    actor = current_actor()
    desk = desk_of(db.session, actor, case_id)
    names = field_names(desk.rubric)
    typed = typed_in_json(request.get_json(silent=True), names)
    writing = write_sheet(db.session, actor, desk=desk, typed=typed)
    return _changes(desk, writing, typed, names)


@blueprint.get("/defence/cases/<int:case_id>/hand-in")
@needs(P.JUDGE)
def check(case_id: int) -> ResponseReturnValue:
    """Show a complete sheet once more before it is handed in."""
    desk = desk_of(db.session, current_actor(), case_id)
    if desk.closed_because or problems(desk, desk.sheet, language()):
        return redirect(url_for("defences.case", case_id=case_id))
    page = SheetPage(desk, language())
    form = VersionForm(version=page.version)
    return render_template("defences/check.html", desk=desk, page=page, form=form, shown=shown)


@blueprint.post("/defence/cases/<int:case_id>/hand-in")
@needs(P.JUDGE)
def hand_over(case_id: int) -> ResponseReturnValue:
    """Hand in the sheet."""
    actor, form = current_actor(), VersionForm()
    desk = desk_of(db.session, actor, case_id)
    if not form.validate_on_submit():
        raise Refusal(gettext("What was sent cannot be read. Load the page again."))
    hand_in(db.session, actor, desk=desk, version=form.version.data or 0)
    flash(gettext("Your sheet is handed in."))
    return redirect(url_for("defences.case", case_id=case_id))


@blueprint.post("/defence/cases/<int:case_id>/recuse")
@needs(P.JUDGE)
def withdraw(case_id: int) -> ResponseReturnValue:
    """Withdraw from a case, which is not there for the caller any more."""
    actor, form = current_actor(), RecuseForm()
    desk = desk_of(db.session, actor, case_id)
    if not form.validate_on_submit():
        return _page(desk, SheetPage(desk, language()), form), 422
    recuse(db.session, actor, desk=desk, reason=form.reason.data or "")
    flash(gettext("You have withdrawn from this case; you will see nothing of it any more."))
    return redirect(url_for("defences.mine"))


def _page(desk: Desk, page: SheetPage, recusing: RecuseForm | None = None) -> str:
    sheets = sheets_of(db.session, [desk.case])[desk.case.id]
    participant = desk.case.participant
    state = desk.sitting.state if desk.sitting else None
    return render_template(
        "defences/case.html",
        desk=desk,
        page=page,
        others=readable(sheets, page.sheet),
        waiting=lacking(desk.case, sheets) if desk.leads else [],
        too_few=too_few(desk.case, desk.rubric) if desk.leads else "",
        background=background_of(db.session, [participant], language())[participant.id],
        recusing=recusing or RecuseForm(formdata=None),
        moving=MoveForm(formdata=None, version=desk.sitting.version if desk.sitting else 0),
        closing=ActForm(formdata=None),
        forward=NEXT.get(state) if state else None,
        back=BACK.get(state) if state else None,
        shown=shown,
        **WORDS,
    )


def _changes(desk: Desk, writing: Writing, typed: Any, names: list[str]) -> dict[str, Any]:
    """Return what a script needs: the marks of what it sent, and every field as it is now."""
    page = SheetPage(desk, language(), writing)
    sheet = writing.sheet
    return {
        "html": render_template("defences/pieces.html", page=page),
        "marks": {name: mark(sheet, name) for name in typed},
        "conflicts": sorted(writing.conflicts),
        "fields": {
            name: {
                "value": shown(sheet, name),
                "mark": mark(sheet, name),
                "follows": page.line(name).follows,
            }
            for name in names
        },
    }
