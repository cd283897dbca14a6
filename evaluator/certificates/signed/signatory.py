"""The district's own certificate for documents: which file holds it, whether it is good to sign.

It is not the key of the codes: that one is made here, this one is issued by an authority outside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import structlog
from flask import current_app

from evaluator.database import now
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext
from reports.certificate.signing_key import Signatory, UnusableKey

log = structlog.get_logger()
SOON = timedelta(days=30)
"""From when on before its end a certificate is told to be renewed."""


class Fitness(StrEnum):
    """Whether the district can sign now."""

    NONE = "none"
    """No file is set."""
    UNREADABLE = "unreadable"
    NOT_FOR_DOCUMENTS = "not_for_documents"
    NOT_YET = "not_yet"
    ENDED = "ended"
    ENDS_SOON = "ends_soon"
    GOOD = "good"


FIT = (Fitness.GOOD, Fitness.ENDS_SOON)


@dataclass(frozen=True)
class Standing:
    """The certificate that is set, and whether it is good to sign with."""

    fitness: Fitness
    signatory: Signatory | None = None

    @property
    def is_fit(self) -> bool:
        """Return whether files can be signed."""
        return self.fitness in FIT


def signatory_now() -> Standing:
    """Return the certificate that is set, and whether it is good at this moment."""
    config = current_app.config
    if not config["SIGNING_FILE"]:
        return Standing(Fitness.NONE)
    try:
        found = configured(config)
    except UnusableKey as error:
        log.warning("the certificate for signing cannot be used", error=str(error))
        return Standing(Fitness.UNREADABLE)
    return Standing(fitness_at(found, now()), found)


def configured(config: Mapping[str, Any]) -> Signatory:
    """Read the file that is set; raises UnusableKey. It is read again when it was changed."""
    file, secret = Path(config["SIGNING_FILE"]), str(config["SIGNING_PASSPHRASE_FILE"])
    place = str(config["SIGNING_PLACE"])
    return _read(file, _changed(file), secret, _changed(Path(secret)) if secret else 0, place)


def fitness_at(signatory: Signatory, moment: datetime) -> Fitness:
    """Return whether a certificate is good at a moment."""
    if not signatory.may_sign:
        return Fitness.NOT_FOR_DOCUMENTS
    if moment < signatory.valid_from:
        return Fitness.NOT_YET
    if moment > signatory.valid_until:
        return Fitness.ENDED
    return Fitness.ENDS_SOON if moment + SOON > signatory.valid_until else Fitness.GOOD


def require_signatory() -> Signatory:
    """Return the certificate to sign with; raises Refusal where there is none that is good."""
    found = signatory_now()
    if found.signatory is None or not found.is_fit:
        raise Refusal(
            gettext(
                "The district's certificate for documents cannot be used now; nothing is signed."
            )
        )
    return found.signatory


def _changed(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError as error:
        raise UnusableKey(f"{file}: it cannot be read ({error.strerror})") from error


@lru_cache(2)
def _read(file: Path, _changed: int, secret: str, _secret_changed: int, place: str) -> Signatory:
    password = Path(secret).read_bytes().strip(b"\r\n") if secret else None
    return Signatory.from_file(file, password, place)
