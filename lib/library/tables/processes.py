"""The tables of server processes, and of the recordings that each of them has claimed."""

from sqlalchemy import Column, Float, Integer, String, Table

from lib.library.tables.columns import metadata

processes = Table(
    "processes",
    metadata,
    Column("id", String, primary_key=True),
    Column("host", String, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("lease_ends_at_s", Float, nullable=False),  # in the database's own time
)

claims = Table(
    "claims",
    metadata,
    Column("key", String, primary_key=True),
    Column("process", String, nullable=False),
    Column("made_at_s", Float, nullable=False),
)
