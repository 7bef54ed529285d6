"""The tables of scripts: what staff write, and the rows of the written tables."""

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from lib.library.tables.columns import metadata

scripts = Table(
    "scripts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", String, nullable=False),
    Column("browser", String, nullable=False),  # of whoever began it
    Column("title", Text, nullable=False),
    Column("kind", String, nullable=False),  # scripts.Kind
    Column("text", Text, nullable=False),  # of a dialogue or a document, as typed
    Column("form", JSON, nullable=False),  # model, voices, format, takes, mends
    Column("made_at_s", Float, nullable=False),
    Column("changed_at_s", Float, nullable=False),
    Column("deleted_at_s", Float),
    sqlite_autoincrement=True,
)

script_rows = Table(
    "script_rows",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("script_id", ForeignKey("scripts.id", ondelete="CASCADE"), nullable=False),
    Column("position", Float, nullable=False),  # between two others there is always room
    Column("title", Text, nullable=False),
    Column("voice", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("pause_after_s", Float),
    sqlite_autoincrement=True,  # clips remember the row that they are of
)
Index("script_rows_in_order", script_rows.c.script_id, script_rows.c.position, script_rows.c.id)
