"""Passwords: argon2 hashes, the rules for new ones, and one-time ones for a first log-in."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache

import argon2
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from flask_babel import gettext

from evaluator.accounts.common_passwords import COMMON

CHEAPEST = "cheapest"
SHORTEST = 10
LONGEST = 200
_FEWEST_CHARACTERS = 5
# Without those that a person reads or hears wrongly: 0 and o, 1 and l and i.
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class WeakPassword(Exception):
    """A password that may not be chosen; its words say why."""


def hash_password(password: str) -> str:
    """Return what is kept of a password."""
    return _hasher(_cost()).hash(_plain(password))


def hash_one_time(password: str) -> str:
    """Return what is kept of a one-time password: nobody guesses 79 bits, a quick hash will do.

    So many accounts can be made at once; the first log-in renews the hash.
    """
    return _hasher(CHEAPEST).hash(_plain(password))


def password_matches(kept: str | None, password: str) -> bool:
    """Return whether a password is that of an account.

    It takes as long without an account, and with a hash that is quicker to check.
    """
    if kept is None or is_outdated(kept):
        _verify(_nobodys(_cost()), password)
    return kept is not None and _verify(kept, password)


def is_outdated(kept: str) -> bool:
    """Return whether a hash was made with other parameters than are used today."""
    return _hasher(_cost()).check_needs_rehash(kept)


def check_strength(password: str, login_name: str) -> None:
    """Raise WeakPassword where a new password is too easy to guess."""
    plain = _plain(password).casefold()
    if len(plain) < SHORTEST:
        raise WeakPassword(
            gettext("A password needs at least %(count)s characters.", count=SHORTEST)
        )
    if len(plain) > LONGEST:
        raise WeakPassword(
            gettext("A password may have at most %(count)s characters.", count=LONGEST)
        )
    if login_name and login_name.casefold() in plain:
        raise WeakPassword(gettext("The log-in name may not be part of the password."))
    if plain in COMMON or len(set(plain)) < _FEWEST_CHARACTERS:
        raise WeakPassword(gettext("This password is among the first that others try."))


def one_time_password() -> str:
    """Return a random password to hand over on paper; it must be changed at the first log-in."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def _verify(kept: str, password: str) -> bool:
    try:
        return _hasher(_cost()).verify(kept, _plain(password))
    except (VerificationError, InvalidHashError):
        return False


def _plain(password: str) -> str:
    """Return the one spelling of a password: input methods write full-width letters and digits."""
    return unicodedata.normalize("NFKC", password)


def _cost() -> str:
    return str(current_app.config["PASSWORD_COST"])


@cache
def _hasher(cost: str) -> argon2.PasswordHasher:
    if cost == CHEAPEST:
        return argon2.PasswordHasher.from_parameters(argon2.profiles.CHEAPEST)
    return argon2.PasswordHasher()


@cache
def _nobodys(cost: str) -> str:
    """Return the hash of a password that nobody has."""
    return _hasher(cost).hash(secrets.token_urlsafe(32))
