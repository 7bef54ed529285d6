"""The tables of recordings, and of the files that were written into the store."""

from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, LargeBinary, String, Table, Text

from lib.library.tables.columns import Usd, metadata

recordings = Table(
    "recordings",
    metadata,
    Column("key", String, primary_key=True),
    Column("owner", String, nullable=False),  # who ordered it; everybody may reuse it
    Column("model", String, nullable=False),
    Column("voice", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("format", String, nullable=False),
    Column("take", Integer, nullable=False),
    Column("file", String, nullable=False),
    Column("media_type", String, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("length_s", Float, nullable=False),
    Column("rate_hz", Integer, nullable=False),
    Column("peaks", LargeBinary, nullable=False),
    Column("usd", Usd),
    Column("usd_is_exact", Boolean, nullable=False),
    Column("reference", String),
    Column("made_at_s", Float, nullable=False),
)

# Files in the store that this library wrote. Other files are never deleted.
written = Table(
    "written",
    metadata,
    Column("name", String, primary_key=True),
    Column("written_at_s", Float, nullable=False),
    Column("paid", Boolean, nullable=False),  # the sound was paid for and is in no other file
    Column("trashed_at_s", Float),
)
