"""Organisations are counted by the one above them from an index alone."""

from __future__ import annotations

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    op.create_index(
        "ix_organisation_status_parent_id_path", "organisation", ["status", "parent_id", "path"]
    )
    op.drop_index("ix_organisation_parent_id_status_path", table_name="organisation")


def downgrade() -> None:
    """Go back to the version before."""
    op.create_index(
        "ix_organisation_parent_id_status_path", "organisation", ["parent_id", "status", "path"]
    )
    op.drop_index("ix_organisation_status_parent_id_path", table_name="organisation")
