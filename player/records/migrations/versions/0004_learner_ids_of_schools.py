"""Learner ids of schools."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ROLES = sa.CheckConstraint("role IN ('learner', 'manager', 'administrator')", name=op.f("ck_person_role"))


def upgrade() -> None:
    """Two schools may call different people by the same id. SQLite makes the table anew for that."""
    with op.batch_alter_table("person", table_args=(ROLES,)) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_person_learner_id"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_person_school_id"))
        batch_op.create_unique_constraint(
            batch_op.f("uq_person_school_id_learner_id"), ["school_id", "learner_id"]
        )
