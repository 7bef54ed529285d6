"""The tables of auditions, and of listening tests with their ballots."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from lib.library.tables.columns import metadata

# The loudness of a sound file, measured when it is first compared. lufs: empty for silence.
loudness = Table(
    "loudness",
    metadata,
    Column("file", String, primary_key=True),
    Column("lufs", Float),
    Column("peak", Float, nullable=False),  # true peak, 1.0 for full scale
)

auditions = Table(
    "auditions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", String, nullable=False),
    Column("browser", String, nullable=False),  # the one that began it
    Column("title", Text, nullable=False),  # empty until it is saved under a name
    Column("script", Text, nullable=False),
    Column("made_at_s", Float, nullable=False),
    Column("changed_at_s", Float, nullable=False),
    Column("deleted_at_s", Float),
    sqlite_autoincrement=True,
)

candidates = Table(
    "candidates",
    metadata,
    Column("audition_id", ForeignKey("auditions.id", ondelete="CASCADE"), primary_key=True),
    Column("clip_id", ForeignKey("clips.id", ondelete="CASCADE"), primary_key=True),
    Column("stars", Integer),
    Column("remark", Text, nullable=False, default=""),
)
Index("candidates_by_clip", candidates.c.clip_id)

listening_tests = Table(
    "listening_tests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token", String, nullable=False, unique=True),  # the secret in the link
    Column("owner", String, nullable=False),
    Column("audition_id", Integer, nullable=False),  # the audition it was made from
    Column("title", Text, nullable=False),
    Column("script", Text, nullable=False),
    Column("questions", JSON, nullable=False),
    Column("passcode", String),  # salted and hashed
    Column("ends_at_s", Float),
    Column("closed_at_s", Float),
    Column("revealed", Boolean, nullable=False),
    Column("made_at_s", Float, nullable=False),
    sqlite_autoincrement=True,
)
Index("listening_tests_by_audition", listening_tests.c.audition_id)

# The file is a copy without tags, with a random name.
contenders = Table(
    "contenders",
    metadata,
    Column("test_id", ForeignKey("listening_tests.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("model", String, nullable=False),
    Column("voice", String, nullable=False),
    Column("file", String, nullable=False),
    Column("length_s", Float, nullable=False),
    Column("peaks", LargeBinary, nullable=False),
)

ballots = Table(
    "ballots",
    metadata,
    Column("test_id", ForeignKey("listening_tests.id", ondelete="CASCADE"), primary_key=True),
    Column("listener", String, primary_key=True),
    Column("ratings", JSON, nullable=False),  # position of the voice -> question -> stars
    Column("comment", Text, nullable=False),
    Column("made_at_s", Float, nullable=False),
    Column("changed_at_s", Float, nullable=False),
    Column("came_from", String),  # keyed hash of the client's address, different in each test
)
