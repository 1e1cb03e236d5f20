"""Who is on long leave gets no reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Nobody is until somebody says so."""
    op.add_column(
        "membership", sa.Column("on_leave", sa.Boolean(), nullable=False, server_default=sa.false())
    )
