"""Rounds and their frozen register."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    op.create_table(
        "round",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "open",
                "closed",
                name="roundstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
    )
    op.create_table(
        "participant",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "working_committee",
                "committee",
                "general_branch",
                "branch",
                "joint_branch",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("committee", sa.String(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("founded", sa.Date(), nullable=True),
        sa.Column("secretary", sa.String(), nullable=False),
        sa.Column("attributes", sa.JSON(), nullable=False),
        sa.Column("previous_level", sa.String(), nullable=False),
        sa.Column("years_at_level", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["organisation.id"], name=op.f("fk_participant_committee_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_participant_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_participant_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint(
            "round_id", "organisation_id", name=op.f("uq_participant_round_id_organisation_id")
        ),
    )
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_participant_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_participant_round_id_committee_id_sort_key"),
            ["round_id", "committee_id", "sort_key"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_participant_round_id_path"), ["round_id", "path"], unique=False
        )

    op.create_table(
        "round_rule_set",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("stored_rule_set_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_rule_set_round_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["stored_rule_set_id"],
            ["stored_rule_set.id"],
            name=op.f("fk_round_rule_set_stored_rule_set_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_rule_set")),
        sa.UniqueConstraint(
            "round_id", "category", name=op.f("uq_round_rule_set_round_id_category")
        ),
    )
    with op.batch_alter_table("round_rule_set", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_round_rule_set_stored_rule_set_id"), ["stored_rule_set_id"], unique=False
        )

    op.create_table(
        "round_step",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "opens_at < closes_at", name=op.f("ck_round_step_opens_before_it_closes")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_step_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_step")),
        sa.UniqueConstraint("round_id", "step", name=op.f("uq_round_step_round_id_step")),
    )


def downgrade() -> None:
    """Go back to the version before."""
    op.drop_table("round_step")
    with op.batch_alter_table("round_rule_set", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_round_rule_set_stored_rule_set_id"))

    op.drop_table("round_rule_set")
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participant_round_id_path"))
        batch_op.drop_index(batch_op.f("ix_participant_round_id_committee_id_sort_key"))
        batch_op.drop_index(batch_op.f("ix_participant_organisation_id"))

    op.drop_table("participant")
    op.drop_table("round")
