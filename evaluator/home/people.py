"""What waits for administrators, and for everybody about the own account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext, ngettext
from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session

from evaluator.access import SECOND_FACTOR_ROLES, Actor, Permission, Role, within
from evaluator.accounts.models import Account, RoleGrant, SignIn
from evaluator.accounts.second_factor import codes_left
from evaluator.home.tasks import Task, names
from evaluator.organisations.models import Organisation, Status, Tier
from evaluator.rounds.models import Round

SHOWN = 3
FEW_CODES = 2
MANAGE = Permission.MANAGE_ACCOUNTS


def account_tasks(
    session: Session, actor: Actor, made: Round | None, at: datetime
) -> Iterator[Task]:
    """Yield what waits for whoever manages accounts, at their places alone."""
    if not actor.may(MANAGE):
        return
    yield from _no_organiser(session, actor)
    count, found = _some(session, _without_officer(actor))
    if count:
        yield Task(
            ngettext("%(num)s branch without an officer", "%(num)s branches without an officer",
                     count),
            url_for("accounts.import_accounts"),
            gettext("Make accounts"),
            details=(_missed(made, at), names(found, count)),
        )  # fmt: skip
    listing = url_for("accounts.listing")
    count, found = _some(session, _accounts(actor).where(Account.must_change_password))
    if count:
        words = ngettext(
            "%(num)s one-time password not changed", "%(num)s one-time passwords not changed", count
        )
        yield Task(words, listing, gettext("To the accounts"), details=(names(found, count),))
    count, found = _some(session, _without_second_factor(actor))
    if count:
        words = ngettext(
            "%(num)s account without its second factor",
            "%(num)s accounts without their second factor",
            count,
        )
        yield Task(words, listing, gettext("To the accounts"), details=(names(found, count),))


def _no_organiser(session: Session, actor: Actor) -> Iterator[Task]:
    """Yield that nobody can begin: the first thing for whoever set the platform up."""
    organiser = exists().where(
        RoleGrant.role == Role.ORGANISER.value,
        RoleGrant.organisation_id == Organisation.id,
        RoleGrant.account_id == Account.id,
        Account.is_active,
    )
    query = select(Organisation.id).where(
        Organisation.parent_id.is_(None), within(Organisation.path, actor, MANAGE), ~organiser
    )
    if session.scalar(query) is not None:
        yield Task(
            gettext("The district has no organiser yet"),
            url_for("accounts.create"),
            gettext("Make the account"),
            details=(gettext("Organisers bring in the register and rule sets and plan rounds"),),
            urgent=True,
        )


def _missed(made: Round | None, at: datetime) -> str:
    """Return what a branch misses without an officer: first its self-assessment, then letters."""
    step = made.step("self_assessment") if made is not None else None
    if step is not None and step.closes_at <= at:
        return str(gettext("Nobody gets their letters"))
    return str(gettext("Nobody can fill in their self-assessment"))


def own_account_tasks(session: Session, sign_in: SignIn) -> Iterator[Task]:
    """Yield what somebody should do about the own account."""
    if sign_in.account.totp_secret is None:
        return
    left = codes_left(session, sign_in.account)
    if left <= FEW_CODES:
        yield Task(
            ngettext("%(num)s recovery code left", "%(num)s recovery codes left", left),
            url_for("accounts.recovery_codes"),
            gettext("New recovery codes"),
        )


def _some(session: Session, query: Select[str]) -> tuple[int, list[str]]:
    """Return how many rows a query finds, and the first of them."""
    count = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    return count, list(session.scalars(query.limit(SHOWN))) if count else []


def _accounts(actor: Actor) -> Select[str]:
    held = (
        select(RoleGrant.account_id)
        .join(Organisation, Organisation.id == RoleGrant.organisation_id)
        .where(within(Organisation.path, actor, MANAGE))
    )
    return (
        select(Account.name)
        .where(Account.is_active, Account.id.in_(held))
        .order_by(Account.login_name)
    )


def _without_second_factor(actor: Actor) -> Select[str]:
    """Accounts of roles that may not act without it, and that sign in by a password of ours."""
    asked = exists().where(
        RoleGrant.account_id == Account.id,
        RoleGrant.role.in_([each.value for each in SECOND_FACTOR_ROLES]),
    )
    return _accounts(actor).where(
        asked, Account.totp_secret.is_(None), Account.password_hash.is_not(None)
    )


def _without_officer(actor: Actor) -> Select[str]:
    """Branches for which nobody is an officer, neither of their own nor at the place above."""
    officer = exists().where(
        RoleGrant.role == Role.BRANCH_OFFICER.value,
        RoleGrant.account_id == Account.id,
        Account.is_active,
        or_(
            RoleGrant.organisation_id == Organisation.id,
            RoleGrant.organisation_id == Organisation.parent_id,
        ),
    )
    return (
        select(Organisation.name)
        .where(
            Organisation.tier == Tier.BRANCH,
            Organisation.status == Status.ACTIVE,
            within(Organisation.path, actor, MANAGE),
            ~officer,
        )
        .order_by(Organisation.sort_key, Organisation.id)
    )
