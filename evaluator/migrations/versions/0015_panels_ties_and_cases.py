"""Panels, ties and cases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    op.create_table(
        "panel",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_panel_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel")),
        sa.UniqueConstraint("round_id", "name", name=op.f("uq_panel_round_id_name")),
    )
    op.create_table(
        "panel_rules",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("former_years", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "former_years >= 0", name=op.f("ck_panel_rules_former_years_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_panel_rules_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_rules")),
        sa.UniqueConstraint("round_id", name=op.f("uq_panel_rules_round_id")),
    )
    op.create_table(
        "panellist",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("competences", sa.JSON(), nullable=False),
        sa.Column("most_cases", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_panellist_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panellist")),
        sa.UniqueConstraint("account_id", name=op.f("uq_panellist_account_id")),
    )
    op.create_table(
        "conflict_clearance",
        sa.Column("panellist_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_conflict_clearance_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["panellist_id"],
            ["panellist.id"],
            name=op.f("fk_conflict_clearance_panellist_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_conflict_clearance_participant_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_clearance")),
        sa.UniqueConstraint(
            "panellist_id",
            "participant_id",
            name=op.f("uq_conflict_clearance_panellist_id_participant_id"),
        ),
    )
    op.create_table(
        "defence_case",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("is_calibration", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_defence_case_panel_id")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_defence_case_participant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_defence_case")),
        sa.UniqueConstraint("panel_id", "position", name=op.f("uq_defence_case_panel_id_position")),
        sa.UniqueConstraint("participant_id", name=op.f("uq_defence_case_participant_id")),
    )
    op.create_table(
        "defence_draw",
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.String(), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_seed", sa.String(), nullable=False),
        sa.Column("cases", sa.JSON(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drawn_order", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["panel_id"], ["panel.id"], name=op.f("fk_defence_draw_panel_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_defence_draw")),
    )
    with op.batch_alter_table("defence_draw", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_defence_draw_panel_id"), ["panel_id"], unique=False)

    op.create_table(
        "panel_member",
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("panellist_id", sa.Integer(), nullable=False),
        sa.Column("is_chair", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["panel_id"], ["panel.id"], name=op.f("fk_panel_member_panel_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["panellist_id"], ["panellist.id"], name=op.f("fk_panel_member_panellist_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_member")),
        sa.UniqueConstraint(
            "panel_id", "panellist_id", name=op.f("uq_panel_member_panel_id_panellist_id")
        ),
    )
    op.create_table(
        "panellist_tie",
        sa.Column("panellist_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "own",
                "former_post",
                "declared",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "until IS NULL OR since <= until", name=op.f("ck_panellist_tie_since_until")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_panellist_tie_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["panellist_id"],
            ["panellist.id"],
            name=op.f("fk_panellist_tie_panellist_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panellist_tie")),
    )
    with op.batch_alter_table("panellist_tie", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_panellist_tie_panellist_id"), ["panellist_id"], unique=False
        )

    op.create_table(
        "defence_seat",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("panellist_id", sa.Integer(), nullable=False),
        sa.Column("is_fixed", sa.Boolean(), nullable=False),
        sa.Column("judging_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recusal", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["defence_case.id"],
            name=op.f("fk_defence_seat_case_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["panellist_id"], ["panellist.id"], name=op.f("fk_defence_seat_panellist_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_defence_seat")),
        sa.UniqueConstraint(
            "case_id", "panellist_id", name=op.f("uq_defence_seat_case_id_panellist_id")
        ),
    )
    with op.batch_alter_table("defence_seat", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_defence_seat_panellist_id"), ["panellist_id"], unique=False
        )


def downgrade() -> None:
    """Go back to the version before."""
    with op.batch_alter_table("defence_seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_defence_seat_panellist_id"))

    op.drop_table("defence_seat")
    with op.batch_alter_table("panellist_tie", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_panellist_tie_panellist_id"))

    op.drop_table("panellist_tie")
    op.drop_table("panel_member")
    with op.batch_alter_table("defence_draw", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_defence_draw_panel_id"))

    op.drop_table("defence_draw")
    op.drop_table("defence_case")
    op.drop_table("conflict_clearance")
    op.drop_table("panellist")
    op.drop_table("panel_rules")
    op.drop_table("panel")
