"""Tables of signed files: a batch signed once, by whom and for which moment, and its files."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.accounts.models import Account
from evaluator.certificates.models import Batch, Certificate
from evaluator.database import Base, Numbered
from evaluator.jobs.models import Job


class SigningRun(Numbered, Base):
    """A batch as single files with a digital signature of the district.

    All of them name the moment at which they were asked for, so that a file that is made again is
    the same to the byte.
    """

    __tablename__ = "certificate_signing_run"

    batch_id: Mapped[int] = mapped_column(ForeignKey(Batch.id, ondelete="CASCADE"), unique=True)
    template: Mapped[str]
    moment: Mapped[datetime]
    signer: Mapped[str]
    """Whose certificate it is, in its words."""
    issuer: Mapped[str]
    fingerprint: Mapped[str]
    valid_until: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    job_id: Mapped[int | None] = mapped_column(ForeignKey(Job.id))

    batch: Mapped[Batch] = relationship()


class SignedFile(Numbered, Base):
    """The signed document of a certificate, in the storage; there is one, and it never changes."""

    __tablename__ = "certificate_signed_file"

    run_id: Mapped[int] = mapped_column(ForeignKey(SigningRun.id, ondelete="CASCADE"), index=True)
    certificate_id: Mapped[int] = mapped_column(
        ForeignKey(Certificate.id, ondelete="CASCADE"), unique=True
    )
    storage_key: Mapped[str]
    digest: Mapped[str]
    size: Mapped[int]
    at: Mapped[datetime]

    certificate: Mapped[Certificate] = relationship()
