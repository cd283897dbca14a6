"""How mail is sent: the settings of the service, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from evaluator.outbox.addresses import NoAddress, plain_address


class WrongSettings(Exception):
    """A setting of mail that cannot be used; its words name it and say what is allowed."""


class Security(StrEnum):
    """How the connection to the mail server is kept from others."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


@dataclass(frozen=True)
class MailSettings:
    """A mail server, and who letters come from; `public_address` is where links lead."""

    host: str
    port: int
    security: Security
    user: str
    password: str
    sender_name: str
    sender: str
    ca_file: str
    public_address: str


def mail_is_configured() -> bool:
    """Return whether this service has a mail server; without one letters stay on the platform."""
    return bool(current_app.config["SMTP_HOST"])


def mail_settings(config: Mapping[str, Any]) -> MailSettings | None:
    """Return the settings of mail, None where there is no server; raises WrongSettings."""
    host = str(config["SMTP_HOST"])
    if not host:
        return None
    security, user = _security(config), str(config["SMTP_USER"])
    if user and security is Security.NONE and not _is_this_machine(host):
        raise WrongSettings(
            "EVALUATOR_SMTP_SECURITY=none would send the password readable over the network; "
            "use starttls or tls, or leave EVALUATOR_SMTP_USER empty."
        )
    sender_name, sender = _sender(config)
    return MailSettings(
        host=host,
        port=int(config["SMTP_PORT"] or PORTS[security]),
        security=security,
        user=user,
        password=_password(config) if user else "",
        sender_name=sender_name,
        sender=sender,
        ca_file=str(config["SMTP_CA_FILE"]),
        public_address=_public_address(config),
    )


def _security(config: Mapping[str, Any]) -> Security:
    given = str(config["SMTP_SECURITY"])
    try:
        return Security(given)
    except ValueError as error:
        raise WrongSettings(
            f"EVALUATOR_SMTP_SECURITY is {given!r}; it can be starttls, tls or none."
        ) from error


def _sender(config: Mapping[str, Any]) -> tuple[str, str]:
    given = str(config["SMTP_SENDER"])
    name, address = parseaddr(given)
    try:
        return name, plain_address(address)
    except NoAddress as error:
        raise WrongSettings(
            f"EVALUATOR_SMTP_SENDER is {given!r}; give the address that letters come from, "
            "such as 组织部 <stars@example.org>."
        ) from error


def _password(config: Mapping[str, Any]) -> str:
    path = Path(str(config["SMTP_PASSWORD_FILE"]))
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSettings(
            f"EVALUATOR_SMTP_PASSWORD_FILE: {path} cannot be read; give a file that holds the "
            "password of EVALUATOR_SMTP_USER alone."
        ) from error


def _public_address(config: Mapping[str, Any]) -> str:
    given = str(config["PUBLIC_ADDRESS"]).rstrip("/")
    parts = urlsplit(given)
    if given and (
        parts.scheme not in ("http", "https") or not parts.netloc or given.split() != [given]
    ):
        raise WrongSettings(
            f"EVALUATOR_PUBLIC_ADDRESS is {given!r}; give what people type to come to the "
            "platform, such as https://stars.example.org."
        )
    return given


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
