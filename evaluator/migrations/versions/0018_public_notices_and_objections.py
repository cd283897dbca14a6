"""Public notices and objections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    op.create_table(
        "objection_attempt",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_attempt")),
    )
    with op.batch_alter_table("objection_attempt", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_objection_attempt_address_at"), ["address", "at"], unique=False
        )

    op.create_table(
        "public_notice",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "first_day <= last_day", name=op.f("ck_public_notice_first_to_last_day")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_public_notice_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_notice")),
    )
    with op.batch_alter_table("public_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_public_notice_round_id"), ["round_id"], unique=False)

    op.create_table(
        "public_notice_correction",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_public_notice_correction_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["public_notice.id"],
            name=op.f("fk_public_notice_correction_notice_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_notice_correction")),
        sa.UniqueConstraint(
            "notice_id", "number", name=op.f("uq_public_notice_correction_notice_id_number")
        ),
    )
    op.create_table(
        "public_notice_entry",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["public_notice.id"],
            name=op.f("fk_public_notice_entry_notice_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_public_notice_entry_participant_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_notice_entry")),
        sa.UniqueConstraint(
            "notice_id",
            "participant_id",
            name=op.f("uq_public_notice_entry_notice_id_participant_id"),
        ),
    )
    with op.batch_alter_table("public_notice_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_public_notice_entry_participant_id"), ["participant_id"], unique=False
        )

    op.create_table(
        "objection",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "filed",
                "under_check",
                "upheld",
                "not_upheld",
                "not_admitted",
                name="objectionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["public_notice_entry.id"], name=op.f("fk_objection_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["outcome_by"], ["account.id"], name=op.f("fk_objection_outcome_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_objection_code_digest")),
    )
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_objection_state_filed_at"), ["state", "filed_at"], unique=False
        )

    op.create_table(
        "objection_attachment",
        sa.Column("objection_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["objection_id"],
            ["objection.id"],
            name=op.f("fk_objection_attachment_objection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_attachment")),
    )
    with op.batch_alter_table("objection_attachment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_objection_attachment_objection_id"), ["objection_id"], unique=False
        )

    op.create_table(
        "objection_handler",
        sa.Column("objection_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("upholds", sa.Boolean(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_objection_handler_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"],
            ["objection.id"],
            name=op.f("fk_objection_handler_objection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_handler")),
        sa.UniqueConstraint(
            "objection_id", "account_id", name=op.f("uq_objection_handler_objection_id_account_id")
        ),
    )
    with op.batch_alter_table("objection_handler", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_objection_handler_account_id"), ["account_id"], unique=False
        )


def downgrade() -> None:
    """Go back to the version before."""
    with op.batch_alter_table("objection_handler", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objection_handler_account_id"))

    op.drop_table("objection_handler")
    with op.batch_alter_table("objection_attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objection_attachment_objection_id"))

    op.drop_table("objection_attachment")
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objection_state_filed_at"))

    op.drop_table("objection")
    with op.batch_alter_table("public_notice_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_public_notice_entry_participant_id"))

    op.drop_table("public_notice_entry")
    op.drop_table("public_notice_correction")
    with op.batch_alter_table("public_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_public_notice_round_id"))

    op.drop_table("public_notice")
    with op.batch_alter_table("objection_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objection_attempt_address_at"))

    op.drop_table("objection_attempt")
