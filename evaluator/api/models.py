"""Table of idempotency keys."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from evaluator.accounts.models import Account
from evaluator.database import Base, Numbered


class IdempotencyKey(Numbered, Base):
    """The answer to a request that a program may send again without its being done twice.

    It is written in the same transaction as what the request did. `request_digest` tells the same
    request from another one that wrongly bears the same key.
    """

    __tablename__ = "idempotency_key"
    __table_args__ = (UniqueConstraint("account_id", "key"),)

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"))
    key: Mapped[str]
    request_digest: Mapped[str]
    status: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(index=True)
