"""Known facts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    op.create_table(
        "known_fact",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("brought_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_known_fact_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_fact")),
        sa.UniqueConstraint(
            "organisation_id", "year", "fact", name=op.f("uq_known_fact_organisation_id_year_fact")
        ),
    )


def downgrade() -> None:
    """Go back to the version before."""
    op.drop_table("known_fact")
