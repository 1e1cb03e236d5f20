"""Counts of standings beside the due days, and names as they are sorted."""

import sqlalchemy as sa
from alembic import op

from player.alphabet import plain

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Nothing is counted yet: each school is when it is next looked at, or by its next round."""
    op.add_column("due_day", sa.Column("counted", sa.Date(), nullable=True))
    op.create_table(
        "standing_count",
        sa.Column("school_id", sa.String(32), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        _key("standing_count", "school"),
        _key("standing_count", "course"),
        sa.PrimaryKeyConstraint("school_id", "course_id", "urgency", name=op.f("pk_standing_count")),
    )
    op.create_table(
        "person_standing",
        sa.Column("school_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("urgency", "required", "in_date")),
        sa.Column("due", sa.Date(), nullable=True),
        _key("person_standing", "school"),
        _key("person_standing", "person"),
        sa.PrimaryKeyConstraint("school_id", "person_id", name=op.f("pk_person_standing")),
    )
    op.create_index(op.f("ix_person_standing_school_id"), "person_standing", ["school_id", "urgency"])
    op.drop_index(op.f("ix_enrolment_school_id"), "enrolment")
    op.create_index(op.f("ix_enrolment_school_id"), "enrolment", ["school_id", "course_id"])
    _add_plain_names()


def _add_plain_names() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    text = sa.String() if is_sqlite else sa.String(collation="C")
    op.add_column("membership", sa.Column("plain_name", text, nullable=False, server_default=""))
    stay = sa.table("membership", sa.column("id"), sa.column("name"), sa.column("plain_name"))
    rows = op.get_bind().execute(sa.select(stay.c.id, stay.c.name)).all()
    for row in rows:
        these = sa.update(stay).where(stay.c.id == row.id)
        op.get_bind().execute(these.values(plain_name=plain(row.name)))
    op.create_index("ix_membership_plain_name", "membership", ["school_id", "plain_name"])


def _key(table: str, of: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([f"{of}_id"], [f"{of}.id"], name=op.f(f"fk_{table}_{of}_id"))
