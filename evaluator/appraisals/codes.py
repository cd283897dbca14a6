"""One-time codes: easy to type from paper, hard to guess, kept as digests."""

from __future__ import annotations

import secrets

from evaluator.accounts.sessions import token_digest

ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Letters and figures that nobody takes for one another."""
LENGTH = 10
"""Thirty to the tenth: nobody finds one of a thousand valid codes by trying."""


def new_code() -> str:
    """Return a code that was never given out."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """Return a code as it stands on a slip, in two groups."""
    return f"{code[:5]}-{code[5:]}"


def code_digest(typed: str) -> str:
    """Return the digest of a code as somebody typed it; case, spaces and dashes do not matter."""
    return token_digest("".join(each for each in typed.upper() if each in ALPHABET))
