"""Addresses to go on to, checked so that nobody is led away from the platform."""

from __future__ import annotations

from urllib.parse import urlsplit


def safe_address(address: str) -> str:
    """Return an address of our own as it is, and the start page for any other."""
    parts = urlsplit(address)
    ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if ours and not parts.scheme and not parts.netloc else "/"
