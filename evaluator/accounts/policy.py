"""Who may change which account."""

from __future__ import annotations

from evaluator.access import Actor, NotAllowed, Permission, Role
from evaluator.accounts.models import Account, RoleGrant

MANAGE = Permission.MANAGE_ACCOUNTS


def manages_wholly(actor: Actor, account: Account) -> bool:
    """Return whether every role of an account lies where the actor manages accounts.

    Name, password and second factor open all of an account: whoever could set them for a person
    with a role elsewhere would take that role over.
    """
    return bool(account.grants) and all(
        actor.may(MANAGE, each.organisation.path) for each in account.grants
    )


def require_whole(actor: Actor, account: Account) -> None:
    """Raise NotAllowed unless the actor manages every place of an account."""
    if not manages_wholly(actor, account):
        raise NotAllowed(MANAGE)


def locks_out(actor: Actor, grant: RoleGrant) -> bool:
    """Return whether the actor would lose the management of a place by removing this role."""
    if grant.account_id != actor.account_id or grant.role != Role.ADMINISTRATOR.value:
        return False
    others = (each for each in grant.account.grants if each is not grant)
    return not any(
        each.role == Role.ADMINISTRATOR.value
        and grant.organisation.path.startswith(each.organisation.path)
        for each in others
    )
