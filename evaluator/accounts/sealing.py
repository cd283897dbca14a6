"""Secrets that must be read again, such as the seed of a second factor, are kept encrypted."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

_PURPOSE = b"evaluator second factor"


def seal(text: str) -> str:
    """Return a text encrypted with a key made from the secret key of the installation."""
    return _box().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str | None:
    """Return a sealed text, None where it was altered or sealed with a key that is gone."""
    try:
        return _box().decrypt(sealed.encode("ascii")).decode()
    except (InvalidToken, UnicodeEncodeError):
        return None


def _box() -> MultiFernet:
    """Return the newest key first; `SECRET_KEY_FALLBACKS` still open what they sealed."""
    fallbacks = current_app.config.get("SECRET_KEY_FALLBACKS") or []
    return MultiFernet([Fernet(_key(each)) for each in (current_app.secret_key, *fallbacks)])


def _key(secret: str | bytes | None) -> bytes:
    material = secret.encode() if isinstance(secret, str) else secret or b""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(material)
    return base64.urlsafe_b64encode(derived)
