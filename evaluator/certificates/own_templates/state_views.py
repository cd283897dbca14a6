"""What becomes of a template: offered, changed into a next version, withdrawn, removed.

All of it can be taken back; issuing a batch by a template is the act that is confirmed.
"""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import Permission, current_actor, needs
from evaluator.certificates.blueprint import blueprint
from evaluator.certificates.own_templates.models import TemplateVersion
from evaluator.certificates.own_templates.operations import (
    change,
    delete_draft,
    offer,
    offer_again,
    withdraw,
)
from evaluator.certificates.own_templates.queries import find_version
from evaluator.database import db
from evaluator.web.wording import gettext
from forms.certificate_templates import TemplateActForm

P = Permission


@blueprint.post("/certificates/templates/<int:version_id>/offer")
@needs(P.AWARD)
def offer_template(version_id: int) -> ResponseReturnValue:
    """Offer a draft in which everything holds to those who prepare batches."""
    found, version = _asked(version_id)
    offer(db.session, current_actor(), found=found, version=version)
    flash(gettext("The template is offered; batches can choose it now."))
    return _page(found)


@blueprint.post("/certificates/templates/<int:version_id>/change")
@needs(P.AWARD)
def change_template(version_id: int) -> ResponseReturnValue:
    """Begin the next version of a template that was offered."""
    found = find_version(db.session, current_actor(), version_id)
    return _page(change(db.session, current_actor(), found=found))


@blueprint.post("/certificates/templates/<int:version_id>/withdraw")
@needs(P.AWARD)
def withdraw_template(version_id: int) -> ResponseReturnValue:
    """Let a template no longer be chosen."""
    found, version = _asked(version_id)
    withdraw(db.session, current_actor(), found=found, version=version)
    flash(gettext("The template is withdrawn; what was printed by it stays as it is."))
    return _page(found)


@blueprint.post("/certificates/templates/<int:version_id>/offer-again")
@needs(P.AWARD)
def offer_template_again(version_id: int) -> ResponseReturnValue:
    """Let a withdrawn template be chosen again."""
    found, version = _asked(version_id)
    offer_again(db.session, current_actor(), found=found, version=version)
    flash(gettext("The template is offered; batches can choose it now."))
    return _page(found)


@blueprint.post("/certificates/templates/<int:version_id>/delete")
@needs(P.AWARD)
def delete_template(version_id: int) -> ResponseReturnValue:
    """Remove a draft."""
    found, version = _asked(version_id)
    title = found.title
    delete_draft(db.session, current_actor(), found=found, version=version)
    flash(gettext("The draft “%(title)s” is removed.", title=title))
    return redirect(url_for("certificates.templates"))


def _asked(version_id: int) -> tuple[TemplateVersion, int]:
    """Return a version, and in which state its reader saw it; 0 where that was not sent."""
    found, form = find_version(db.session, current_actor(), version_id), TemplateActForm()
    return found, (form.version.data or 0) if form.validate_on_submit() else 0


def _page(found: TemplateVersion) -> ResponseReturnValue:
    return redirect(url_for("certificates.template_page", version_id=found.id))
