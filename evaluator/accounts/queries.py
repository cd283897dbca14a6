"""Reading accounts, always within what the caller may see."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, selectinload

from evaluator.access import Actor, NotAllowed, Permission, Role, within
from evaluator.accounts.models import Account, ApiToken, RoleGrant, SignIn
from evaluator.database import now
from evaluator.organisations.models import Organisation, Status
from evaluator.organisations.queries import visible_organisations

SEE = Permission.SEE_ACCOUNTS
MANAGE = Permission.MANAGE_ACCOUNTS
MOST_CANDIDATES = 5
MOST_SUGGESTIONS = 200


@dataclass(frozen=True)
class Wanted:
    """What a list of accounts is narrowed to; what is empty narrows nothing."""

    words: str = ""
    role: Role | None = None
    inactive: bool = False


def listed_accounts(actor: Actor, wanted: Wanted) -> Select[Account]:
    """Return the query of the accounts with a role where the actor may see accounts."""
    held = (
        select(RoleGrant.account_id)
        .join(Organisation, Organisation.id == RoleGrant.organisation_id)
        .where(within(Organisation.path, actor, SEE))
    )
    if wanted.role is not None:
        held = held.where(RoleGrant.role == wanted.role.value)
    query = _with_grants().where(Account.id.in_(held)).order_by(Account.login_name)
    words = wanted.words.strip()
    if words:
        named = [
            each.icontains(words, autoescape=True) for each in (Account.name, Account.login_name)
        ]
        # Places beyond what the actor sees are no way to find an account either.
        places = or_(
            Organisation.code == words, Organisation.name.icontains(words, autoescape=True)
        )
        query = query.where(or_(*named, Account.id.in_(held.where(places))))
    return query.where(Account.is_active.is_(not wanted.inactive))


def find_account(
    session: Session, actor: Actor, account_id: int, permission: Permission = SEE
) -> Account:
    """Return an account; raises NotAllowed where it is not there for this actor."""
    found = session.scalars(_with_grants().where(Account.id == account_id)).one_or_none()
    if found is None or not visible_grants(actor, found, permission):
        raise NotAllowed(permission)
    return found


def visible_grants(actor: Actor, account: Account, permission: Permission = SEE) -> list[RoleGrant]:
    """Return the roles of an account at places where the actor has a permission."""
    return sorted(
        (each for each in account.grants if actor.may(permission, each.organisation.path)),
        key=lambda each: (each.organisation.path, each.role),
    )


def candidates(session: Session, actor: Actor, words: str) -> list[Organisation]:
    """Return the organisations that a person may mean, where the actor manages accounts.

    A code or a whole name means one; anything else those whose names contain it.
    """
    query = visible_organisations(actor, MANAGE).where(Organisation.status == Status.ACTIVE)
    plain = words.strip()
    exact = query.where(or_(Organisation.code == plain, Organisation.name == plain))
    found = list(session.scalars(exact.limit(MOST_CANDIDATES)))
    if found or not plain:
        return found
    partly = query.where(Organisation.name.icontains(plain, autoescape=True))
    return list(session.scalars(partly.limit(MOST_CANDIDATES)))


def suggestions(session: Session, actor: Actor) -> list[Organisation]:
    """Return the highest organisations where the actor manages accounts, to choose from."""
    query = visible_organisations(actor, MANAGE).where(Organisation.status == Status.ACTIVE)
    ordered = query.order_by(None).order_by(Organisation.tier.desc(), Organisation.sort_key)
    return list(session.scalars(ordered.limit(MOST_SUGGESTIONS)))


def sign_ins_of(session: Session, account: Account) -> list[SignIn]:
    """Return the sessions of an account that have not run out, the newest first."""
    query = (
        select(SignIn)
        .where(SignIn.account_id == account.id, SignIn.ends_at > now())
        .order_by(SignIn.started_at.desc(), SignIn.id.desc())
    )
    return list(session.scalars(query))


def tokens_of(session: Session, account: Account) -> list[ApiToken]:
    """Return the tokens of an account that still work, the newest first."""
    query = (
        select(ApiToken)
        .where(
            ApiToken.account_id == account.id,
            ApiToken.revoked_at.is_(None),
            ApiToken.ends_at > now(),
        )
        .order_by(ApiToken.created_at.desc(), ApiToken.id.desc())
    )
    return list(session.scalars(query))


def _with_grants() -> Select[Account]:
    return select(Account).options(selectinload(Account.grants).joinedload(RoleGrant.organisation))
