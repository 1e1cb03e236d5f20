"""The records of a session's run-time data, such as interactions, have a row each."""

import json
import re
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

RECORD = re.compile(r"(cmi\.[a-z_]+\.[0-9]+)\.")
COLLECTIONS = ("interactions", "objectives", "comments_from_learner", "comments_from_lms")
SESSION = sa.table("session", sa.column("id"), sa.column("values"))
AT_ONCE = 500


def upgrade() -> None:
    """Take the records out of the text of the session's values, and write a row for each."""
    made = op.create_table(
        "session_record",
        sa.Column("session_id", sa.String(32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("elements", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_session_record_session_id")),
        sa.PrimaryKeyConstraint("session_id", "name", name=op.f("pk_session_record")),
        sqlite_with_rowid=False,
    )
    tx, last = op.get_bind(), ""
    has_records = sa.or_(*(SESSION.c["values"].like(f'%"cmi.{name}.%') for name in COLLECTIONS))
    while True:
        rows = tx.execute(
            sa.select(SESSION).where(has_records, SESSION.c.id > last).order_by(SESSION.c.id).limit(AT_ONCE)
        ).all()
        if not rows:
            return
        for session, values in rows:
            _separate(tx, made, session, values)
        last = rows[-1].id


def _separate(tx: sa.Connection, made: sa.Table, session: str, values: str) -> None:
    state: dict[str, Any] = json.loads(values)
    alone: dict[str, str] = {}
    records: dict[str, dict[str, str]] = {}
    for name, value in state.get("values", {}).items():
        record = RECORD.match(name)
        (records.setdefault(record[1], {}) if record else alone)[name] = value
    if not records:
        return
    kept = json.dumps({**state, "values": alone})
    tx.execute(sa.update(SESSION).where(SESSION.c.id == session).values(values=kept))
    tx.execute(
        made.insert(),
        [
            {"session_id": session, "name": name, "elements": json.dumps(each)}
            for name, each in records.items()
        ],
    )
