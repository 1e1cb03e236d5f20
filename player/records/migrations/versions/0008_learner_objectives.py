"""Global objectives of a learner."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

WRITTEN = sa.text(
    "SELECT enrolment.person_id, version.course_id, version.package, registration.tree FROM registration"
    " JOIN enrolment ON enrolment.id = registration.enrolment_id"
    " JOIN version ON version.id = registration.version_id"
    " WHERE version.standard = '2004' AND registration.tree LIKE '%\"objectives\"%'"
    " ORDER BY registration.started, registration.id"
)


def upgrade() -> None:
    """What each course has written for a learner; until now every registration kept its own. A session keeps
    what had been awarded before it, and why it led where it did."""
    empty = sa.text("'{}'")
    for table in ("session", "commit"):
        op.add_column(table, sa.Column("objectives", sa.Text(), nullable=False, server_default=empty))
    op.add_column("session", sa.Column("awarded", sa.Text(), nullable=True))
    op.add_column("session", sa.Column("notes", sa.Text(), nullable=False, server_default=sa.text("'[]'")))
    objectives = op.create_table(
        "learner_objectives",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("earlier", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_learner_objectives_course_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_learner_objectives_person_id")),
        sa.PrimaryKeyConstraint("person_id", "course_id", name=op.f("pk_learner_objectives")),
    )
    rows = [
        {"person_id": person, "course_id": course, "present": json.dumps(written), "earlier": "{}"}
        for (person, course), written in _written().items()
    ]
    if rows:
        op.bulk_insert(objectives, rows)


def _written() -> dict[tuple[str, str], dict[str, Any]]:
    """The objectives of each registration's tree, in the order in which the registrations began."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for order, (person, course, package, tree) in enumerate(op.get_bind().execute(WRITTEN), start=1):
        objectives = json.loads(tree).get("objectives") if _is_global(json.loads(package)) else None
        for target, values in (objectives or {}).items():
            known = found.setdefault((person, course), {}).setdefault(target, {})
            known.update({name: [value, order] for name, value in values.items()})
    return found


def _is_global(package: dict[str, Any]) -> bool:
    organizations = package["organizations"]
    played = [o for o in organizations if o["identifier"] == package.get("default_organization")]
    return bool((played or organizations)[0].get("objectives_global_to_system", True))
