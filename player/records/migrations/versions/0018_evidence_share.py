"""Evidence that somebody shows to another school of theirs."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Nothing is shown yet."""
    op.create_table(
        "evidence_share",
        sa.Column("evidence_id", sa.String(32), nullable=False),
        sa.Column("school_id", sa.String(32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint([f"{of}_id"], [f"{of}.id"], name=op.f(f"fk_evidence_share_{of}_id"))
            for of in ("evidence", "school")
        ),
        sa.PrimaryKeyConstraint("evidence_id", "school_id", name=op.f("pk_evidence_share")),
    )
    op.create_index(op.f("ix_evidence_share_school_id"), "evidence_share", ["school_id"])
