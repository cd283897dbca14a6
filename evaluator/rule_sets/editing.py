"""The page of a rule set: its files, what is wrong with them, and changing those of a draft."""

from __future__ import annotations

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.database import db
from evaluator.rule_sets.blueprint import blueprint
from evaluator.rule_sets.findings import Findings, findings_of
from evaluator.rule_sets.models import RuleSetState, StoredRuleSet
from evaluator.rule_sets.operations import edit_file, put_files, remove_file
from evaluator.rule_sets.policy import may_everywhere
from evaluator.rule_sets.problem_sentences import Said, said
from evaluator.rule_sets.problem_words import problem_title
from evaluator.rule_sets.queries import find_rule_set, find_to_manage
from evaluator.rule_sets.uploads import UploadProblem, texts_of
from evaluator.web.languages import language
from forms.rule_sets import ActForm, AddFilesForm, EditForm, RemoveFileForm

P = Permission


@blueprint.get("/rule-sets/<int:rule_set_id>")
@needs(P.SEE_RULE_SETS)
def page(rule_set_id: int) -> ResponseReturnValue:
    """Show a rule set, its files, and what the checks say of it."""
    stored = find_rule_set(db.session, current_actor(), rule_set_id)
    name = request.args.get("file", stored.main)
    if name not in stored.files:
        raise NotAllowed(P.SEE_RULE_SETS)
    form = EditForm(data={"file": name, "text": stored.files[name], "version": stored.version})
    return _page(stored, name, edit=form)


@blueprint.post("/rule-sets/<int:rule_set_id>")
@needs(P.MANAGE_RULE_SETS)
def edit(rule_set_id: int) -> ResponseReturnValue:
    """Keep the changed text of a file, and show what the checks say of it."""
    stored = find_to_manage(db.session, current_actor(), rule_set_id)
    form = EditForm()
    name = form.file.data or ""
    if name not in stored.files:
        raise NotAllowed(P.MANAGE_RULE_SETS)
    if not form.validate_on_submit():
        return _page(stored, name, edit=form), 422
    try:
        edit_file(
            db.session, current_actor(), stored=stored,
            version=form.version.data or 0, name=name, text=form.text.data or "",
        )  # fmt: skip
        db.session.flush()
    except StaleDataError:
        return _changed_meanwhile(rule_set_id, form)
    return redirect(url_for("rule_sets.page", rule_set_id=stored.id, file=name))


@blueprint.post("/rule-sets/<int:rule_set_id>/files")
@needs(P.MANAGE_RULE_SETS)
def add_files(rule_set_id: int) -> ResponseReturnValue:
    """Add files to a draft, such as cases."""
    stored = find_to_manage(db.session, current_actor(), rule_set_id)
    form = AddFilesForm()
    if not form.validate_on_submit():
        return _page(stored, stored.main, adding=form), 422
    try:
        files = texts_of(
            (each.filename, each.read()) for each in form.files.data or [] if each.filename
        )
    except UploadProblem as problem:
        form.files.errors = [str(problem)]
        return _page(stored, stored.main, adding=form), 422
    put_files(
        db.session, current_actor(), stored=stored, version=form.version.data or 0, files=files
    )
    name = next(iter(files), stored.main)
    return redirect(url_for("rule_sets.page", rule_set_id=stored.id, file=name))


@blueprint.post("/rule-sets/<int:rule_set_id>/files/remove")
@needs(P.MANAGE_RULE_SETS)
def take_file_out(rule_set_id: int) -> ResponseReturnValue:
    """Take a file out of a draft."""
    stored = find_to_manage(db.session, current_actor(), rule_set_id)
    form = RemoveFileForm()
    if form.validate_on_submit():
        remove_file(
            db.session, current_actor(), stored=stored,
            version=form.version.data or 0, name=form.file.data or "",
        )  # fmt: skip
    return redirect(url_for("rule_sets.page", rule_set_id=stored.id))


def _changed_meanwhile(rule_set_id: int, form: EditForm) -> ResponseReturnValue:
    """Show what was typed above what somebody else wrote; a second save is a decision."""
    db.session.rollback()
    stored = find_to_manage(db.session, current_actor(), rule_set_id)
    form.version.raw_data = None
    form.version.data = stored.version
    form.text.errors = [
        gettext(
            "Somebody else changed this rule set in the meantime. What you typed is kept here; "
            "below is the text as it is stored now. Bring both together, then save."
        )
    ]
    return _page(stored, form.file.data or "", edit=form), 409


def _page(
    stored: StoredRuleSet,
    name: str,
    edit: EditForm | None = None,
    adding: AddFilesForm | None = None,
) -> str:
    findings = findings_of(stored)
    version = {"version": stored.version}
    manages = may_everywhere(db.session, current_actor(), P.MANAGE_RULE_SETS)
    text = {"file": name, "text": stored.files[name], **version}
    return render_template(
        "rule_sets/page.html",
        stored=stored,
        name=name,
        findings=findings,
        problem_title=problem_title,
        lines=stored.files[name].split("\n"),
        on_lines=on_lines(findings, name, language()),
        said=said,
        edit=edit or EditForm(formdata=None, data=text),
        adding=adding or AddFilesForm(formdata=None, data=version),
        removing=RemoveFileForm(formdata=None, data={"file": name, **version}),
        act=ActForm(formdata=None, data=version),
        manages=manages,
        is_draft=stored.state is RuleSetState.DRAFT,
    )


def on_lines(findings: Findings, name: str, spoken: str) -> Mapping[int, list[Said]]:
    """Return what is wrong on which line of a file."""
    found: dict[int, list[Said]] = {}
    for problem in findings.problems:
        if problem.where.file == name:
            found.setdefault(problem.where.line, []).append(said(problem.message, spoken))
    for case in findings.failed:
        if case.where.file == name:
            told = [said(each, spoken) for each in case.differences]
            found.setdefault(case.where.line, []).extend(told)
    return found
