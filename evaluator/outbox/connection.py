"""The connection to the mail server: opened when it is needed, kept for many letters."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from urllib.parse import urlsplit

from evaluator.outbox.settings import MailSettings, Security

SECONDS = 30
LONGEST_WORDS = 500


class Unreachable(Exception):
    """The mail server takes no letters at all now; it is not the fault of a letter."""


class Refused(Exception):
    """The server will not take a letter: `for_good`, or perhaps when it is tried again."""

    def __init__(self, words: str, *, for_good: bool):
        super().__init__(words)
        self.for_good = for_good


class CutOff(Exception):
    """The connection broke before the server answered: it may have the letter or not."""


class Connection:
    """Hands mails to one server, one by one."""

    def __init__(self, settings: MailSettings):
        self._settings = settings
        self._server: smtplib.SMTP | None = None

    def open(self) -> None:
        """Be connected; a server that hung up since the last letter is called again."""
        if self._server is not None and self._answers():
            return
        self.close()
        try:
            self._server = self._called()
            self._greet(self._server)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Unreachable(words_of(error)) from error

    def send(self, address: str, mail: bytes) -> None:
        """Hand over a mail; return when the server has taken it. Raises Refused or CutOff."""
        assert self._server is not None  # noqa: S101 - `open` goes before
        try:
            self._server.sendmail(self._settings.sender, [address], mail)
        except smtplib.SMTPSenderRefused as error:
            raise Unreachable(words_of(error)) from error
        except smtplib.SMTPRecipientsRefused as error:
            code, said = error.recipients[address]
            raise Refused(_said(code, said), for_good=_for_good(code)) from error
        except smtplib.SMTPResponseException as error:
            raise Refused(words_of(error), for_good=_for_good(error.smtp_code)) from error
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise CutOff(words_of(error)) from error

    def close(self) -> None:
        """Take leave of the server, whether it still answers or not."""
        server, self._server = self._server, None
        if server is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _called(self) -> smtplib.SMTP:
        given = self._settings
        # The name by which we greet; asking the network for our own can take many seconds.
        ours = urlsplit(given.public_address).hostname or given.sender.rpartition("@")[2]
        if given.security is Security.TLS:
            trust = self._trust()
            return smtplib.SMTP_SSL(given.host, given.port, ours, timeout=SECONDS, context=trust)
        return smtplib.SMTP(given.host, given.port, ours, timeout=SECONDS)

    def _greet(self, server: smtplib.SMTP) -> None:
        if self._settings.security is Security.STARTTLS:
            server.starttls(context=self._trust())
        if self._settings.user:
            server.login(self._settings.user, self._settings.password)
        else:
            server.ehlo_or_helo_if_needed()

    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self._settings.ca_file or None)

    def _answers(self) -> bool:
        assert self._server is not None  # noqa: S101 - asked by `open` alone
        try:
            return self._server.noop()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False


def words_of(error: Exception) -> str:
    """Return what a server or the system said, in one line."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    return _short(f"{type(error).__name__}: {error}")


def _said(code: int, words: bytes | str) -> str:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return _short(f"{code} {said}")


def _short(words: str) -> str:
    printable = "".join(each if each.isprintable() else " " for each in words)
    return " ".join(printable.split())[:LONGEST_WORDS]


def _for_good(code: int) -> bool:
    return 500 <= code < 600
