"""The keys of this installation: what signs today, and what others verify by."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import current_app

from evaluator.credentials.facts import PrintedFacts
from evaluator.credentials.key_folder import key_in_use, read_keys, registry_secret
from evaluator.credentials.keys import PublicKey, SigningKey, published
from evaluator.credentials.tokens import sign
from evaluator.database import now
from evaluator.notices.calendar import day_of

_FOLDER = "certificate-keys"


@dataclass(frozen=True)
class Registry:
    """What serials and tokens are made with today."""

    secret: bytes
    key: SigningKey

    @property
    def key_id(self) -> str:
        """Return what tells the key from others, as it is kept and shown."""
        return self.key.id.hex()

    def sign(self, facts: PrintedFacts) -> str:
        """Return the token of a certificate."""
        return sign(facts, self.key)


def key_folder() -> Path:
    """Return where the keys lie."""
    return Path(current_app.config["DATA_FOLDER"]).resolve() / _FOLDER


def registry(issuer: str) -> Registry:
    """Return what signs today; the first key is made when the first certificate is issued."""
    folder = key_folder()
    return Registry(registry_secret(folder), key_in_use(folder, day_of(now()), issuer))


def known_keys() -> tuple[PublicKey, ...]:
    """Return every key that was ever in use."""
    return read_keys(key_folder()).public


def published_keys() -> dict[str, Any]:
    """Return the keys as they are published."""
    return published(known_keys())
