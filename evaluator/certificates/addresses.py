"""The address that QR codes lead to: upper-case, so that the code has fewer modules."""

from __future__ import annotations

from flask import current_app, request

VERIFY = "/V/"


def qr_address() -> str:
    """Return what stands before the token: the public address, else the one asked at."""
    return public_address().upper() + VERIFY


def public_address() -> str:
    """Return where the service is found, without a slash at its end."""
    given: str = current_app.config["PUBLIC_ADDRESS"]
    return (given or request.host_url).rstrip("/")


def is_official() -> bool:
    """Return whether the address was set for this installation."""
    return bool(current_app.config["PUBLIC_ADDRESS"])
