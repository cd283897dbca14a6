"""Where the keys are kept: a folder that its owner alone can read.

`keys.json` is the published set; beside it lies each private key, named by the key's id, and the
secret of the serial numbers.
"""

from __future__ import annotations

import datetime
import fcntl
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from evaluator.credentials.keys import (
    KeyRing,
    PublicKey,
    SigningKey,
    new_key,
    published,
    read_published,
)

_PUBLISHED, _SECRET, _LOCK = "keys.json", "registry-secret", "lock"
_DAY = datetime.timedelta(days=1)


def read_keys(folder: Path) -> KeyRing:
    """Return the keys of a folder; a folder that does not exist yet has none."""
    path = folder / _PUBLISHED
    known = read_published(json.loads(path.read_text("utf-8"))) if path.exists() else ()
    own = [key for key in known if _place(folder, key).exists()]
    return KeyRing(known, tuple(SigningKey(_private(_place(folder, key)), key) for key in own))


def rotate(folder: Path, day: datetime.date, issuer: str = "") -> SigningKey:
    """Make the key that signs from a day on; the one in use until then signs to the day before."""
    with _locked(folder):
        former = read_keys(folder).public
        if any(key.from_day >= day for key in former):
            raise ValueError(f"a key that signs from {day} on or later is there already")
        return _added(folder, new_key(day, issuer=issuer), [_ended(key, day) for key in former])


def key_in_use(folder: Path, day: datetime.date, issuer: str = "") -> SigningKey:
    """Return the key that signs on a day, made now where the folder has none at all."""
    with _locked(folder):
        ring = read_keys(folder)
        if ring.public:
            return ring.on(day)
        return _added(folder, new_key(day, issuer=issuer), [])


def registry_secret(folder: Path) -> bytes:
    """Return the secret of the serial numbers, made once."""
    with _locked(folder):
        path = folder / _SECRET
        if not path.exists():
            _write(path, secrets.token_bytes(32))
        return path.read_bytes()


def _ended(key: PublicKey, day: datetime.date) -> PublicKey:
    """Return a key that signs no more from a day on."""
    return replace(key, until_day=day - _DAY) if key.signs_on(day) else key


def _added(folder: Path, key: SigningKey, former: Iterable[PublicKey]) -> SigningKey:
    pem = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write(_place(folder, key.known), pem)
    document = published([*former, key.known])
    _write(folder / _PUBLISHED, json.dumps(document, ensure_ascii=False, indent=1).encode())
    return key


def _place(folder: Path, key: PublicKey) -> Path:
    return folder / f"{key.id.hex()}.pem"


def _private(path: Path) -> Ed25519PrivateKey:
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} is no Ed25519 key")
    return key


def _write(path: Path, data: bytes) -> None:
    """Write a file that its owner alone can read, whole or not at all."""
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Let one process at a time make keys."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
