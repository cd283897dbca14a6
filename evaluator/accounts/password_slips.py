"""One-time passwords on slips to hand over: printed from the page that shows them once.

Passwords are kept nowhere, so the page that shows them sends them here, and the answer is not kept
either.
"""

from __future__ import annotations

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from evaluator.access import NotAllowed, Permission, confirmed, current_actor, needs
from evaluator.accounts.account_rows import MOST_ROWS
from evaluator.accounts.blueprint import blueprint
from evaluator.accounts.models import Account
from evaluator.accounts.policy import manages_wholly
from evaluator.database import db
from evaluator.web.errors import Refusal
from reports.slips.passwords import PasswordSlip, password_slips_pdf

MANAGE = Permission.MANAGE_ACCOUNTS
LONGEST = 100


@blueprint.post("/accounts/password-slips")
@needs(MANAGE)
@confirmed
def password_slips() -> ResponseReturnValue:
    """Give the slips of accounts, as the page that shows their passwords lists them."""
    passwords = _passwords(request.form.get("passwords", ""))
    accounts = _accounts(set(passwords))
    address = url_for("accounts.sign_in", _external=True)
    slips = [
        PasswordSlip(
            name=each.name,
            organisation=each.grants[0].organisation.name,
            login_name=each.login_name,
            password=passwords[each.login_name],
            address=address,
        )
        for each in accounts
    ]
    answer = Response(password_slips_pdf(slips), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = "attachment; filename=passwords.pdf"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def passwords_text(made: list[tuple[Account, str]]) -> str:
    """Return accounts with their passwords as the page sends them: a line for each."""
    return "\n".join(f"{account.login_name} {password}" for account, password in made)


def _passwords(text: str) -> dict[str, str]:
    pairs = [line.split(" ") for line in text.splitlines() if line.strip()]
    readable = all(len(pair) == 2 and max(map(len, pair)) <= LONGEST for pair in pairs)
    if not pairs or len(pairs) > MOST_ROWS or not readable:
        raise Refusal(gettext("Print the slips from the page that shows the passwords."), 400)
    return {pair[0]: pair[1] for pair in pairs}


def _accounts(login_names: set[str]) -> list[Account]:
    """Return accounts that the caller looks after; raises NotAllowed where one is not so."""
    query = (
        select(Account)
        .where(Account.login_name.in_(login_names), Account.must_change_password)
        .options(selectinload(Account.grants))
        .order_by(Account.id)
    )
    found = list(db.session.scalars(query))
    actor = current_actor()
    if len(found) < len(login_names) or not all(manages_wholly(actor, each) for each in found):
        raise NotAllowed(MANAGE)
    return found
