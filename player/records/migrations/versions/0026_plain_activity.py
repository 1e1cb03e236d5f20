"""The words of the activity log in plain letters: SQLite knows the capitals of English only."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """New entries have them. The others stay as they are: the log is only added to, and may be long."""
    op.add_column("audit", sa.Column("plain", sa.Text(), nullable=True))
