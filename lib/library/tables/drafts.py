"""The table of drafts."""

from sqlalchemy import JSON, Column, Float, String, Table

from lib.library.tables.columns import metadata

drafts = Table(
    "drafts",
    metadata,
    Column("browser", String, primary_key=True),
    Column("page", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("body", JSON, nullable=False),
    Column("changed_at_s", Float, nullable=False),
)
