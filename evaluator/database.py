"""The database: the base of all tables, their common columns, and the unit of work of a request."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, ClassVar

from flask.sansio.app import App
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, Enum, MetaData, event
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    SessionTransaction,
    UOWTransaction,
    declared_attr,
    mapped_column,
)
from sqlalchemy.types import JSON, TypeDecorator

from evaluator import rested as rested  # it listens to all engines
from evaluator.precedence import PRECEDENCE
from evaluator.sqlite import begin_writing

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Database(SQLAlchemy):
    """The sessions of the service, one a request, without the extension's asynchronous half."""

    def init_app(self, app: App) -> None:
        """Give an app its engine and sessions.

        The extension would start an event loop at the end of every request to close asynchronous
        sessions, of which there are none.
        """
        super().init_app(app)
        app.teardown_appcontext_funcs = [
            each
            for each in app.teardown_appcontext_funcs
            if each.__name__ != "_close_async_sessions"
        ]


db = Database(session_options={"expire_on_commit": False})

CHOICES = Enum(
    enum.Enum,
    native_enum=False,
    create_constraint=True,
    length=40,
    values_callable=lambda choices: [choice.value for choice in choices],
)
"""A column of an enumeration: the values as text under a check, the same on every database."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept in UTC; a moment without its zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} names no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment with its zone; SQLite keeps none."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Base(DeclarativeBase):
    """The base of all tables: every constraint has a name, so that migrations can speak of it."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        enum.Enum: CHOICES,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


class Numbered:
    """A row that is known by a number."""

    id: Mapped[int] = mapped_column(primary_key=True)


class Versioned(Numbered):
    """A row that two people may edit: a writer who read an older version is refused."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


def _this_moment() -> datetime:
    return datetime.now(UTC)


CLOCK: ContextVar[Callable[[], datetime]] = ContextVar("clock", default=_this_moment)
"""The one clock of the service; another one runs while the past of the demonstration is made."""


def now() -> datetime:
    """Return this moment, as the clock has it."""
    return CLOCK.get()()


@contextmanager
def unit_of_work(session: Session) -> Iterator[Session]:
    """Commit what is done inside as a whole, its audit lines with it, or nothing of it."""
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


def only_read(session: Session) -> None:
    """Begin a unit of work that only reads; `take_turn` lets it write as well."""
    session.connection(execution_options={"writes": False})


def take_turn(session: Session) -> None:
    """Let a unit of work write that has only read so far; on SQLite it waits until it may.

    It sees what others did meanwhile, as each statement does on PostgreSQL: what is decided by rows
    that were read before is read anew, or compared by its version.
    """
    PRECEDENCE.give_way()
    session.autoflush = True
    connection = session.connection()
    only_reads = not connection.get_execution_options().get("writes", True)
    # Within a savepoint it is a part of something larger, which has its turn.
    if (
        connection.dialect.name == "sqlite"
        and only_reads
        and not connection.in_nested_transaction()
    ):
        connection.exec_driver_sql("COMMIT")
        # Nobody else can write until this unit of work is over.
        PRECEDENCE.hold_for_all()
        begin_writing(connection)
        connection.execution_options(writes=True)
    PRECEDENCE.hold()


@event.listens_for(Session, "before_flush")
def _turn_before_writing(session: Session, _context: UOWTransaction, _objects: Any) -> None:
    """Take the turn before anything is written, for a unit of work that ends without it."""
    take_turn(session)


@event.listens_for(Session, "after_transaction_end")
def _let_go(_session: Session, transaction: SessionTransaction) -> None:
    """Go first no longer than the turn to write lasts."""
    if transaction.parent is None:
        PRECEDENCE.let_go()


@event.listens_for(Engine, "before_cursor_execute")
def _give_way(*_statement: object) -> None:
    """Let saves go first before each statement of what only reads."""
    PRECEDENCE.give_way()
