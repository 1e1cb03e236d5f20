"""An index for the activity log of a school, filtered by what was done."""

from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """The newest entries of an action are found without reading the others."""
    op.create_index("ix_audit_action", "audit", ["school_id", "action", "noun", "at"])
