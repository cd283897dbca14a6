"""The page on which anybody objects to a name on a notice, and the receipt that they get."""

from __future__ import annotations

from collections.abc import Iterator

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms.validators import ValidationError

from evaluator.access import public
from evaluator.appraisals.codes import shown
from evaluator.database import db, unit_of_work
from evaluator.evidence.checks.verdict import Checked, Refused
from evaluator.evidence.isolation import check_apart
from evaluator.evidence.names import shown_name, typed_name
from evaluator.evidence.words import refused_words
from evaluator.notices.blueprint import blueprint
from evaluator.notices.models import Notice, NoticeEntry
from evaluator.notices.objecting import (
    Said,
    asks_name,
    begin_attempt,
    file_objection,
    find_entry,
    require_taken,
)
from evaluator.notices.queries import find_published, said
from evaluator.web.service import takes_turn_late
from evaluator.web.wording import gettext
from forms.notices import MOST_FILES, ObjectionForm


@blueprint.get("/notice/<int:notice_id>/objection/<int:entry_id>", endpoint="object")
@public
def ask(notice_id: int, entry_id: int) -> str:
    """Ask what somebody objects to a name."""
    notice = find_published(db.session, notice_id)
    entry = find_entry(db.session, notice, entry_id)
    require_taken(notice)
    return _page(notice, entry, _form(notice, entry))


@blueprint.post("/notice/<int:notice_id>/objection/<int:entry_id>")
@public
@takes_turn_late
def take(notice_id: int, entry_id: int) -> ResponseReturnValue:
    """Take an objection; its files are checked while no transaction is open."""
    notice = find_published(db.session, notice_id)
    entry = find_entry(db.session, notice, entry_id)
    require_taken(notice)
    form = _form(notice, entry)
    if not form.validate_on_submit():
        return _page(notice, entry, form), 422
    with unit_of_work(db.session):
        begin_attempt(db.session, request.remote_addr or "")
    try:
        files = list(_checked(form))
    except Refused as refused:
        form.files.errors = [refused_words(refused)]
        return _page(notice, entry, form), 422
    # What was read before the check may be old by now: the notice may be over.
    db.session.expire_all()
    notice = find_published(db.session, notice_id)
    entry = find_entry(db.session, notice, entry_id)
    told = Said(form.name.data or "", form.contact.data or "", form.text.data or "")
    code = file_objection(db.session, notice=notice, entry=entry, said_by=told, files=files)
    name = said(notice).name(entry.id)
    return render_template(
        "notices/receipt.html", notice=notice, name=name, code=shown(code), files=len(files)
    )


def _form(notice: Notice, entry: NoticeEntry) -> ObjectionForm:
    form = ObjectionForm()
    if asks_name(notice, entry):
        form.ask_name()
    sent = [each for each in form.files.data or [] if each and each.filename]
    if len(sent) > MOST_FILES:
        form.files.validators = [*form.files.validators, _too_many]
    return form


def _too_many(_form: ObjectionForm, _field: object) -> None:
    raise ValidationError(gettext("Send %(count)d files at most.", count=MOST_FILES))


def _checked(form: ObjectionForm) -> Iterator[tuple[str, Checked]]:
    for each in form.files.data or []:
        if each and each.filename:
            checked = check_apart(each.read())
            yield typed_name(shown_name(each.filename), checked.media_type), checked


def _page(notice: Notice, entry: NoticeEntry, form: ObjectionForm) -> str:
    name = said(notice).name(entry.id)
    return render_template("notices/object.html", notice=notice, name=name, form=form)
