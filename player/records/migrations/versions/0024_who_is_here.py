"""An index for who is at a school; the due day of a person is the first of what is to be done."""

from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Teams are counted from it, and those who have left are found by it. Kept due days are of the old rule:
    each school is counted anew when it is next looked at, or by its next round."""
    op.create_index("ix_membership_until", "membership", ["school_id", "until", "person_id"])
    op.execute("UPDATE due_day SET counted = NULL")
