"""What Alembic runs: the migrations of `versions/` on the connection that it is given."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from evaluator.database import UtcDateTime
from evaluator.tables import METADATA


def run(connection: Connection) -> None:
    """Run migrations in one transaction; SQLite copies a table where it cannot alter it."""
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=True,
        compare_type=True,
        render_item=_render,
        include_object=_included,
    )
    with context.begin_transaction():
        context.run_migrations()


def _included(item: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """Return whether a table is looked at: all are, unless a new migration is for some alone."""
    only = context.config.attributes.get("only")
    return only is None or kind != "table" or name in only


def _render(_kind: str, item: Any, _autogenerate: AutogenContext) -> str | Literal[False]:
    """Write our own types as those that they are kept in: a migration must not change with us."""
    return "sa.DateTime(timezone=True)" if isinstance(item, UtcDateTime) else False


run(context.config.attributes["connection"])
