"""A real mail server on this machine that takes letters, and is made to refuse or hang up."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

Answer = Callable[[SMTP, Envelope], str]


def taken(_server: SMTP, _envelope: Envelope) -> str:
    return "250 taken"


@dataclass
class Mailbox:
    """What came in; how the server answers to recipients by address, to letters by `answer`."""

    envelopes: list[Envelope] = field(default_factory=list)
    recipients: dict[str, str] = field(default_factory=dict)
    answer: Answer = taken
    host: str = "127.0.0.1"
    port: int = 0

    async def handle_RCPT(  # noqa: N802 - the name that the server calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        answer = self.recipients.get(address, "250 known")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        return self.answer(server, envelope)

    @property
    def letters(self) -> list[EmailMessage]:
        """Return the letters as a mail program reads them."""
        found = []
        for envelope in self.envelopes:
            assert isinstance(envelope.content, bytes)
            message = message_from_bytes(envelope.content, policy=default)
            assert isinstance(message, EmailMessage)
            found.append(message)
        return found

    def settings(self, **more: Any) -> dict[str, Any]:
        """Return what a service is told of this server."""
        return {
            "SMTP_HOST": self.host,
            "SMTP_PORT": self.port,
            "SMTP_SECURITY": "none",
            "SMTP_SENDER": "组织部 <stars@example.org>",
            "PUBLIC_ADDRESS": "https://stars.example.org",
            **more,
        }


class AnyPort(Controller):
    """A server at a port that is free where none is named."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def running(mailbox: Mailbox, port: int = 0, **more: Any) -> Iterator[Mailbox]:
    """Run a server until the end of the block; port 0 is any that is free."""
    controller = AnyPort(mailbox, hostname=mailbox.host, port=port, **more)
    controller.start()
    try:
        mailbox.port = controller.port
        yield mailbox
    finally:
        controller.stop(no_assert=True)


def hang_up(server: SMTP, _envelope: Envelope) -> str:
    """Break the connection after the letter was taken, before it is said so."""
    server.transport.abort()
    return "250 nobody hears this"


def only(name: str, password: str) -> Callable[..., AuthResult]:
    """Return what lets one user in."""

    def check(_server: Any, _session: Any, _envelope: Any, _way: str, given: Any) -> AuthResult:
        right = (given.login, given.password) == (name.encode(), password.encode())
        return AuthResult(success=right, handled=right)

    return check


def encrypted(certificate: str, key: str) -> ssl.SSLContext:
    """Return the server's half of an encrypted connection."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
