"""Signed certificates and changes by two."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    op.create_table(
        "certificate_signing_run",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_certificate_signing_run_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["certificate_batch.id"],
            name=op.f("fk_certificate_signing_run_batch_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_certificate_signing_run_job_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_signing_run")),
        sa.UniqueConstraint("batch_id", name=op.f("uq_certificate_signing_run_batch_id")),
    )
    op.create_table(
        "certificate_proposal",
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "replace",
                "revoke",
                "end",
                name="proposalkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> proposed_by",
            name=op.f("ck_certificate_proposal_second_person"),
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_proposal_certificate_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["account.id"], name=op.f("fk_certificate_proposal_confirmed_by")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["account.id"], name=op.f("fk_certificate_proposal_proposed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_proposal")),
    )
    with op.batch_alter_table("certificate_proposal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certificate_proposal_certificate_id"), ["certificate_id"], unique=False
        )
        batch_op.create_index(
            "one_pending",
            ["certificate_id"],
            unique=True,
            sqlite_where=sa.text("confirmed_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("confirmed_at IS NULL AND withdrawn_at IS NULL"),
        )

    op.create_table(
        "certificate_signed_file",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_signed_file_certificate_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["certificate_signing_run.id"],
            name=op.f("fk_certificate_signed_file_run_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_signed_file")),
        sa.UniqueConstraint(
            "certificate_id", name=op.f("uq_certificate_signed_file_certificate_id")
        ),
    )
    with op.batch_alter_table("certificate_signed_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certificate_signed_file_run_id"), ["run_id"], unique=False
        )


def downgrade() -> None:
    """Go back to the version before."""
    with op.batch_alter_table("certificate_signed_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_signed_file_run_id"))

    op.drop_table("certificate_signed_file")
    with op.batch_alter_table("certificate_proposal", schema=None) as batch_op:
        batch_op.drop_index(
            "one_pending",
            sqlite_where=sa.text("confirmed_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("confirmed_at IS NULL AND withdrawn_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_certificate_proposal_certificate_id"))

    op.drop_table("certificate_proposal")
    op.drop_table("certificate_signing_run")
