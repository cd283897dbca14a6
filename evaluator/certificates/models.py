"""Tables of certificates: what was printed for whom, what became of it, and who looked in vain."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.accounts.models import Account
from evaluator.awards.models import Award
from evaluator.database import Base, Numbered, Versioned
from evaluator.jobs.models import Job
from evaluator.rounds.models import Participant, Round


class CertificateState(StrEnum):
    """How a certificate stands."""

    ISSUED = "issued"
    REPLACED = "replaced"
    REVOKED = "revoked"
    EXPIRED = "expired"


class EventKind(StrEnum):
    """What can become of a certificate."""

    ISSUED = "issued"
    REPLACED = "replaced"
    REVOKED = "revoked"
    """By an organiser, for a reason that everybody may read."""
    ENDED_EARLY = "ended_early"
    """Before its last day, by organisers, where nothing was wrong with it."""
    AWARD_REVOKED = "award_revoked"
    LEVEL_LOWERED = "level_lowered"
    EXPIRED = "expired"


class Batch(Versioned, Base):
    """Certificates issued together: their Merkle root, and how they are printed.

    A certificate that replaces another one is a batch of its own.
    """

    __tablename__ = "certificate_batch"

    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id), index=True)
    year: Mapped[int]
    count: Mapped[int]
    key_id: Mapped[str]
    root: Mapped[str]
    """Of the Merkle tree over the tokens in the order of their positions, in hexadecimal."""
    made_at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    published_at: Mapped[datetime | None]

    round: Mapped[Round] = relationship(lazy="joined")
    prints: Mapped[list[PrintRun]] = relationship(
        back_populates="batch", cascade="all, delete-orphan", order_by="PrintRun.id"
    )


class PrintRun(Numbered, Base):
    """A batch as it is printed by one template, in the order of committees: its job, its files.

    The first is the certificate itself; plaques and stickers of the same batch may follow.
    """

    __tablename__ = "certificate_print_run"
    __table_args__ = (UniqueConstraint("batch_id", "template"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey(Batch.id, ondelete="CASCADE"))
    template: Mapped[str]
    template_digest: Mapped[str]
    job_id: Mapped[int | None] = mapped_column(ForeignKey(Job.id))

    batch: Mapped[Batch] = relationship(back_populates="prints")
    files: Mapped[list[PrintFile]] = relationship(
        cascade="all, delete-orphan", order_by="PrintFile.id"
    )


class PrintFile(Numbered, Base):
    """A finished document of a print run, in the storage."""

    __tablename__ = "certificate_print_file"
    __table_args__ = (UniqueConstraint("run_id", "name"),)

    run_id: Mapped[int] = mapped_column(ForeignKey(PrintRun.id, ondelete="CASCADE"))
    name: Mapped[str]
    storage_key: Mapped[str]
    digest: Mapped[str]
    size: Mapped[int]
    at: Mapped[datetime]


class Certificate(Versioned, Base):
    """A certificate as it was printed; what it says never changes, only how it stands.

    `kind` is the letter of the category and the digit of the level, such as `C5`; running numbers
    count within year and kind. `facts` holds as JSON what was printed, `text_digest` is that of
    its lines.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("year", "kind", "number"),
        UniqueConstraint("batch_id", "position"),
        Index(None, "state", "valid_until"),
    )

    award_id: Mapped[int] = mapped_column(ForeignKey(Award.id), index=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey(Batch.id))
    position: Mapped[int]
    serial: Mapped[str] = mapped_column(unique=True)
    year: Mapped[int]
    kind: Mapped[str]
    number: Mapped[int]
    token: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    """Of the organisation as printed, to be searched."""
    level: Mapped[str]
    valid_until: Mapped[date | None]
    facts: Mapped[str] = mapped_column(Text)
    text_digest: Mapped[str]
    result_digest: Mapped[str] = mapped_column(default="")
    rule_set_digest: Mapped[str] = mapped_column(default="")
    key_id: Mapped[str]
    state: Mapped[CertificateState] = mapped_column(default=CertificateState.ISSUED)
    reminded_at: Mapped[datetime | None]
    """When the branch was written that its last day is near."""
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), unique=True)

    award: Mapped[Award] = relationship()
    batch: Mapped[Batch] = relationship()
    replaces: Mapped[Certificate | None] = relationship(
        remote_side="Certificate.id", back_populates="replaced_by"
    )
    replaced_by: Mapped[Certificate | None] = relationship(back_populates="replaces", uselist=False)
    events: Mapped[list[CertificateEvent]] = relationship(
        cascade="all, delete-orphan", order_by="CertificateEvent.id"
    )

    @property
    def participant(self) -> Participant:
        """Return the organisation as it took part in the round."""
        return self.award.participant


class CertificateEvent(Numbered, Base):
    """Something that became of a certificate; all of it is public but who did it."""

    __tablename__ = "certificate_event"

    certificate_id: Mapped[int] = mapped_column(
        ForeignKey(Certificate.id, ondelete="CASCADE"), index=True
    )
    kind: Mapped[EventKind]
    on: Mapped[date] = mapped_column("since")
    """The day from which it holds; it may be noted later."""
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    """Who did it; of what takes two people, the one who confirmed it."""
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    reason: Mapped[str] = mapped_column(Text, default="")
    document: Mapped[str] = mapped_column(default="")
    """Number of the official document on which it rests."""


class FailedLookup(Numbered, Base):
    """That somebody asked for a certificate that there is not, kept to slow down guessing."""

    __tablename__ = "certificate_failed_lookup"
    __table_args__ = (Index(None, "address", "at"),)

    at: Mapped[datetime]
    address: Mapped[str]
