"""The digital signatures in a document: by whom, whether anything was altered, who vouches."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import ValidationError

from reports.certificate.event_loop import with_own_loop
from reports.certificate.signing_key import UnusableKey, certificates_of, common_name

_SIGNED = b"/ByteRange"
_FOR_DOCUMENTS = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)


class Trust(Enum):
    """Who vouches for the one who signed."""

    VOUCHED = "vouched"
    ENDED_SINCE = "ended since"
    """The certificate was good at the moment that the signature names, and is so no more."""
    NOT_VOUCHED = "not vouched"
    NOT_ASKED = "not asked"
    """No roots were given."""


@dataclass(frozen=True)
class FoundSignature:
    """A signature in a document; who signed is believed only where nothing was altered."""

    is_unaltered: bool
    name: str = ""
    issuer: str = ""
    moment: datetime.datetime | None = None
    trust: Trust = Trust.NOT_ASKED


def read_roots(file: Path) -> list[Certificate]:
    """Return the certificates of the authorities that are trusted; raises UnusableKey."""
    try:
        found = certificates_of([file])
    except (OSError, ValueError) as error:
        raise UnusableKey(f"{file}: no certificates can be read from it ({error})") from error
    if not found:
        raise UnusableKey(f"{file}: there is no certificate in it")
    return found


def signatures_in(pdf: bytes, roots: Iterable[Certificate] = ()) -> Sequence[FoundSignature]:
    """Return the signatures of a document; one that cannot be read counts as altered."""
    if _SIGNED not in pdf:
        return ()
    trusted = list(roots)
    try:
        found = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_regular_signatures
        return [_found(each, trusted) for each in found] or [FoundSignature(False)]
    except (PdfError, SignatureValidationError, ValueError, KeyError, TypeError, IndexError):
        return [FoundSignature(False)]


def _found(signature: EmbeddedPdfSignature, roots: list[Certificate]) -> FoundSignature:
    own, moment = signature.signer_cert, signature.self_reported_timestamp
    status = _status(signature, roots, None)
    return FoundSignature(
        is_unaltered=status.intact and status.valid and _is_whole(status),
        name=common_name(own.subject),
        issuer=common_name(own.issuer),
        moment=moment,
        trust=_trust(signature, roots, status) if roots else Trust.NOT_ASKED,
    )


def _trust(
    signature: EmbeddedPdfSignature, roots: list[Certificate], status: PdfSignatureStatus
) -> Trust:
    if status.trusted:
        return Trust.VOUCHED
    moment = signature.self_reported_timestamp
    has_ended = signature.signer_cert.not_valid_after < datetime.datetime.now(datetime.UTC)
    if moment and has_ended and _status(signature, roots, moment).trusted:
        return Trust.ENDED_SINCE
    return Trust.NOT_VOUCHED


def _status(
    signature: EmbeddedPdfSignature, roots: list[Certificate], moment: datetime.datetime | None
) -> PdfSignatureStatus:
    """Ask nobody on the network: the answer follows from the file and the roots alone."""
    asked = ValidationContext(trust_roots=roots, allow_fetching=False, moment=moment)
    try:
        return with_own_loop(
            lambda: validate_pdf_signature(signature, asked, key_usage_settings=_FOR_DOCUMENTS)
        )
    except ValidationError as error:
        raise SignatureValidationError(str(error)) from error


def _is_whole(status: PdfSignatureStatus) -> bool:
    """Return whether the signature covers the file to its last byte, or others signed after it."""
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return True
    return status.coverage is SignatureCoverageLevel.ENTIRE_REVISION and bool(status.docmdp_ok)
