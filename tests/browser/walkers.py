"""People who sign in as people do, walk by keyboard alone, and what their branches submitted."""

from __future__ import annotations

from collections.abc import Mapping

import pyotp
from district import make_account
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account
from evaluator.accounts.passwords import hash_password
from evaluator.accounts.sealing import seal
from evaluator.applications.content import Declaration
from evaluator.applications.operations import save_answers
from evaluator.applications.ready import ready_for
from evaluator.applications.submissions import submit_application
from evaluator.applications.typed import Typed
from evaluator.database import now
from evaluator.organisations.models import Organisation
from evaluator.rounds.models import Participant

PASSWORD = "correct horse battery"  # noqa: S105 - of people who are made up
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105
FACTS = {"services": "8", "brand": "true", "meetings": "4"}


def make_person(
    rows: Session, role: Role, place: Organisation, *, second_factor: bool = False
) -> Account:
    """Add an account with a password, and perhaps a second factor."""
    account = make_account(rows, role, place)
    account.password_hash = hash_password(PASSWORD)
    account.totp_secret = seal(SECRET) if second_factor else None
    rows.commit()
    return account


def sign_in(page: Page, account: Account) -> None:
    """Sign in by the forms, from the start page on."""
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="登录").click()
    page.get_by_label("用户名").fill(account.login_name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    if account.totp_secret:
        page.get_by_label("验证码").fill(code())
        page.get_by_role("main").get_by_role("button", name="登录").click()
    expect(page.get_by_role("button", name="退出")).to_be_visible()


def code() -> str:
    """Return the code that the app on the phone shows."""
    return pyotp.TOTP(SECRET).at(now())


def participant_of(rows: Session, branch: Organisation) -> Participant:
    """Return a branch as it takes part."""
    query = select(Participant).where(Participant.organisation_id == branch.id)
    found = rows.scalars(query).one()
    rows.commit()
    return found


def submit(rows: Session, branch: Organisation, facts: Mapping[str, str] = FACTS) -> Participant:
    """Fill in and submit the application of a branch, as its officer would have."""
    participant, actor = participant_of(rows, branch), Actor.system()
    ready = ready_for(rows, participant)
    typed = {name: Typed(value) for name, value in facts.items()}
    save_answers(rows, actor, participant=participant, ready=ready, typed=typed)
    submit_application(
        rows, actor, participant=participant, ready=ready,
        declaration=Declaration("李明", ""),
    )  # fmt: skip
    rows.commit()
    return participant


def tab_to(page: Page, wanted: Locator, most: int = 80) -> None:
    """Press the tabulator until something has the focus, as those do who use no mouse."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"{wanted} is not reached by {most} presses of Tab")
