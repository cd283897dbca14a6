"""The page on which anybody objects to a name on a notice, and the receipt that they get."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms.validators import ValidationError

from evaluator.access import public
from evaluator.appraisals.codes import shown
from evaluator.database import db, unit_of_work
from evaluator.notices.attaching import Attached, check_files, not_checked, sent_files
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
from evaluator.web.errors import Refusal
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
    """Take an objection; whatever is refused of it, what was typed stays in the form."""
    notice, entry = _found(notice_id, entry_id)
    form = _form(notice, entry)
    try:
        require_taken(notice)
        if not form.validate_on_submit():
            return _page(notice, entry, form), 422
        return _taken(notice_id, entry_id, form)
    except Refusal as refusal:
        db.session.rollback()
        return _page(*_found(notice_id, entry_id), form, refusal.words), refusal.status


def _taken(notice_id: int, entry_id: int, form: ObjectionForm) -> ResponseReturnValue:
    """Check the files while no transaction is open, then keep the objection with them."""
    with unit_of_work(db.session):
        begin_attempt(db.session, request.remote_addr or "")
    files = check_files(sent_files(form))
    # What was read before the check may be old by now: the notice may be over.
    db.session.expire_all()
    notice, entry = _found(notice_id, entry_id)
    if any(each.checked is None for each in files):
        return _page(notice, entry, form, files=files), 422
    told = Said(form.name.data or "", form.contact.data or "", form.text.data or "")
    taken = [(each.name, each.checked) for each in files if each.checked]
    code = file_objection(db.session, notice=notice, entry=entry, said_by=told, files=taken)
    name = said(notice).name(entry.id)
    return render_template(
        "notices/receipt.html", notice=notice, name=name, code=shown(code), files=len(files)
    )


def _found(notice_id: int, entry_id: int) -> tuple[Notice, NoticeEntry]:
    notice = find_published(db.session, notice_id)
    return notice, find_entry(db.session, notice, entry_id)


def _form(notice: Notice, entry: NoticeEntry) -> ObjectionForm:
    form = ObjectionForm()
    if asks_name(notice, entry):
        form.ask_name()
    if len(sent_files(form)) > MOST_FILES:
        form.files.validators = [*form.files.validators, _too_many]
    return form


def _too_many(_form: ObjectionForm, _field: object) -> None:
    raise ValidationError(gettext("Send %(count)d files at most.", count=MOST_FILES))


def _page(
    notice: Notice,
    entry: NoticeEntry,
    form: ObjectionForm,
    refused: str = "",
    files: Sequence[Attached] | None = None,
) -> str:
    """Return the form; a browser keeps no files, so that it says of each what becomes of it."""
    return render_template(
        "notices/object.html",
        notice=notice,
        name=said(notice).name(entry.id),
        form=form,
        refused=refused,
        files=not_checked(sent_files(form)) if files is None else files,
    )
