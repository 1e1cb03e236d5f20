"""Sessions without an end."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Nothing read when a session ended. A snapshot's column is named for what it holds."""
    op.drop_column("session", "ended")
    op.alter_column("snapshot", "told", new_column_name="packed", existing_type=sa.LargeBinary())
