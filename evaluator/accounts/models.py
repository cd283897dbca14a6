"""Tables of accounts, roles and sign-ins."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.database import Base, Numbered, Versioned
from evaluator.organisations.models import Organisation


class Account(Versioned, Base):
    """A person who signs in by password or through the district's identity provider."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("oidc_issuer", "oidc_subject"),)

    login_name: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    must_change_password: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    totp_secret: Mapped[str | None]
    """Encrypted with the secret key of the installation."""
    totp_last_step: Mapped[int] = mapped_column(default=0)
    """The last time step that was used, so that no code works twice."""
    oidc_issuer: Mapped[str | None]
    oidc_subject: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="zh")
    created_at: Mapped[datetime]

    grants: Mapped[list[RoleGrant]] = relationship(
        back_populates="account", cascade="all, delete-orphan"
    )


class RoleGrant(Numbered, Base):
    """A role of an account at a place in the tree: it holds there and everywhere below."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("account_id", "role", "organisation_id"),)

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"))
    role: Mapped[str]
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)

    account: Mapped[Account] = relationship(back_populates="grants")
    organisation: Mapped[Organisation] = relationship(lazy="joined")


class RecoveryCode(Numbered, Base):
    """A code that stands in once for a lost second factor; only its digest is kept."""

    __tablename__ = "recovery_code"

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), index=True)
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None]


class SignIn(Numbered, Base):
    """A session of a signed-in account; the browser holds a token, the table its digest."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    second_factor_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    """When the person last proved again who they are, for dangerous acts."""
    address: Mapped[str]
    browser: Mapped[str]

    account: Mapped[Account] = relationship(lazy="joined")


class SignInAttempt(Numbered, Base):
    """A try to sign in, kept to slow down guessing per address and per account."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index(None, "address", "at"), Index(None, "login_name", "at"))

    at: Mapped[datetime]
    address: Mapped[str]
    login_name: Mapped[str]
    succeeded: Mapped[bool]


class ApiToken(Numbered, Base):
    """A token by which a program acts for an account, within scopes; only its digest is kept."""

    __tablename__ = "api_token"

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), index=True)
    name: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[list[Any]]
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="joined")
