"""Fresh starts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Who gave whom every try of a course again, and when."""
    op.create_table(
        "fresh_start",
        sa.Column("registration_id", sa.String(length=32), nullable=False),
        sa.Column("given", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_fresh_start_person_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_fresh_start_registration_id")
        ),
        sa.PrimaryKeyConstraint("registration_id", "given", name=op.f("pk_fresh_start")),
    )
