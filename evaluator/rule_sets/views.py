"""Pages of rule sets: the list, and how drafts come about."""

from __future__ import annotations

from functools import cache

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs

from evaluator.access import Permission, current_actor, needs
from evaluator.database import db
from evaluator.organisations.catalogue import catalogue
from evaluator.rule_sets import editing, plain_words, publishing, register
from evaluator.rule_sets.blueprint import blueprint
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.rule_sets.operations import add_drafts, copy_rule_set
from evaluator.rule_sets.policy import may_everywhere, require_everywhere
from evaluator.rule_sets.queries import find_to_manage, visible_rule_sets
from evaluator.rule_sets.reading import read_files
from evaluator.rule_sets.shipped import shipped
from evaluator.rule_sets.uploads import UploadProblem, drafts_among, texts_of
from evaluator.web.languages import language
from evaluator.web.pages import page_of
from forms.rule_sets import ActForm, ShippedForm, UploadForm

MODULES = (editing, plain_words, publishing, register)
"""The other parts of the subject; importing them registers them."""
P = Permission


@blueprint.context_processor
def _words() -> dict[str, object]:
    known = cache(lambda: catalogue(db.session))
    return {"category_title": lambda name: known().title(name, language())}


@blueprint.get("/rule-sets")
@needs(P.SEE_RULE_SETS)
def listing() -> ResponseReturnValue:
    """List the rule sets."""
    return _listing(UploadForm())


@blueprint.post("/rule-sets")
@needs(P.MANAGE_RULE_SETS)
def upload() -> ResponseReturnValue:
    """Take uploaded files as drafts, one for each rule set among them."""
    require_everywhere(db.session, current_actor(), P.MANAGE_RULE_SETS)
    form = UploadForm()
    if not form.validate_on_submit():
        return _listing(form), 422
    try:
        given = [
            (each.filename or "", each.read()) for each in form.files.data or [] if each.filename
        ]
        drafts = drafts_among(texts_of(given))
    except UploadProblem as problem:
        form.files.errors = [str(problem)]
        return _listing(form), 422
    return _added(add_drafts(db.session, current_actor(), drafts=drafts))


@blueprint.post("/rule-sets/shipped")
@needs(P.MANAGE_RULE_SETS)
def take_shipped() -> ResponseReturnValue:
    """Begin a draft from a rule set that comes with the program."""
    require_everywhere(db.session, current_actor(), P.MANAGE_RULE_SETS)
    form = _shipped_form()
    if not form.validate_on_submit():
        return _listing(UploadForm(), form), 422
    return _added(add_drafts(db.session, current_actor(), drafts=[shipped()[form.name.data]]))


@blueprint.post("/rule-sets/<int:rule_set_id>/copy")
@needs(P.MANAGE_RULE_SETS)
def copy(rule_set_id: int) -> ResponseReturnValue:
    """Begin a draft from another rule set."""
    stored = find_to_manage(db.session, current_actor(), rule_set_id)
    return _added([copy_rule_set(db.session, current_actor(), stored=stored)])


def _added(added: list[StoredRuleSet]) -> ResponseReturnValue:
    flash(gettext("Drafts added: %(count)s.", count=len(added)))
    if len(added) > 1:
        return redirect(url_for("rule_sets.listing"))
    return redirect(url_for("rule_sets.page", rule_set_id=added[0].id))


def _listing(form: UploadForm, chosen: ShippedForm | None = None) -> str:
    actor = current_actor()
    return render_template(
        "rule_sets/listing.html",
        page=page_of(db.session, visible_rule_sets(db.session, actor)),
        upload=form,
        shipped=chosen or _shipped_form(),
        copying=ActForm(),
        manages=may_everywhere(db.session, actor, P.MANAGE_RULE_SETS),
    )


def _shipped_form() -> ShippedForm:
    form = ShippedForm()
    form.name.choices = [
        SelectChoice(name, read_files(each.main, each.files).title.say(language()))
        for name, each in shipped().items()
    ]
    return form
