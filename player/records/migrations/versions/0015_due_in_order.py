"""Due days in the order of schools."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """SQLite keeps the table in the order of its key, so that a school is read in one piece. What it holds is
    derived: each school is computed anew when it is next looked at."""
    op.drop_table("due")
    op.execute(sa.text("DELETE FROM due_day"))
    keys = [
        sa.ForeignKeyConstraint([f"{of}_id"], [f"{of}.id"], name=op.f(f"fk_due_{of}_id"))
        for of in ("school", "person", "course")
    ]
    op.create_table(
        "due",
        sa.Column("school_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("required_since", "due", "opens", "done")),
        *keys,
        sa.PrimaryKeyConstraint("school_id", "person_id", "course_id", name=op.f("pk_due")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_due_school_id"), "due", ["school_id", "course_id", "due"])
