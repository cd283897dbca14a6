"""The table of what is to become of a certificate: proposed by one person, confirmed by another."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.accounts.models import Account
from evaluator.certificates.models import Certificate
from evaluator.database import Base, Versioned


class ProposalKind(StrEnum):
    """What can be proposed of a certificate."""

    REPLACE = "replace"
    REVOKE = "revoke"
    END = "end"
    """Before its last day."""


class CertificateProposal(Versioned, Base):
    """A proposal with its reason; until it is confirmed nobody outside hears of it.

    A certificate has one at a time that is neither confirmed nor withdrawn.
    """

    __tablename__ = "certificate_proposal"
    __table_args__ = (
        CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> proposed_by", name="second_person"
        ),
    )

    certificate_id: Mapped[int] = mapped_column(
        ForeignKey(Certificate.id, ondelete="CASCADE"), index=True
    )
    kind: Mapped[ProposalKind]
    reason: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(default="")
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    proposed_at: Mapped[datetime]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    confirmed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    certificate: Mapped[Certificate] = relationship()

    @property
    def is_pending(self) -> bool:
        """Return whether it waits for a second person."""
        return self.confirmed_at is None and self.withdrawn_at is None


_PENDING = and_(
    CertificateProposal.confirmed_at.is_(None), CertificateProposal.withdrawn_at.is_(None)
)
Index(
    "one_pending",
    CertificateProposal.certificate_id,
    unique=True,
    sqlite_where=_PENDING,
    postgresql_where=_PENDING,
)
