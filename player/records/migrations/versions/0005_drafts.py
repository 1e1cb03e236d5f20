"""Drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """A package says whether it is a draft; those imported before said nothing."""
    op.add_column("version", sa.Column("draft", sa.Boolean(), nullable=False, server_default=sa.false()))
