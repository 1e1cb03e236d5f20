"""An attempt may be evidence of several courses: its own, its source, an optional part."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

COUNTS = sa.text("voided IS NULL AND registration_id IS NOT NULL")


def upgrade() -> None:
    """What is there is of one course each."""
    op.drop_index("uq_evidence_attempt", "evidence")
    op.create_index(
        "uq_evidence_attempt",
        "evidence",
        ["registration_id", "attempt", "course_id"],
        unique=True,
        sqlite_where=COUNTS,
        postgresql_where=COUNTS,
    )
