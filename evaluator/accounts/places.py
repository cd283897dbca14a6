"""Where an account belongs in the tree: the place that all its roles share."""

from __future__ import annotations

from collections.abc import Iterable

from evaluator.accounts.models import Account


def home_of(account: Account) -> str:
    """Return the lowest place that holds every role of an account, for its audit lines."""
    return shared_path(grant.organisation.path for grant in account.grants)


def shared_path(paths: Iterable[str]) -> str:
    """Return the lowest place above all paths, such as `/1/` of `/1/7/` and `/1/9/`."""
    split = [path.strip("/").split("/") for path in paths]
    shared = []
    for numbers in zip(*split, strict=False):
        if len(set(numbers)) > 1:
            break
        shared.append(numbers[0])
    return f"/{'/'.join(shared)}/" if shared else ""
