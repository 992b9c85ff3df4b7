"""Finding what happened to one record without reading the whole trail."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_audit_object", "audit", ["kind", "object_id"])


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup instead")
