"""The register of organisations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    op.create_table(
        "organisation",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.Column(
            "tier",
            sa.Enum(
                "district",
                "committee",
                "branch",
                name="tier",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
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
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("founded", sa.Date(), nullable=True),
        sa.Column("secretary", sa.String(), nullable=False),
        sa.Column("attributes", sa.JSON(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "active",
                "merged",
                "split",
                "dissolved",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(parent_id IS NULL) = (tier = 'district')",
            name=op.f("ck_organisation_root_is_district"),
        ),
        sa.CheckConstraint("members >= 0", name=op.f("ck_organisation_members_not_negative")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_code")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisation_path"), ["path"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_organisation_tier_status_sort_key"),
            ["tier", "status", "sort_key"],
            unique=False,
        )

    op.create_table(
        "organisation_change",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_change_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_change")),
    )
    with op.batch_alter_table("organisation_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_change_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "standing_level",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_standing_level_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_level")),
        sa.UniqueConstraint(
            "organisation_id", "year", name=op.f("uq_standing_level_organisation_id_year")
        ),
    )
    op.create_table(
        "succession",
        sa.Column("predecessor_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["organisation.id"], name=op.f("fk_succession_predecessor_id")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["organisation.id"], name=op.f("fk_succession_successor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_succession")),
        sa.UniqueConstraint(
            "predecessor_id", "successor_id", name=op.f("uq_succession_predecessor_id_successor_id")
        ),
    )
    with op.batch_alter_table("succession", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_succession_successor_id"), ["successor_id"], unique=False
        )


def downgrade() -> None:
    """Go back to the version before."""
    with op.batch_alter_table("succession", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_succession_successor_id"))

    op.drop_table("succession")
    op.drop_table("standing_level")
    with op.batch_alter_table("organisation_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_change_organisation_id"))

    op.drop_table("organisation_change")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_tier_status_sort_key"))
        batch_op.drop_index(batch_op.f("ix_organisation_path"))
        batch_op.drop_index(batch_op.f("ix_organisation_parent_id"))

    op.drop_table("organisation")
