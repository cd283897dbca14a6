"""Publishing rule sets, removing drafts, and taking files away."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from evaluator.access import Permission, confirmed, current_actor, needs
from evaluator.database import db
from evaluator.rule_sets.blueprint import blueprint
from evaluator.rule_sets.findings import findings_of
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.rule_sets.operations import (
    already_published,
    delete_draft,
    publish,
    taken_words,
)
from evaluator.rule_sets.queries import find_rule_set, find_to_manage
from forms.rule_sets import ActForm
from rules.canonical import digest

P = Permission


@blueprint.get("/rule-sets/<int:rule_set_id>/publish")
@needs(P.MANAGE_RULE_SETS)
@confirmed
def review_publishing(rule_set_id: int) -> ResponseReturnValue:
    """Show what publishing a draft means, and what still stands against it."""
    stored = find_to_manage(db.session, current_actor(), rule_set_id)
    findings = findings_of(stored)
    known_as = digest(findings.rule_set) if findings.rule_set else ""
    taken = already_published(db.session, findings.rule_set) if findings.rule_set else None
    return render_template(
        "rule_sets/publish.html",
        stored=stored,
        findings=findings,
        digest=known_as,
        taken=taken_words(taken, known_as) if taken else "",
        act=ActForm(formdata=None, data={"version": stored.version}),
    )


@blueprint.post("/rule-sets/<int:rule_set_id>/publish")
@needs(P.MANAGE_RULE_SETS)
@confirmed
def publish_draft(rule_set_id: int) -> ResponseReturnValue:
    """Publish a draft in which everything holds."""
    stored = find_to_manage(db.session, current_actor(), rule_set_id)
    form = ActForm()
    if form.validate_on_submit():
        publish(db.session, current_actor(), stored=stored, version=form.version.data or 0)
        flash(gettext("The rule set is published; rounds can choose it now."))
    return redirect(url_for("rule_sets.page", rule_set_id=stored.id))


@blueprint.post("/rule-sets/<int:rule_set_id>/delete")
@needs(P.MANAGE_RULE_SETS)
def delete(rule_set_id: int) -> ResponseReturnValue:
    """Remove a draft."""
    stored = find_to_manage(db.session, current_actor(), rule_set_id)
    form = ActForm()
    if form.validate_on_submit():
        delete_draft(db.session, current_actor(), stored=stored, version=form.version.data or 0)
        flash(gettext("The draft “%(title)s” is removed.", title=stored.title))
    return redirect(url_for("rule_sets.listing"))


@blueprint.get("/rule-sets/<int:rule_set_id>/download")
@needs(P.SEE_RULE_SETS)
def download(rule_set_id: int) -> ResponseReturnValue:
    """Send the files of a rule set: one as YAML, several as an archive."""
    stored = find_rule_set(db.session, current_actor(), rule_set_id)
    if len(stored.files) == 1:
        return send_file(
            BytesIO(stored.files[stored.main].encode()),
            mimetype="application/yaml",
            as_attachment=True,
            download_name=stored.main,
        )
    name = f"{PurePosixPath(stored.main).stem}.zip"
    return send_file(archive(stored), "application/zip", as_attachment=True, download_name=name)


def archive(stored: StoredRuleSet) -> BytesIO:
    """Return the files of a rule set as an archive; the same files give the same bytes."""
    whole = BytesIO()
    with ZipFile(whole, "w") as packed:
        for name, text in sorted(stored.files.items()):
            entry = ZipInfo(name)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, text, ZIP_DEFLATED)
    whole.seek(0)
    return whole
