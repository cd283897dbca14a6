"""A letter as a mail: plain text in UTF-8 that no words of people can turn into something else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from flask_babel import force_locale, gettext

from evaluator.outbox.operations import one_line
from evaluator.outbox.settings import MailSettings


@dataclass(frozen=True)
class Mail:
    """What a mail is made of; the name is empty where nobody's is known."""

    address: str
    name: str
    language: str
    title: str
    text: str
    link: str
    message_id: str
    dated: datetime


def as_bytes(mail: Mail, settings: MailSettings) -> bytes:
    """Return a mail as it is handed to the server; the same letter gives the same bytes."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _somebody(settings.sender_name, settings.sender)
    message["To"] = _somebody(mail.name, mail.address)
    message["Subject"] = one_line(mail.title)
    message["Date"] = format_datetime(mail.dated)
    message["Message-ID"] = mail.message_id
    # Mailboxes of people on leave do not answer what a program has sent (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_body(mail, settings), charset="utf-8", cte="base64")
    return message.as_bytes()


def _body(mail: Mail, settings: MailSettings) -> str:
    with force_locale(mail.language):
        parts = [mail.text]
        if mail.link and settings.public_address:
            parts.append(f"{settings.public_address}{mail.link}")
        parts.append(gettext("The rating platform sent this mail; answers to it are not read."))
    return "\n\n".join(parts) + "\n"


def _somebody(name: str, address: str) -> Address:
    return Address(display_name=one_line(name), addr_spec=address)
