"""Tables of panels: who judges, whom a tie excludes, which cases there are, who sits on them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluator.accounts.models import Account
from evaluator.database import Base, Numbered, Versioned
from evaluator.organisations.models import Organisation
from evaluator.rounds.models import Participant, Round


class Relation(StrEnum):
    """What ties a panellist to an organisation."""

    OWN = "own"
    FORMER_POST = "former_post"
    DECLARED = "declared"
    """A kinship, a friendship or an interest that the panellist or the organiser has declared."""


class Panellist(Versioned, Base):
    """What is known of an account that judges: what it understands, and how much it can take on."""

    __tablename__ = "panellist"

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), unique=True)
    competences: Mapped[list[Any]] = mapped_column(default=list)
    """Words of the district's own list, such as `finance`."""
    most_cases: Mapped[int | None]

    account: Mapped[Account] = relationship(lazy="joined")
    ties: Mapped[list[Tie]] = relationship(cascade="all, delete-orphan", order_by="Tie.id")


class Tie(Numbered, Base):
    """A relation of a panellist to an organisation and all below it, for a time or for ever."""

    __tablename__ = "panellist_tie"
    __table_args__ = (CheckConstraint("until IS NULL OR since <= until", name="since_until"),)

    panellist_id: Mapped[int] = mapped_column(
        ForeignKey(Panellist.id, ondelete="CASCADE"), index=True
    )
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    relation: Mapped[Relation]
    since: Mapped[date | None]
    until: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")

    organisation: Mapped[Organisation] = relationship(lazy="joined")


class Panel(Versioned, Base):
    """A group that hears cases of a round: its categories, its wanted competences, its room."""

    __tablename__ = "panel"
    __table_args__ = (UniqueConstraint("round_id", "name"),)

    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id, ondelete="CASCADE"))
    name: Mapped[str]
    categories: Mapped[list[Any]] = mapped_column(default=list)
    """Empty: cases of all categories."""
    seats: Mapped[int] = mapped_column(default=5)
    """How many panellists judge each of its cases."""
    wanted: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Fewest seats of each competence, such as {"finance": 1}."""

    members: Mapped[list[PanelMember]] = relationship(
        cascade="all, delete-orphan", order_by="PanelMember.id"
    )


class PanelMember(Numbered, Base):
    """That a panellist may be given cases of a panel; one of them is its chair."""

    __tablename__ = "panel_member"
    __table_args__ = (UniqueConstraint("panel_id", "panellist_id"),)

    panel_id: Mapped[int] = mapped_column(ForeignKey(Panel.id, ondelete="CASCADE"))
    panellist_id: Mapped[int] = mapped_column(ForeignKey(Panellist.id))
    is_chair: Mapped[bool] = mapped_column(default=False)

    panellist: Mapped[Panellist] = relationship(lazy="joined")


class PanelRules(Versioned, Base):
    """What holds for all panels of a round; a round without a row has the defaults."""

    __tablename__ = "panel_rules"
    __table_args__ = (CheckConstraint("former_years >= 0", name="former_years_not_negative"),)

    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id, ondelete="CASCADE"), unique=True)
    former_years: Mapped[int] = mapped_column(default=5)
    """For how many years after its end a former post is a conflict."""


class Case(Versioned, Base):
    """A participant that was admitted to the defence, before which panel, and in which place.

    `is_calibration` marks the one case of a panel that all its members judge first.
    """

    __tablename__ = "defence_case"
    __table_args__ = (UniqueConstraint("panel_id", "position"),)

    participant_id: Mapped[int] = mapped_column(ForeignKey(Participant.id), unique=True)
    panel_id: Mapped[int | None] = mapped_column(ForeignKey(Panel.id))
    position: Mapped[int | None]
    """Place in the drawn order of its panel, from 1 on."""
    is_calibration: Mapped[bool] = mapped_column(default=False)

    participant: Mapped[Participant] = relationship(lazy="joined")
    seats: Mapped[list[Seat]] = relationship(cascade="all, delete-orphan", order_by="Seat.id")


class Seat(Versioned, Base):
    """That a panellist judges a case; fixed ones were set by hand and stay.

    A recused panellist keeps the row, with the reason, and sees the case no more.
    """

    __tablename__ = "defence_seat"
    __table_args__ = (UniqueConstraint("case_id", "panellist_id"),)

    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"))
    panellist_id: Mapped[int] = mapped_column(ForeignKey(Panellist.id), index=True)
    is_fixed: Mapped[bool] = mapped_column(default=False)
    judging_since: Mapped[datetime | None]
    """Since when the panellist has given anything; from then on the seat stays."""
    recused_at: Mapped[datetime | None]
    recusal: Mapped[str] = mapped_column(Text, default="")

    panellist: Mapped[Panellist] = relationship(lazy="joined")


class Clearance(Numbered, Base):
    """That a tie is none for one participant: a false positive, cleared with a reason."""

    __tablename__ = "conflict_clearance"
    __table_args__ = (UniqueConstraint("panellist_id", "participant_id"),)

    panellist_id: Mapped[int] = mapped_column(ForeignKey(Panellist.id, ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(ForeignKey(Participant.id))
    reason: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    at: Mapped[datetime]


class Draw(Numbered, Base):
    """A lot for the order of a panel's cases: the commitment is public before the seed is.

    `cases` are the codes that were drawn among, as they stood when the seed was committed to.
    """

    __tablename__ = "defence_draw"

    panel_id: Mapped[int] = mapped_column(ForeignKey(Panel.id, ondelete="CASCADE"), index=True)
    commitment: Mapped[str]
    committed_at: Mapped[datetime]
    sealed_seed: Mapped[str]
    """The seed, sealed with the key of the service until it is published."""
    cases: Mapped[list[Any]]
    seed: Mapped[str] = mapped_column(default="")
    word: Mapped[str] = mapped_column(default="")
    """What was called out when it was drawn; nobody knew it when the seed was committed to."""
    drawn_at: Mapped[datetime | None]
    order: Mapped[list[Any]] = mapped_column("drawn_order", default=list)
