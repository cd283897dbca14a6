"""Evidence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    op.create_table(
        "evidence_file",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("source_sha256", sa.String(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("evidence_date", sa.Date(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("taken_out", sa.JSON(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_evidence_file_participant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_file")),
    )
    with op.batch_alter_table("evidence_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evidence_file_participant_id"), ["participant_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_evidence_file_participant_id_source_sha256"),
            ["participant_id", "source_sha256"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_evidence_file_sha256"), ["sha256"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_evidence_file_source_sha256"), ["source_sha256"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_evidence_file_storage_key"), ["storage_key"], unique=False
        )

    op.create_table(
        "evidence_link",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["evidence_file.id"],
            name=op.f("fk_evidence_link_file_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_link")),
        sa.UniqueConstraint(
            "file_id", "indicator", name=op.f("uq_evidence_link_file_id_indicator")
        ),
    )
    op.create_table(
        "evidence_upload",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("chunks", sa.JSON(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["evidence_file.id"],
            name=op.f("fk_evidence_upload_file_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_evidence_upload_participant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_upload")),
        sa.UniqueConstraint("token", name=op.f("uq_evidence_upload_token")),
    )
    with op.batch_alter_table("evidence_upload", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evidence_upload_created_at"), ["created_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_evidence_upload_participant_id"), ["participant_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_evidence_upload_storage_key"), ["storage_key"], unique=False
        )


def downgrade() -> None:
    """Go back to the version before."""
    with op.batch_alter_table("evidence_upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_upload_storage_key"))
        batch_op.drop_index(batch_op.f("ix_evidence_upload_participant_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_upload_created_at"))

    op.drop_table("evidence_upload")
    op.drop_table("evidence_link")
    with op.batch_alter_table("evidence_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_file_storage_key"))
        batch_op.drop_index(batch_op.f("ix_evidence_file_source_sha256"))
        batch_op.drop_index(batch_op.f("ix_evidence_file_sha256"))
        batch_op.drop_index(
            batch_op.f("ix_evidence_file_participant_id_source_sha256"),
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_evidence_file_participant_id"))

    op.drop_table("evidence_file")
