"""A dangerous act waits until its person has proved anew who they are, and loses nothing by it.

The question stands where the act was sent to, and its page holds the fields that were posted. What
is sent from there is the act itself once more, with the proof beside it: a request like any other,
to the same route, with a token against forgery, looked at by the same gate.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from evaluator.access.detours import page_before, this_page
from evaluator.accounts import sessions, signing_in
from evaluator.accounts.form_fields import refuse, text
from evaluator.accounts.provider import is_configured
from evaluator.database import db, only_read, take_turn
from evaluator.web.errors import Refusal
from evaluator.web.kept_forms import Lost, posted, what_is_lost, with_parts
from evaluator.web.wording import gettext
from forms.accounts import ConfirmForm

PREFIX = "proving-"
_LOST = {
    Lost.FILE: lazy_gettext(
        "A file is not kept over this question. Afterwards, fill the form in anew."
    ),
    Lost.TOO_MUCH: lazy_gettext("This is too much to be kept. Afterwards, fill the form in anew."),
    Lost.OTHER: lazy_gettext("What you sent is not kept. Afterwards, fill the form in anew."),
}


def ask_anew() -> ResponseReturnValue | None:
    """Return the question who it is, None for whoever has answered it lately or does so now."""
    if sessions.confirmed_lately():
        return None
    lost = what_is_lost((PREFIX,))
    if lost:
        flash(_LOST[lost], "error")
    if lost or request.method != "POST":
        return redirect(url_for("accounts.confirm", next=this_page()))
    form = ConfirmForm(prefix=PREFIX)
    status = _prove(form) if form.proof.name in request.form else 403
    return None if status == 200 else (_question(form), status)


def is_linked() -> bool:
    """Return whether the identity provider can say who this is."""
    return is_configured() and sessions.current_sign_in().account.oidc_subject is not None


def check(form: ConfirmForm) -> bool:
    """Return whether a form holds the right proof; if so, dangerous acts are open for a while."""
    if not form.validate():
        return False
    if signing_in.confirm(db.session, sessions.current_sign_in(), text(form.proof)):
        return True
    refuse(form.proof, gettext("This is not right, or the code was used before."))
    return False


def _prove(form: ConfirmForm) -> int:
    """Check a proof that came with an act, in a unit of work of its own; return the status of it.

    The proof holds, and its failure counts, whatever becomes of the act.
    """
    take_turn(db.session)
    try:
        status = 200 if check(form) else 403
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        refuse(form.proof, refusal.words)
        status = refusal.status
    only_read(db.session)
    return status


def _question(form: ConfirmForm) -> str:
    return render_template(
        "accounts/confirm.html",
        form=form,
        provider=is_linked(),
        kept=posted((PREFIX,)),
        back=page_before(),
        with_parts=with_parts(),
    )
