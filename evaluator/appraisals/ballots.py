"""The ballot: open to whoever holds a slip, without an account and without a trace."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm

from evaluator.access import public
from evaluator.appraisals.blueprint import blueprint
from evaluator.appraisals.models import Appraisal
from evaluator.appraisals.operations import UnknownCode, cast, find_open
from evaluator.database import db
from evaluator.web.languages import language
from forms.appraisals import CodeForm, ballot_form

GRADES = [
    ("satisfied", lazy_gettext("Satisfied")),
    ("rather_satisfied", lazy_gettext("Rather satisfied")),
    ("not_satisfied", lazy_gettext("Not satisfied")),
    ("unsure", lazy_gettext("Don't know enough")),
]


@blueprint.get("/ballot")
@public
def enter() -> str:
    """Ask for the code of a slip that cannot be scanned."""
    return render_template("appraisals/enter.html", form=CodeForm(), unknown=False)


@blueprint.post("/ballot")
@public
def go_on() -> ResponseReturnValue:
    """Go on to the ballot of a typed code."""
    form = CodeForm()
    if not form.validate_on_submit():
        return render_template("appraisals/enter.html", form=form, unknown=False), 422
    return redirect(url_for("appraisals.ballot", code=(form.code.data or "").strip()))


@blueprint.get("/b/<code>")
@public
def ballot(code: str) -> ResponseReturnValue:
    """Show the ballot of a code."""
    try:
        appraisal = find_open(db.session, code)
    except UnknownCode:
        return _unknown()
    return _ballot(appraisal, _form(appraisal))


@blueprint.post("/b/<code>")
@public
def vote(code: str) -> ResponseReturnValue:
    """Take a ballot; its code works no second time."""
    try:
        appraisal = find_open(db.session, code)
        form = _form(appraisal)
        if not form.validate_on_submit():
            return _ballot(appraisal, form), 422
        asked = [each["fact"] for each in appraisal.questions]
        cast(db.session, code=code, choices={fact: form[fact].data for fact in asked})
    except UnknownCode:
        return _unknown()
    except ValueError:
        return _ballot(appraisal, form, refused=True), 422
    return render_template("appraisals/thanks.html")


def _form(appraisal: Appraisal) -> FlaskForm:
    return ballot_form(appraisal.questions, GRADES, language())()


def _ballot(appraisal: Appraisal, form: FlaskForm, refused: bool = False) -> str:
    return render_template(
        "appraisals/ballot.html", appraisal=appraisal, form=form, refused=refused
    )


def _unknown() -> ResponseReturnValue:
    return render_template("appraisals/enter.html", form=CodeForm(), unknown=True), 404
