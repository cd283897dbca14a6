"""Mail addresses: what is taken as one, before anything is sent to it."""

from __future__ import annotations

import re

LONGEST = 254
# What mail servers in use take, not all that RFC 5321 allows: nothing quoted, ASCII alone. Neither
# a space, a comma nor a line break can stand in it, so it is one recipient and no other header.
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*"
    r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)


class NoAddress(ValueError):
    """What was given is no mail address that letters can be sent to."""


def plain_address(typed: str) -> str:
    """Return a mail address without the spaces around it; raises NoAddress."""
    address = typed.strip()
    local, _at, domain = address.rpartition("@")
    if not _ADDRESS.fullmatch(address) or len(address) > LONGEST or len(local) > 64:
        raise NoAddress(address)
    return f"{local}@{domain.lower()}"
