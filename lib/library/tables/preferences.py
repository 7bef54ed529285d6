"""The table of preferences."""

from sqlalchemy import JSON, Column, String, Table

from lib.library.tables.columns import metadata

preferences = Table(
    "preferences",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", JSON, nullable=False),
)
