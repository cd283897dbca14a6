"""What is said of certificates: how they stand, what became of them."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

from evaluator.certificates.models import CertificateState, EventKind
from evaluator.certificates.proposal_models import ProposalKind
from evaluator.database import db
from evaluator.organisations.catalogue import Catalogue, catalogue
from evaluator.web.languages import language

S = CertificateState
K = EventKind

STATES: Mapping[CertificateState, LazyString] = {
    S.ISSUED: lazy_gettext("valid"),
    S.REPLACED: lazy_gettext("replaced by another certificate"),
    S.REVOKED: lazy_gettext("certificate revoked"),
    S.EXPIRED: lazy_gettext("certificate expired"),
}
MARKS: Mapping[CertificateState, str] = {
    S.ISSUED: "✓",
    S.REPLACED: "→",
    S.REVOKED: "✕",
    S.EXPIRED: "－",
}
EVENTS: Mapping[EventKind, LazyString] = {
    K.ISSUED: lazy_gettext("Certificate issued"),
    K.REPLACED: lazy_gettext("Replaced by another certificate"),
    K.REVOKED: lazy_gettext("Certificate revoked"),
    K.ENDED_EARLY: lazy_gettext("The certificate was ended early"),
    K.AWARD_REVOKED: lazy_gettext("The level was revoked, and the certificate with it"),
    K.LEVEL_LOWERED: lazy_gettext("The level was lowered; this certificate no longer holds"),
    K.EXPIRED: lazy_gettext("The certificate expired"),
}

PROPOSALS: Mapping[ProposalKind, LazyString] = {
    ProposalKind.REPLACE: lazy_gettext("Issue another one in its place"),
    ProposalKind.REVOKE: lazy_gettext("Revoke the certificate"),
    ProposalKind.END: lazy_gettext("End the certificate early"),
}


class Titles:
    """What categories and levels are called, in the language of a reader."""

    def __init__(self) -> None:
        self.known: Catalogue = catalogue(db.session)
        self.language = language()

    def category(self, category: str) -> str:
        """Return what a category is called."""
        return self.known.title(category, self.language)

    def level(self, category: str, level: str) -> str:
        """Return what a level of a category is called."""
        return self.known.level(category, level, self.language)

    def categories(self) -> dict[str, str]:
        """Return all categories."""
        return {name: words.say(self.language) for name, words in self.known.categories.items()}

    def levels(self) -> dict[str, str]:
        """Return the levels of all categories; those of one name stand once."""
        found: dict[str, str] = {}
        for levels in self.known.levels.values():
            found = {name: words.say(self.language) for name, words in levels.items()} | found
        return found
