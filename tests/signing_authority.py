"""An authority of the tests, and what it has issued to the district to sign with."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko_certvalidator import ValidationContext

PASSWORD = "一二三 four".encode()
DISTRICT = "中共示例市示例区委组织部"
DAY = datetime.timedelta(days=1)
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Authority:
    """An authority, its key, and what it has issued to the district."""

    root: x509.Certificate
    key: Key
    district: x509.Certificate

    def trusting(self) -> ValidationContext:
        """Give a reader that trusts this authority and asks nobody on the network."""
        root = asn1.Certificate.load(self.root.public_bytes(serialization.Encoding.DER))
        return ValidationContext(trust_roots=[root], allow_fetching=False)

    def bundle(self, file: Path) -> Path:
        """Write key, certificate and root into a file of PKCS#12, and return it."""
        secret = serialization.BestAvailableEncryption(PASSWORD)
        given = b"district", self.key, self.district, [self.root], secret
        file.write_bytes(pkcs12.serialize_key_and_certificates(*given))
        return file


def issued(
    subject: str,
    key: Key,
    issuer: x509.Name,
    by: Key,
    *,
    begins: datetime.datetime,
    ends: datetime.datetime,
    authority: bool,
) -> x509.Certificate:
    """Issue a certificate for a key."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    usage = x509.KeyUsage(
        digital_signature=not authority, content_commitment=not authority,
        key_encipherment=False, data_encipherment=False, key_agreement=False,
        key_cert_sign=authority, crl_sign=authority, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer or name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(by, hashes.SHA256())
    )


def made(
    key: Key, begins: datetime.datetime | None = None, ends: datetime.datetime | None = None
) -> Authority:
    """Make an authority that certifies a district's key; it is good for a year by itself."""
    now = datetime.datetime.now(datetime.UTC)
    begins = begins or now - DAY
    own = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "示例测试根")])
    root = issued("示例测试根", own, name, own, begins=begins, ends=now + 365 * DAY, authority=True)
    district = issued(
        DISTRICT,
        key,
        root.subject,
        own,
        begins=begins,
        ends=ends or now + 365 * DAY,
        authority=False,
    )
    return Authority(root, key, district)
