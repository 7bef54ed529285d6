"""The tables of shared clips, and of what the people with the link chose."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from lib.library.tables.columns import metadata

shares = Table(
    "shares",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token", String, nullable=False, unique=True),  # the secret in the link
    Column("owner", String, nullable=False),
    Column("names_voices", Boolean, nullable=False),
    Column("ends_at_s", Float),
    Column("closed_at_s", Float),
    Column("made_at_s", Float, nullable=False),
    sqlite_autoincrement=True,
)

shared_clips = Table(
    "shared_clips",
    metadata,
    Column("share_id", ForeignKey("shares.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("clip_id", ForeignKey("clips.id", ondelete="CASCADE"), nullable=False),
)
Index("shared_clips_by_clip", shared_clips.c.clip_id)

# One choice of each viewer, who is a browser. clip_id: the take that was heard.
share_choices = Table(
    "share_choices",
    metadata,
    Column("share_id", ForeignKey("shares.id", ondelete="CASCADE"), primary_key=True),
    Column("viewer", String, primary_key=True),
    Column("clip_id", ForeignKey("clips.id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("remark", Text, nullable=False),
    Column("made_at_s", Float, nullable=False),
)
Index("share_choices_by_clip", share_choices.c.clip_id)
