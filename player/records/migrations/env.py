"""Run by Alembic: the connection is `Database.migrate`'s, or for a new revision the command line's."""

from alembic import context
from sqlalchemy import create_engine

from player.records.tables import Base

connection = context.config.attributes.get("connection")
if connection is None:
    connection = create_engine(context.config.get_main_option("sqlalchemy.url", "")).connect()
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
if connection.in_transaction():
    connection.commit()
