"""The day for which a school is being counted, some people at a time."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """No school is being counted."""
    op.add_column("due_day", sa.Column("counting", sa.Date(), nullable=True))
