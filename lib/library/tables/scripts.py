"""The tables of scripts and of their rows."""

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from lib.library.tables.columns import metadata

scripts = Table(
    "scripts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", String, nullable=False),
    Column("browser", String, nullable=False),  # the one that began it
    Column("title", Text, nullable=False),
    Column("kind", String, nullable=False),  # scripts.Kind
    Column("text", Text, nullable=False),  # a dialogue or a document, as typed
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
    Column("position", Float, nullable=False),  # a float, so that a row fits between two others
    Column("title", Text, nullable=False),
    Column("voice", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("pause_after_s", Float),
    Column("speaker", String, nullable=False, server_default=""),
    Column("start_s", Float),  # of captions: when it is heard in the joined sound
    Column("end_s", Float),
    sqlite_autoincrement=True,  # clips refer to their row by its id
)
Index("script_rows_in_order", script_rows.c.script_id, script_rows.c.position, script_rows.c.id)
