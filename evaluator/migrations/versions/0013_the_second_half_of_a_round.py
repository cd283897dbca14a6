"""The second half of a round: more states of an application."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

FIRST = ("draft", "submitted", "returned", "reviewed")
SECOND = ("in_defence", "defended", "decided", "unrated", "on_notice", "objected", "awarded")


def upgrade() -> None:
    """Go to this version."""
    _change(_states(*FIRST), _states(*FIRST, *SECOND))


def downgrade() -> None:
    """Go back to the version before: whoever was further has only been reviewed."""
    application = sa.table("application", sa.column("state", sa.String))
    op.execute(application.update().where(application.c.state.in_(SECOND)).values(state="reviewed"))
    _change(_states(*FIRST, *SECOND), _states(*FIRST))


def _change(before: sa.Enum, after: sa.Enum) -> None:
    with op.batch_alter_table("application") as table:
        table.alter_column("state", existing_type=before, type_=after, existing_nullable=False)


def _states(*names: str) -> sa.Enum:
    return sa.Enum(
        *names, name="applicationstate", native_enum=False, create_constraint=True, length=40
    )
