"""Lists of organisations from an index."""

from __future__ import annotations

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    op.drop_index("ix_organisation_parent_id", table_name="organisation")
    op.create_index(
        "ix_organisation_parent_id_status_path", "organisation", ["parent_id", "status", "path"]
    )
    op.create_index(
        "ix_organisation_status_sort_key_id_path",
        "organisation",
        ["status", "sort_key", "id", "path"],
    )


def downgrade() -> None:
    """Go back to the version before."""
    op.drop_index("ix_organisation_status_sort_key_id_path", table_name="organisation")
    op.drop_index("ix_organisation_parent_id_status_path", table_name="organisation")
    op.create_index("ix_organisation_parent_id", "organisation", ["parent_id"])
