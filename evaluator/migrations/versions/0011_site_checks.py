"""Site checks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    op.create_table(
        "site_check_draw",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "percent BETWEEN 1 AND 100", name=op.f("ck_site_check_draw_percent_is_a_share")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_site_check_draw_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_check_draw")),
        sa.UniqueConstraint("round_id", name=op.f("uq_site_check_draw_round_id")),
    )
    op.create_table(
        "site_check",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "finished",
                name="sitecheckstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'finished') = (finished_at IS NOT NULL)",
            name=op.f("ck_site_check_finished_has_moment"),
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_site_check_participant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_check")),
        sa.UniqueConstraint("participant_id", name=op.f("uq_site_check_participant_id")),
    )
    op.create_table(
        "site_check_photo",
        sa.Column("site_check_id", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_check_id"],
            ["site_check.id"],
            name=op.f("fk_site_check_photo_site_check_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_check_photo")),
    )
    with op.batch_alter_table("site_check_photo", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_site_check_photo_site_check_id"), ["site_check_id"], unique=False
        )


def downgrade() -> None:
    """Go back to the version before."""
    with op.batch_alter_table("site_check_photo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_site_check_photo_site_check_id"))

    op.drop_table("site_check_photo")
    op.drop_table("site_check")
    op.drop_table("site_check_draw")
