"""The table of the lexicon."""

from sqlalchemy import Boolean, Column, Float, Integer, String, Table, Text

from lib.library.tables.columns import metadata

lexicon = Table(
    "lexicon",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("word", String, nullable=False),
    Column("say_as", Text, nullable=False),  # empty: the word is left out
    Column("note", Text, nullable=False),
    Column("match_case", Boolean, nullable=False),
    Column("whole_word", Boolean, nullable=False),
    Column("changed_at_s", Float, nullable=False),
    Column("deleted_at_s", Float),
    sqlite_autoincrement=True,
)
