"""Rule sets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    op.create_table(
        "stored_rule_set",
        sa.Column("rule_set", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("main", sa.String(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                name="rulesetstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'published') = (digest IS NOT NULL)",
            name=op.f("ck_stored_rule_set_digest_published"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_rule_set")),
        sa.UniqueConstraint("digest", name=op.f("uq_stored_rule_set_digest")),
    )


def downgrade() -> None:
    """Go back to the version before."""
    op.drop_table("stored_rule_set")
