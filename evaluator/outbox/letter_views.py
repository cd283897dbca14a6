"""Pages of the outbox: the letters of one's place, and each of them."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import Actor, Permission, current_actor, needs
from evaluator.audit.organisation_names import names_of
from evaluator.database import db
from evaluator.outbox import letting_go, policy, queries
from evaluator.outbox.blueprint import blueprint
from evaluator.outbox.models import Letter, LetterState
from evaluator.outbox.settings import mail_is_configured
from evaluator.outbox.words import STATES, SUBJECTS, about_words
from evaluator.web.pages import page_of
from forms.outbox import BatchForm, BatchReasonForm, LetterForm, ReasonForm, VersionForm

P = Permission


@blueprint.get("/outbox")
@needs(P.SEE_OUTBOX)
def listing() -> str:
    """List the letters of the reader's place that are asked for."""
    return show_listing()


@blueprint.get("/outbox/<int:letter_id>")
@needs(P.SEE_OUTBOX)
def letter(letter_id: int) -> str:
    """Show a letter, what became of it, and what can be done with it."""
    return _page(queries.find_letter(db.session, current_actor(), letter_id, P.SEE_OUTBOX))


@blueprint.route("/outbox/<int:letter_id>/edit", methods=["GET", "POST"])
@needs(P.SEND_LETTERS)
def edit(letter_id: int) -> ResponseReturnValue:
    """Put a held letter right."""
    actor = current_actor()
    found = queries.find_letter(db.session, actor, letter_id, P.SEND_LETTERS)
    form = LetterForm(obj=found)
    if not form.validate_on_submit():
        return _edit_page(found, form), 422 if form.errors else 200
    try:
        count = letting_go.edit_letter(
            db.session,
            actor,
            letter=found,
            title=form.title.data or "",
            text=form.text.data or "",
            version=form.version.data or 0,
            all_alike=bool(form.all_alike.data),
        )
    except StaleDataError:
        # What was typed stays; it can be kept over what the other person wrote, which is shown.
        form.version.raw_data, form.version.data = None, found.version
        return _edit_page(found, form, stale=True), 409
    flash(gettext("Letters changed: %(count)s", count=count), "message")
    return _back(found)


@blueprint.post("/outbox/<int:letter_id>/release")
@needs(P.SEND_LETTERS)
def release(letter_id: int) -> ResponseReturnValue:
    """Let a letter go."""
    actor, form = current_actor(), VersionForm()
    found = queries.find_letter(db.session, actor, letter_id, P.SEND_LETTERS)
    form.validate_on_submit()
    letting_go.release(db.session, actor, letter=found, version=form.version.data or 0)
    flash(gettext("The letter is let go."), "message")
    return _back(found)


@blueprint.post("/outbox/<int:letter_id>/withdraw")
@needs(P.SEND_LETTERS)
def withdraw(letter_id: int) -> ResponseReturnValue:
    """Withdraw a letter for a reason."""
    actor, form = current_actor(), ReasonForm()
    found = queries.find_letter(db.session, actor, letter_id, P.SEND_LETTERS)
    if not form.validate_on_submit():
        return _page(found, form), 422
    letting_go.withdraw(
        db.session,
        actor,
        letter=found,
        version=form.version.data or 0,
        reason=form.reason.data or "",
    )
    flash(gettext("The letter is withdrawn."), "message")
    return _back(found)


def show_listing(refused: BatchReasonForm | None = None) -> str:
    """Return the list; with the form of a batch that was not filled in rightly."""
    actor, wanted = current_actor(), _wanted(refused)
    sends = actor.may(P.SEND_LETTERS)
    held = 0
    if sends and wanted.batch:
        held = queries.count_of(db.session, queries.held_in_batch(actor, wanted.batch))
    page = page_of(db.session, queries.visible_letters(actor, wanted))
    return render_template(
        "outbox/listing.html",
        page=page,
        names=names_of(db.session, (each.organisation_path for each in page.rows)),
        states=_states(actor, wanted),
        batches=queries.held_batches(db.session, actor) if sends and not wanted.batch else (),
        wanted=wanted,
        held=held,
        batch_form=BatchForm(formdata=None, batch=wanted.batch, count=held),
        reason_form=refused or BatchReasonForm(formdata=None, batch=wanted.batch, count=held),
        sends_mail=mail_is_configured(),
        STATES=STATES,
        SUBJECTS=SUBJECTS,
        about_words=about_words,
    )


def _states(actor: Actor, wanted: queries.Wanted) -> dict[LetterState, str]:
    """Return the states to be narrowed by, each with the number of its letters."""
    numbers = queries.numbers_by_state(db.session, actor, wanted)
    return {state: f"{words} ({numbers.get(state, 0)})" for state, words in STATES.items()}


def _wanted(refused: BatchReasonForm | None) -> queries.Wanted:
    """Return what the address asks for; what cannot be read narrows nothing."""
    if refused is not None:
        return queries.Wanted(batch=refused.batch.data or "")
    asked = request.args
    state = asked.get("state", "")
    return queries.Wanted(
        state=LetterState(state) if state in set(LetterState) else None,
        subject=asked.get("subject", ""),
        words=asked.get("words", "").strip(),
        batch=asked.get("batch", ""),
    )


def _page(found: Letter, form: ReasonForm | None = None) -> str:
    return render_template(
        "outbox/letter.html",
        letter=found,
        sends=policy.may_send(current_actor(), found),
        policy=policy,
        version_form=VersionForm(formdata=None, version=found.version),
        reason_form=form or ReasonForm(formdata=None, version=found.version),
        place=names_of(db.session, [found.organisation_path]).get(found.organisation_path),
        mail_address=queries.confirmed_address(db.session, found.account_id or 0),
        sends_mail=mail_is_configured(),
        STATES=STATES,
        about_words=about_words,
    )


def _edit_page(found: Letter, form: LetterForm, *, stale: bool = False) -> str:
    alike = queries.count_of(db.session, queries.alike(current_actor(), found))
    return render_template(
        "outbox/edit.html",
        letter=found,
        form=form,
        alike=alike,
        stale=stale,
        editable=policy.can_be_edited(found),
    )


def _back(found: Letter) -> ResponseReturnValue:
    return redirect(url_for("outbox.letter", letter_id=found.id))
