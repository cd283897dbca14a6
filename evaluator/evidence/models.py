"""Tables of evidence: files, the indicators that they prove, and uploads that are under way."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.database import Base, Numbered, Versioned
from evaluator.rounds.models import Participant

_THERE = text("removed_at IS NULL")


class EvidenceFile(Versioned, Base):
    """A file that a participant of a round uploaded, as it was kept after its check.

    `sha256` is the digest of what is stored, `source_sha256` that of what was uploaded. A removed
    file keeps its row and its content: a submission may name it.
    """

    __tablename__ = "evidence_file"
    __table_args__ = (
        Index(
            None,
            "participant_id",
            "source_sha256",
            unique=True,
            sqlite_where=_THERE,
            postgresql_where=_THERE,
        ),
        Index(None, "sha256"),
        Index(None, "source_sha256"),
        Index(None, "storage_key"),
    )

    participant_id: Mapped[int] = mapped_column(ForeignKey(Participant.id), index=True)
    name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    source_sha256: Mapped[str]
    storage_key: Mapped[str]
    evidence_date: Mapped[date | None]
    """When what it shows took place; proposed from a photo, apart from when it was uploaded."""
    uploaded_at: Mapped[datetime]
    account_id: Mapped[int | None]
    taken_out: Mapped[list[Any]]
    """What the check removed, such as `location`."""
    removed_at: Mapped[datetime | None]

    participant: Mapped[Participant] = relationship(lazy="joined")
    links: Mapped[list[EvidenceLink]] = relationship(
        back_populates="file", cascade="all, delete-orphan", order_by="EvidenceLink.id"
    )

    @property
    def indicators(self) -> tuple[str, ...]:
        """Return the indicators that the file proves."""
        return tuple(link.indicator for link in self.links)


class EvidenceLink(Numbered, Base):
    """A file proves an indicator."""

    __tablename__ = "evidence_link"
    __table_args__ = (UniqueConstraint("file_id", "indicator"),)

    file_id: Mapped[int] = mapped_column(ForeignKey(EvidenceFile.id, ondelete="CASCADE"))
    indicator: Mapped[str]

    file: Mapped[EvidenceFile] = relationship(back_populates="links")


class Upload(Numbered, Base):
    """A file on its way: it arrives in chunks and may be continued until a day has passed.

    Every stored file has a row that names it at any moment: chunks lie below the token, and
    `storage_key` is noted before the checked file is stored. `file_id` is set when it is done.
    """

    __tablename__ = "evidence_upload"

    token: Mapped[str] = mapped_column(unique=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey(Participant.id), index=True)
    account_id: Mapped[int | None]
    name: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    indicator: Mapped[str]
    """What the file is to prove; empty where that is said later."""
    received: Mapped[int] = mapped_column(default=0)
    chunks: Mapped[list[Any]] = mapped_column(default=list)
    storage_key: Mapped[str] = mapped_column(default="", index=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey(EvidenceFile.id, ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(index=True)

    participant: Mapped[Participant] = relationship(lazy="joined")
