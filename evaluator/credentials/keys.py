"""Signing keys with the days on which they sign, and the set of them that is published."""

from __future__ import annotations

import base64
import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ID_LENGTH = 4


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What verifiers know of a key: both days are days on which it signs.

    `issuer` is who signs with it; a certificate of this issuer need not say it again in its token.
    """

    public: bytes
    from_day: datetime.date
    until_day: datetime.date | None = None
    issuer: str = ""

    @property
    def id(self) -> bytes:
        """Return what tells the key from others: the first bytes of its digest."""
        return hashlib.sha256(self.public).digest()[:ID_LENGTH]

    def signs_on(self, day: datetime.date) -> bool:
        """Return whether the key is in use on a day."""
        return self.from_day <= day and (self.until_day is None or day <= self.until_day)

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Return whether a signature over a message was made with this key."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key, and what is published of it."""

    private: Ed25519PrivateKey
    known: PublicKey

    @property
    def id(self) -> bytes:
        """Return what tells the key from others."""
        return self.known.id

    def sign(self, message: bytes) -> bytes:
        """Return the signature over a message."""
        return self.private.sign(message)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All keys that were ever in use; of the former ones only the public half may be left."""

    public: tuple[PublicKey, ...]
    signing: tuple[SigningKey, ...]

    def on(self, day: datetime.date) -> SigningKey:
        """Return the key that signs on a day; raises LookupError where none does."""
        for key in self.signing:
            if key.known.signs_on(day):
                return key
        raise LookupError(f"no key for certificates is in use on {day}; make one by rotation")


def new_key(
    from_day: datetime.date, until_day: datetime.date | None = None, issuer: str = ""
) -> SigningKey:
    """Make a key that signs on these days."""
    return _with_days(Ed25519PrivateKey.generate(), from_day, until_day, issuer)


def key_of_seed(seed: bytes, from_day: datetime.date, issuer: str = "") -> SigningKey:
    """Return the key of 32 secret bytes, always the same."""
    return _with_days(Ed25519PrivateKey.from_private_bytes(seed), from_day, None, issuer)


def _with_days(
    private: Ed25519PrivateKey,
    from_day: datetime.date,
    until_day: datetime.date | None,
    issuer: str,
) -> SigningKey:
    raw = private.public_key().public_bytes_raw()
    return SigningKey(private, PublicKey(raw, from_day, until_day, issuer))


def published(keys: Iterable[PublicKey]) -> dict[str, Any]:
    """Return keys as a JSON Web Key Set (RFC 8037) with their days and issuers."""
    return {"keys": [web_key(key) for key in keys]}


def web_key(key: PublicKey) -> dict[str, str]:
    """Return one key as a JSON Web Key."""
    x = base64.urlsafe_b64encode(key.public).rstrip(b"=").decode()
    entries = {"kty": "OKP", "crv": "Ed25519", "x": x, "kid": key.id.hex()}
    entries |= {"alg": "EdDSA", "use": "sig", "from_day": key.from_day.isoformat()}
    if key.until_day is not None:
        entries["until_day"] = key.until_day.isoformat()
    if key.issuer:
        entries["issuer"] = key.issuer
    return entries


def read_published(document: Mapping[str, Any]) -> tuple[PublicKey, ...]:
    """Return the keys of a published set; raises ValueError for what is none."""
    try:
        return tuple(_read_web_key(each) for each in document["keys"] if each["kty"] == "OKP")
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"this is no set of published keys: {error!r}") from error


def _read_web_key(entry: Mapping[str, str]) -> PublicKey:
    public = base64.urlsafe_b64decode(entry["x"] + "=" * (-len(entry["x"]) % 4))
    Ed25519PublicKey.from_public_bytes(public)
    until = entry.get("until_day")
    return PublicKey(
        public,
        datetime.date.fromisoformat(entry["from_day"]),
        datetime.date.fromisoformat(until) if until else None,
        entry.get("issuer", ""),
    )
