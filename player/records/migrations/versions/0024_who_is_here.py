"""An index for who is at a school; the due day of a person is the first of what is to be done."""

from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """The index counts the people of teams and finds those who have left. The kept due days follow the rule
    before this one: a school is counted anew when somebody next looks at it, or by its next round."""
    op.create_index("ix_membership_until", "membership", ["school_id", "until", "person_id"])
    op.execute("UPDATE due_day SET counted = NULL")
