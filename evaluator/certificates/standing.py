"""How a certificate stands now, by what was written of it and by what became of its award since.

An award can end or go down at any moment; whoever verifies a certificate in the next minute is told
so, although the registry is brought into line only by the hour or by a button.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_

from evaluator.awards.models import Award, AwardChange, ChangeKind
from evaluator.certificates.models import Certificate, CertificateState, EventKind
from evaluator.database import now
from evaluator.notices.calendar import day_of

S = CertificateState
K = EventKind
AFTER: Mapping[EventKind, CertificateState] = {
    K.ISSUED: S.ISSUED,
    K.REPLACED: S.REPLACED,
    K.REVOKED: S.REVOKED,
    K.ENDED_EARLY: S.EXPIRED,
    K.AWARD_REVOKED: S.REVOKED,
    K.LEVEL_LOWERED: S.REVOKED,
    K.EXPIRED: S.EXPIRED,
}
_ENDS_BY = {
    ChangeKind.EXPIRY: K.EXPIRED,
    ChangeKind.REVOCATION: K.AWARD_REVOKED,
    ChangeKind.DEMOTION: K.LEVEL_LOWERED,
}


@dataclass(frozen=True)
class Due:
    """What the registry has to note of a certificate: by what its award or its term ended it."""

    kind: EventKind
    on: date


@dataclass(frozen=True)
class Standing:
    """How a certificate stands, by what, and since which day."""

    state: CertificateState
    by: EventKind
    since: date

    @property
    def is_valid(self) -> bool:
        """Return whether the certificate is in force."""
        return self.state is S.ISSUED


def due(certificate: Certificate) -> Due | None:
    """Return what the registry has to note still, None where it is in line."""
    if certificate.state is not S.ISSUED:
        return None
    award, until = certificate.award, certificate.valid_until
    if award.level != certificate.level:
        return _by_award(award)
    if until is not None and until < day_of(now()):
        return Due(K.EXPIRED, until + timedelta(days=1))
    return None


def standing_of(certificate: Certificate) -> Standing:
    """Return how a certificate stands at this moment."""
    found = due(certificate)
    if found is not None:
        return Standing(AFTER[found.kind], found.kind, found.on)
    last = certificate.events[-1]
    return Standing(certificate.state, last.kind, last.on)


def out_of_line() -> ColumnElement[bool]:
    """Return the condition that the registry has to note something; the query has the award."""
    return and_(Certificate.state == S.ISSUED, _ended())


def stands_as(state: CertificateState) -> ColumnElement[bool]:
    """Return the condition that a certificate stands so now; the query has the award."""
    if state is S.REPLACED:
        return Certificate.state == state
    if state is S.ISSUED:
        return and_(Certificate.state == state, ~_ended())
    ended = exists().where(
        AwardChange.award_id == Award.id,
        AwardChange.kind == ChangeKind.EXPIRY,
        AwardChange.confirmed_at.is_not(None),
    )
    expires = or_(ended, Award.level == Certificate.level)
    because = expires if state is S.EXPIRED else ~expires
    return or_(Certificate.state == state, and_(out_of_line(), because))


def _ended() -> ColumnElement[bool]:
    """Return the condition that award or term ended; a term without an end is not over."""
    over = and_(Certificate.valid_until.is_not(None), Certificate.valid_until < day_of(now()))
    return or_(Award.level != Certificate.level, over)


def _by_award(award: Award) -> Due:
    """Return by what an award came to another level than the one that was printed."""
    for each in reversed(award.changes):
        if each.confirmed_at is not None and each.kind in _ENDS_BY:
            return Due(_ENDS_BY[each.kind], day_of(each.confirmed_at))
    return Due(K.LEVEL_LOWERED, day_of(now()))
