"""Pages of the joint check: lists of departments, their findings, evidence, lifting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from evaluator.access import Permission, confirmed, current_actor, needs
from evaluator.database import db
from evaluator.decisions.blueprint import blueprint
from evaluator.decisions.carriers import first_day
from evaluator.decisions.joint_check import Preview, preview_of
from evaluator.decisions.joint_rows import read_rows, template
from evaluator.decisions.page import Asked, asked_of
from evaluator.decisions.policy import may_decide, require_deciding, require_seeing_all
from evaluator.decisions.queries import findings_in, lists_of
from evaluator.decisions.scored import category_of
from evaluator.decisions.taking_over import clear_others, take_over
from evaluator.organisations.form_pages import attempt, status_of
from evaluator.organisations.uploaded_workbooks import keep_workbook, kept_workbook
from evaluator.rounds.models import Round
from evaluator.web.errors import Refusal
from evaluator.web.languages import language
from evaluator.web.pages import page_of
from evaluator.web.wording import gettext
from forms.decisions import ConfirmListForm, ListForm

P = Permission
SUBJECT = "joint_check"
Vetoes = dict[str, list[tuple[str, str, date | None]]]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/decisions/<int:round_id>/joint-check")
@needs(P.SEE_DECISIONS)
def joint_check(round_id: int) -> str:
    """Show the lists of a round's joint check and what was found."""
    require_seeing_all(db.session, current_actor())
    return _listing(_asked(db.session, round_id), ListForm())


@blueprint.get("/decisions/<int:round_id>/joint-check/template.xlsx")
@needs(P.DECIDE)
def joint_template(round_id: int) -> ResponseReturnValue:
    """Give an empty list to fill in, with the vetoes of the round."""
    require_deciding(db.session, current_actor())
    asked = _asked(db.session, round_id)
    content = template(_vetoes(asked.made, asked.titles))
    return send_file(BytesIO(content), XLSX, as_attachment=True, download_name="joint-check.xlsx")


@blueprint.post("/decisions/<int:round_id>/joint-check")
@needs(P.DECIDE)
def upload_list(round_id: int) -> ResponseReturnValue:
    """Take a list to be looked at; it changes nothing yet."""
    require_deciding(db.session, current_actor())
    asked, form = _asked(db.session, round_id), ListForm()
    if not form.validate():
        return _listing(asked, form), 422
    digest = keep_workbook(SUBJECT, current_actor(), form.file.data.read())
    try:
        with kept_workbook(SUBJECT, current_actor(), digest) as path:
            read_rows(path)
    except Refusal as refusal:
        form.file.errors = [refusal.words]
        return _listing(asked, form), 422
    return redirect(
        url_for(
            "decisions.preview_list",
            round_id=round_id,
            digest=digest,
            department=(form.department.data or "").strip(),
            name=form.file.data.filename or "",
        )
    )


@blueprint.get("/decisions/<int:round_id>/joint-check/<digest>")
@needs(P.DECIDE)
def preview_list(round_id: int, digest: str) -> str:
    """Show what a list would do, and what is wrong with which row."""
    require_deciding(db.session, current_actor())
    asked, department = _asked(db.session, round_id), request.args.get("department", "")[:200]
    form = ConfirmListForm(formdata=None)
    with kept_workbook(SUBJECT, current_actor(), digest) as path:
        preview = preview_of(
            db.session, current_actor(), made=asked.made, department=department, path=path
        )
    return _preview(asked, preview, form, digest)


@blueprint.post("/decisions/<int:round_id>/joint-check/<digest>")
@needs(P.DECIDE)
@confirmed
def confirm_list(round_id: int, digest: str) -> ResponseReturnValue:
    """Take over exactly what the preview showed."""
    actor, form = current_actor(), ConfirmListForm()
    require_deciding(db.session, actor)
    asked, department = _asked(db.session, round_id), form.department.data or ""
    name = request.args.get("name", "")[:200]
    with kept_workbook(SUBJECT, actor, digest) as path:

        def act() -> int:
            kept = take_over(
                db.session,
                actor,
                made=asked.made,
                department=department,
                file=(name, path),
                previewed=form.previewed.data or "",
            )
            if form.others_clean.data:
                clear_others(db.session, actor, made=asked.made)
            return len(kept.findings)

        done = attempt(form, act) if form.validate() else None
        if done is None:
            preview = preview_of(
                db.session, actor, made=asked.made, department=department, path=path
            )
            return _preview(asked, preview, form, digest), status_of(form)
    flash(gettext("Findings taken over: %(count)d.", count=done))
    return redirect(url_for("decisions.joint_check", round_id=round_id))


def _asked(session: Session, round_id: int) -> Asked:
    asked = asked_of(session, round_id, None)
    assert asked is not None  # noqa: S101 - the round was named, so it is there or is hidden
    return asked


def _vetoes(made: Round, titles: Mapping[str, str]) -> Vetoes:
    found: Vetoes = {}
    for each in made.rule_sets:
        category = category_of(each.stored)
        found[titles[each.category]] = [
            (veto.id, veto.title.say(language()), first_day(category, veto))
            for veto in category.rule_set.vetoes
        ]
    return found


def _titles(made: Round) -> dict[str, dict[str, str]]:
    """Return what vetoes are called, by category and id."""
    return {
        each.category: {
            veto.id: veto.title.say(language()) for veto in category_of(each.stored).rule_set.vetoes
        }
        for each in made.rule_sets
    }


def _listing(asked: Asked, form: ListForm) -> str:
    actor = current_actor()
    return render_template(
        "decisions/joint_check.html",
        asked=asked,
        form=form,
        lists=lists_of(db.session, asked.made),
        page=page_of(db.session, findings_in(asked.made)),
        titles=_titles(asked.made),
        may_decide=may_decide(db.session, actor),
        spoken=language(),
    )


def _preview(asked: Asked, preview: Preview, form: ConfirmListForm, digest: str) -> str:
    form.previewed.data, form.department.data = preview.digest(), preview.department
    return render_template(
        "decisions/preview.html",
        asked=asked,
        preview=preview,
        form=form,
        digest=digest,
        name=request.args.get("name", ""),
        spoken=language(),
    )
