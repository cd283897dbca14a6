"""Certificates signed by their issuer: PAdES, level B, with a certificate of the district's own.

A signature holds the moment it was made, so signing again gives other bytes; whoever writes files
signs each once and keeps it.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.stamp import StaticStampStyle

from reports.certificate.seal import drawn_seal
from reports.certificate.templates.model import POINTS

CHINA = datetime.timezone(datetime.timedelta(hours=8))
FIELD = "Signature1"
FIELD_WORDS = "颁发单位电子签名"
REASON = "颁发证书"
_BESIDE_CERTIFICATES = 2_560  # bytes of a signature, at most: to measure it is to sign twice


class UnusableKey(Exception):
    """The file of a key or certificate cannot be read, or its password is wrong."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, why and where, in the words that a reader of PDF shows."""

    signer: signers.SimpleSigner
    location: str
    reason: str = REASON

    @classmethod
    def from_pkcs12(cls, file: Path, password: bytes, location: str) -> Signatory:
        """Read key and certificates from one file (.p12, .pfx)."""
        load = signers.SimpleSigner.load_pkcs12
        signer = load(str(file), passphrase=password)  # type: ignore[no-untyped-call]
        return cls(_found(signer, file), location)

    @classmethod
    def from_pem(
        cls,
        key: Path,
        certificate: Path,
        location: str,
        chain: Iterable[Path] = (),
        password: bytes | None = None,
    ) -> Signatory:
        """Read the key, the certificate and those above it from files of their own."""
        above = tuple(map(str, chain))
        signer = signers.SimpleSigner.load(  # type: ignore[no-untyped-call]
            str(key), str(certificate), ca_chain_files=above, key_passphrase=password
        )
        return cls(_found(signer, key), location)

    @property
    def name(self) -> str:
        """The name in the certificate."""
        own = self.signer.signing_cert
        return str(own.subject.native["common_name"]) if own else ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a signature is seen: its box on the first page, in millimetres from below."""

    x: float
    y: float
    width: float = 56.0
    height: float = 15.0


def sign(
    pdf: bytes,
    signatory: Signatory,
    place: Place | None = None,
    moment: datetime.datetime | None = None,
) -> bytes:
    """Give a document with a signature over all of it; it is not seen unless it has a place."""
    moment = moment or datetime.datetime.now(CHINA)
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=signatory.name,
        reason=signatory.reason,
        location=signatory.location,
    )
    box = _box(place) if place else None
    field = SigFieldSpec(FIELD, box=box, readable_field_name=FIELD_WORDS)
    if place is None:
        return _signed(pdf, signers.PdfSigner(metadata, signatory.signer, new_field_spec=field))
    with NamedTemporaryFile(suffix=".pdf") as seen:
        seen.write(drawn_seal(_words(signatory, moment), place.width, place.height))
        seen.flush()
        style = StaticStampStyle.from_pdf_file(seen.name, border_width=0)
        signer = signers.PdfSigner(
            metadata, signatory.signer, stamp_style=style, new_field_spec=field
        )
        return _signed(pdf, signer)


class _ArchivalWriter(IncrementalPdfFileWriter):
    """Adds to a file that stays PDF 1.7, on which PDF/A-2 rests.

    For keys on an elliptic curve pyHanko would call it PDF 2.0; ETSI's PAdES knows them in 1.7.
    """

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        super().ensure_output_version(min(version, (1, 7)))  # type: ignore[no-untyped-call]


def _signed(pdf: bytes, signer: signers.PdfSigner) -> bytes:
    document = _ArchivalWriter(io.BytesIO(pdf))
    out = io.BytesIO()
    signer.sign_pdf(document, bytes_reserved=_reserved(signer.signer), output=out)
    return out.getvalue()


def _reserved(signer: signers.Signer) -> int:
    """Give the hexadecimal digits that a signature with its certificates may take."""
    held = [*signer.cert_registry, signer.signing_cert]
    certificates = sum(len(certificate.dump()) for certificate in held if certificate)
    return 2 * (certificates + _BESIDE_CERTIFICATES)


def _box(place: Place) -> tuple[int, int, int, int]:
    corners = (place.x, place.y, place.x + place.width, place.y + place.height)
    left, lower, right, upper = (round(length * POINTS) for length in corners)
    return left, lower, right, upper


def _words(signatory: Signatory, moment: datetime.datetime) -> tuple[str, ...]:
    return (
        FIELD_WORDS,
        signatory.name,
        f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}  {signatory.reason}",
    )


def _found(signer: signers.SimpleSigner | None, file: Path) -> signers.SimpleSigner:
    if signer is None:
        raise UnusableKey(
            f"{file}: no key and certificate can be read from it; check that the file is a "
            "PKCS#12 or PEM file, that its certificate is there, and that the password is right"
        )
    return signer
