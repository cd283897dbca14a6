"""Settings of the service: from the environment (`EVALUATOR_…`), each with a safe default."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask

PREFIX = "EVALUATOR"


def configure(app: Flask, given: Mapping[str, Any]) -> None:
    """Fill the configuration of an app: defaults, then the environment, then what was given.

    `DATA_FOLDER` holds everything that the service keeps by default: the database, the files of
    evidence and the secret key. `DATABASE_URL` and `STORAGE_URL` place them elsewhere.
    """
    app.config.from_mapping(_defaults())
    app.config.from_prefixed_env(PREFIX, loads=_plain)
    app.config.from_mapping(given)
    folder = Path(app.config["DATA_FOLDER"]).resolve()
    # Readable by nobody else: the database lies there, and what people submitted.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    former = app.config["SECRET_KEY_FALLBACKS"]
    if isinstance(former, str):
        app.config["SECRET_KEY_FALLBACKS"] = [key for key in former.split(",") if key] or None
    if not app.config["SECRET_KEY"]:
        app.config["SECRET_KEY"] = _kept_secret(folder / "secret-key")
    url = app.config["DATABASE_URL"] or f"sqlite:///{folder / 'evaluator.db'}"
    app.config["SQLALCHEMY_ENGINES"] = {"default": {"url": url}}
    app.config["STORAGE_URL"] = app.config["STORAGE_URL"] or (folder / "files").as_uri()


def _defaults() -> dict[str, Any]:
    return {
        "DATA_FOLDER": "data",
        "DATABASE_URL": "",
        "STORAGE_URL": "",
        "SECRET_KEY": "",
        "SECRET_KEY_FALLBACKS": "",
        "SESSION_COOKIE_NAME": "evaluator",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        # A sign-in ends after as many hours whatever its cookie says: none is signed anew for that.
        "SESSION_REFRESH_EACH_REQUEST": False,
        "MAX_CONTENT_LENGTH": 8 * 1024 * 1024,
        "MAX_FORM_PARTS": 4_000,
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "zh",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
        "BOOTSTRAP_SERVE_LOCAL": True,
        "PASSWORD_COST": "usual",
        "TRUSTED_PROXIES": 0,
        "PUBLIC_ADDRESS": "",
        "SIGNING_FILE": "",
        "SIGNING_PASSPHRASE_FILE": "",
        "SIGNING_PLACE": "",
        "SMTP_HOST": "",
        "SMTP_PORT": 0,
        "SMTP_SECURITY": "starttls",
        "SMTP_USER": "",
        "SMTP_PASSWORD_FILE": "",
        "SMTP_SENDER": "",
        "SMTP_CA_FILE": "",
    }


def _plain(value: str) -> Any:
    """Return what a variable of the environment means: a number, a truth value or a text."""
    words = {"true": True, "false": False}
    return words.get(value.lower(), int(value) if value.isdigit() else value)


def _kept_secret(path: Path) -> str:
    """Return the secret key of this installation, made once and readable by its owner alone."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text("ascii")
