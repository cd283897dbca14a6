"""Certificates signed by their issuer: PAdES, level B, with a certificate of the district's own.

A signature holds the moment that it is told, and nothing in it is left to chance: the same file
signed again for the same moment is the same to the byte, unless the signature is to be seen.
"""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from hashlib import sha256
from tempfile import NamedTemporaryFile
from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.stamp import StaticStampStyle

from reports.certificate.event_loop import with_own_loop
from reports.certificate.seal import drawn_seal
from reports.certificate.signing_key import Signatory, UnusableKey
from reports.certificate.templates.model import POINTS

CHINA = datetime.timezone(datetime.timedelta(hours=8))
FIELD = "Signature1"
FIELD_WORDS = "颁发单位电子签名"
__all__ = ["Place", "Signatory", "UnusableKey", "sign"]
_BESIDE_CERTIFICATES = 2_560  # bytes of a signature, at most: to measure it is to sign twice


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
    moment = (moment or datetime.datetime.now(CHINA)).astimezone(CHINA)
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
        return _signed(pdf, _Signer(metadata, signatory.signer, new_field_spec=field), moment)
    with NamedTemporaryFile(suffix=".pdf") as seen:
        seen.write(drawn_seal(_words(signatory, moment), place.width, place.height))
        seen.flush()
        style = StaticStampStyle.from_pdf_file(seen.name, border_width=0)
        signer = _Signer(metadata, signatory.signer, stamp_style=style, new_field_spec=field)
        return _signed(pdf, signer, moment)


class _ArchivalWriter(IncrementalPdfFileWriter):
    """Adds to a file that stays PDF 1.7, on which PDF/A-2 rests.

    For keys on an elliptic curve pyHanko would call it PDF 2.0; ETSI's PAdES knows them in 1.7.
    """

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        super().ensure_output_version(min(version, (1, 7)))  # type: ignore[no-untyped-call]

    def _update_meta(self) -> None:
        """Leave the description as it is: when the file was signed stands in the signature."""


class _Signer(signers.PdfSigner):
    """Signs for a moment that it is told, where pyHanko would look at the clock."""

    moment: datetime.datetime

    def init_signing_session(
        self, pdf_out: Any, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        begun = super().init_signing_session(pdf_out, existing_fields_only)
        begun.system_time = self.moment
        return begun


def _signed(pdf: bytes, signer: _Signer, moment: datetime.datetime) -> bytes:
    document = _ArchivalWriter(io.BytesIO(pdf))
    first, _second = document._document_id
    document._document_id = ArrayObject([first, ByteStringObject(_identity(pdf, moment))])
    signer.moment = moment
    out = io.BytesIO()
    reserved = _reserved(signer.signer)
    with_own_loop(lambda: signer.sign_pdf(document, bytes_reserved=reserved, output=out))
    return out.getvalue()


def _identity(pdf: bytes, moment: datetime.datetime) -> bytes:
    """Give what tells the signed file from the one that was signed, the same each time."""
    return sha256(pdf + moment.isoformat().encode()).digest()[:16]


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
