"""The key and certificate of the district, with which it signs files; whose they are."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from asn1crypto import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from pyhanko.keys import load_certs_from_pemder, load_private_key_from_pemder
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

REASON = "颁发证书"
_PEM = b"-----BEGIN "


class UnusableKey(Exception):
    """The file of a key or certificate cannot be read, or its password is wrong."""


class KeptKey(signers.SimpleSigner):
    """Signs with a key that is read once, and the same each time also on an elliptic curve.

    pyHanko reads and checks the key anew for every signature, which takes three quarters of one.
    """

    @cached_property
    def _key(self) -> PrivateKeyTypes:
        return serialization.load_der_private_key(self.signing_key.dump(), password=None)

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        """Sign bytes, as the key and its certificate ask for."""
        mechanism = self.get_signature_mechanism_for_digest(digest_algorithm).signature_algo
        chosen = (mechanism, digest_algorithm)
        if chosen == ("rsassa_pkcs1v15", "sha256") and isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        if chosen == ("ecdsa", "sha256") and isinstance(self._key, ec.EllipticCurvePrivateKey):
            how = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
            return self._key.sign(data, how)
        return bytes(super().sign_raw(data, digest_algorithm))


@dataclass(frozen=True)
class Signatory:
    """Who signs, why and where, in the words that a reader of PDF shows."""

    signer: KeptKey
    location: str
    reason: str = REASON

    @classmethod
    def from_file(cls, file: Path, password: bytes | None, location: str) -> Signatory:
        """Read key and certificates from one file, PKCS#12 or PEM, whichever it is."""
        try:
            is_pem = _PEM in file.read_bytes()
        except OSError as error:
            raise _unusable(file) from error
        if not is_pem:
            return cls.from_pkcs12(file, password, location)
        return cls.from_pem(file, file, location, password=password)

    @classmethod
    def from_pkcs12(cls, file: Path, password: bytes | None, location: str) -> Signatory:
        """Read key and certificates from one file (.p12, .pfx)."""
        try:
            found = signers.SimpleSigner.load_pkcs12_data(
                file.read_bytes(), (), passphrase=password
            )
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise _unusable(file) from error
        if found.signing_cert is None:
            raise _unusable(file)
        return cls(KeptKey(found.signing_cert, found.signing_key, found.cert_registry), location)

    @classmethod
    def from_pem(
        cls,
        key: Path,
        certificate: Path,
        location: str,
        chain: Iterable[Path] = (),
        password: bytes | None = None,
    ) -> Signatory:
        """Read the key, its certificate and those above it; a file may hold several of them."""
        try:
            secret = load_private_key_from_pemder(key, password)
            held = certificates_of([certificate, *chain])
            own = next(each for each in held if _belongs(each, secret.dump()))
        except (OSError, ValueError, TypeError, StopIteration, UnsupportedAlgorithm) as error:
            raise _unusable(key) from error
        above = [each for each in held if each is not own]
        return cls(KeptKey(own, secret, _store(above)), location)

    @property
    def name(self) -> str:
        """The name in the certificate."""
        return common_name(self._own.subject)

    @property
    def issuer(self) -> str:
        """The name of the authority that vouches for it."""
        return common_name(self._own.issuer)

    @property
    def valid_from(self) -> datetime.datetime:
        """From when on the certificate is good."""
        return _moment(self._own.not_valid_before)

    @property
    def valid_until(self) -> datetime.datetime:
        """Until when the certificate is good."""
        return _moment(self._own.not_valid_after)

    @property
    def fingerprint(self) -> str:
        """What tells the certificate from others: its SHA-256, in hexadecimal."""
        return bytes(self._own.sha256).hex()

    @property
    def may_sign(self) -> bool:
        """Whether its authority gave the certificate for signing documents."""
        use = self._own.key_usage_value
        return use is None or bool({"digital_signature", "non_repudiation"} & set(use.native))

    @property
    def _own(self) -> x509.Certificate:
        own = self.signer.signing_cert
        assert own is not None  # noqa: S101 - without it there is no signatory
        return own


def certificates_of(files: Iterable[Path]) -> list[x509.Certificate]:
    """Return the certificates in some files, PEM or DER; a file of PEM may hold several."""
    return list(load_certs_from_pemder(files))  # type: ignore[no-untyped-call]


def common_name(name: x509.Name) -> str:
    """Return what somebody is called in a certificate: by name, else all that is said."""
    found = name.native.get("common_name") or name.human_friendly
    return str(found if isinstance(found, str) else found[0])


def _store(held: Iterable[x509.Certificate]) -> SimpleCertificateStore:
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(held)
    return store


def _moment(found: datetime.datetime) -> datetime.datetime:
    return found.astimezone(datetime.UTC)


def _belongs(certificate: x509.Certificate, key: bytes) -> bool:
    """Return whether a certificate is that of a key."""
    der, spki = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    public = serialization.load_der_private_key(key, None).public_key()
    return bool(public.public_bytes(der, spki) == certificate.public_key.dump())


def _unusable(file: Path) -> UnusableKey:
    return UnusableKey(
        f"{file}: no key and certificate can be read from it; check that the file is a "
        "PKCS#12 or PEM file, that its certificate is there, and that the password is right"
    )
