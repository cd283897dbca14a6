"""The connection to the mail server: encrypted, to the right server, with a password."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from district import District, make_district
from flask import Flask
from letters import ready_letter, sent_by, states
from mail_server import Mailbox, encrypted, only, running
from sqlalchemy.orm import Session

from evaluator.outbox.sending import Sent
from evaluator.outbox.settings import Security, WrongSettings, mail_settings


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Return the files of a certificate for this machine, and of its key."""
    folder = tmp_path_factory.mktemp("certificate")
    certificate, key = str(folder / "certificate.pem"), str(folder / "key.pem")
    openssl = shutil.which("openssl")
    assert openssl
    asked = f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=mail -out {certificate} -keyout"
    named = ["-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([openssl, *asked.split(), key, *named], check=True, capture_output=True)
    return certificate, key


def test_letter_goes_by_starttls_with_a_password(
    app: Flask, session: Session, district: District, pair: tuple[str, str], tmp_path: Path
) -> None:
    secret = tmp_path / "password"
    secret.write_text("open sesame\n", "utf-8")
    more = {"tls_context": encrypted(*pair), "require_starttls": True, "auth_required": True}
    ready_letter(session, "a@example.org", district.east)
    with running(Mailbox(), authenticator=only("stars", "open sesame"), **more) as mailbox:
        given = {"SMTP_SECURITY": "starttls", "SMTP_CA_FILE": pair[0], "SMTP_USER": "stars"}
        settings = mailbox.settings(**given, SMTP_PASSWORD_FILE=str(secret))
        secret.write_text("wrong", "utf-8")
        assert sent_by(app, settings).trouble.startswith("535")
        secret.write_text("open sesame\n", "utf-8")
        assert sent_by(app, settings) == Sent(sent=1)


def test_letter_goes_by_tls(
    app: Flask, session: Session, district: District, pair: tuple[str, str]
) -> None:
    ready_letter(session, "a@example.org", district.east)
    with running(Mailbox(), ssl_context=encrypted(*pair)) as mailbox:
        settings = mailbox.settings(SMTP_SECURITY="tls", SMTP_CA_FILE=pair[0])
        assert sent_by(app, settings) == Sent(sent=1)


def test_server_that_nobody_vouches_for_gets_nothing(
    app: Flask, session: Session, district: District, pair: tuple[str, str]
) -> None:
    ready_letter(session, "a@example.org", district.east)
    with running(Mailbox(), tls_context=encrypted(*pair)) as mailbox:
        done = sent_by(app, mailbox.settings(SMTP_SECURITY="starttls"))
    assert "CERTIFICATE_VERIFY_FAILED" in done.trouble
    assert (mailbox.envelopes, states(session)) == ([], ["ready"])


def test_server_without_encryption_gets_nothing_where_it_is_asked_for(
    app: Flask, session: Session, district: District
) -> None:
    ready_letter(session, "a@example.org", district.east)
    with running(Mailbox()) as mailbox:
        done = sent_by(app, mailbox.settings(SMTP_SECURITY="starttls"))
    assert "STARTTLS" in done.trouble
    assert (mailbox.envelopes, states(session)) == ([], ["ready"])


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"SMTP_SECURITY": "ssl"}, "EVALUATOR_SMTP_SECURITY"),
        ({"SMTP_SENDER": ""}, "EVALUATOR_SMTP_SENDER"),
        ({"SMTP_USER": "stars"}, "EVALUATOR_SMTP_PASSWORD_FILE"),
        ({"SMTP_USER": "stars", "SMTP_SECURITY": "none"}, "EVALUATOR_SMTP_SECURITY=none"),
        ({"PUBLIC_ADDRESS": "stars.example.org"}, "EVALUATOR_PUBLIC_ADDRESS"),
    ],
)
def test_wrong_setting_is_named(app: Flask, given: dict[str, str], named: str) -> None:
    whole = {"SMTP_HOST": "mail.example.org", "SMTP_SENDER": "stars@example.org"}
    with pytest.raises(WrongSettings, match=named):
        mail_settings({**app.config, **whole, **given})


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_port_follows_from_the_security(app: Flask, security: str, port: int) -> None:
    given = {"SMTP_HOST": "mail.example.org", "SMTP_SENDER": "stars@example.org"}
    settings = mail_settings({**app.config, **given, "SMTP_SECURITY": security})
    assert settings is not None
    assert (settings.security, settings.port) == (Security(security), port)
