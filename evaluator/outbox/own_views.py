"""One's own letters, and how many of them are new."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, select, update

from evaluator.access import Actor, NotAllowed, signed_in
from evaluator.accounts.sessions import current_sign_in
from evaluator.database import db, now
from evaluator.outbox import queries
from evaluator.outbox.blueprint import blueprint
from evaluator.outbox.models import Letter
from evaluator.web.pages import page_of


@blueprint.get("/letters")
@signed_in
def mine() -> str:
    """Show the caller's letters, unread ones first."""
    account = current_sign_in().account
    page = page_of(db.session, queries.letters_of(account.id))
    return render_template("outbox/mine.html", page=page)


@blueprint.post("/letters/<int:letter_id>/read")
@signed_in
def mark_as_read(letter_id: int) -> ResponseReturnValue:
    """Note that the caller has read a letter; lead to what it tells of where that is asked."""
    ours = queries.got_by(current_sign_in().account_id) & (Letter.id == letter_id)
    link = db.session.scalar(select(Letter.link).where(ours))
    if link is None:
        raise NotAllowed("not a letter of the caller")
    _mark(Letter.id == letter_id)
    return redirect(link if link and "follow" in request.form else url_for("outbox.mine"))


@blueprint.post("/letters/read")
@signed_in
def mark_all_as_read() -> ResponseReturnValue:
    """Note that the caller has read all letters up to the newest that the page showed."""
    _mark(Letter.id <= min(request.form.get("newest", 0, type=int), 2**31 - 1))
    return redirect(url_for("outbox.mine"))


@blueprint.app_template_global("unread_letters")
def unread_letters() -> int | None:
    """Return how many new letters the caller has, for the head of a page.

    None where nobody is signed in.
    """
    actor: Actor | None = g.get("actor")
    if actor is None or actor.account_id is None:
        return None
    return queries.unread_count(db.session, actor.account_id)


def _mark(which: ColumnElement[bool]) -> None:
    """Note the moment; the version stays, as nothing was changed that anybody edits."""
    unread = queries.unread_by(current_sign_in().account_id)
    read = update(Letter).where(unread, which).values(read_at=now(), version=Letter.version)
    db.session.execute(read.execution_options(synchronize_session=False))
