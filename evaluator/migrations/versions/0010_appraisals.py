"""Appraisals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    op.create_table(
        "appraisal",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "codes", "paper", name="way", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "closed",
                name="appraisalstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)",
            name=op.f("ck_appraisal_closed_has_moment"),
        ),
        sa.CheckConstraint(
            "minimum BETWEEN 1 AND 10000", name=op.f("ck_appraisal_minimum_in_reach")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_appraisal_participant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal")),
        sa.UniqueConstraint("participant_id", name=op.f("uq_appraisal_participant_id")),
    )
    op.create_table(
        "ballot",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appraisal_id"],
            ["appraisal.id"],
            name=op.f("fk_ballot_appraisal_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
    )
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballot_appraisal_id"), ["appraisal_id"], unique=False)

    op.create_table(
        "ballot_code",
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appraisal_id"],
            ["appraisal.id"],
            name=op.f("fk_ballot_code_appraisal_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_ballot_code_code_hash")),
    )
    with op.batch_alter_table("ballot_code", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ballot_code_appraisal_id_used"), ["appraisal_id", "used"], unique=False
        )

    op.create_table(
        "paper_tally",
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("handed_out", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("scan_name", sa.String(), nullable=False),
        sa.Column("scan_type", sa.String(), nullable=False),
        sa.Column("scan_key", sa.String(), nullable=False),
        sa.Column("scan_digest", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appraisal_id"],
            ["appraisal.id"],
            name=op.f("fk_paper_tally_appraisal_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_tally")),
        sa.UniqueConstraint("appraisal_id", name=op.f("uq_paper_tally_appraisal_id")),
    )


def downgrade() -> None:
    """Go back to the version before."""
    op.drop_table("paper_tally")
    with op.batch_alter_table("ballot_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_code_appraisal_id_used"))

    op.drop_table("ballot_code")
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_appraisal_id"))

    op.drop_table("ballot")
    op.drop_table("appraisal")
