"""The tables of clips and their parts, with one index for each list of clips."""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
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
    TextClause,
    text,
)

from lib.library.tables.columns import StoredProblem, Usd, metadata

clips = Table(
    "clips",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", String, nullable=False),
    Column("browser", String, nullable=False),
    Column("kind", String, nullable=False),  # as clip.Kind
    Column("state", String, nullable=False),
    Column("process", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("excerpt", Text, nullable=False),  # the script's beginning, on one line
    Column("model", String, nullable=False),
    Column("voice", String, nullable=False),
    Column("format", String, nullable=False),
    Column("take", Integer, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("fingerprint", String, nullable=False),  # equal for the same script said the same way
    Column("problem", StoredProblem),
    Column("file", String),
    Column("media_type", String),
    Column("size_bytes", BigInteger),
    Column("length_s", Float),
    Column("rate_hz", Integer),
    Column("peaks", LargeBinary),
    Column("usd", Usd),
    Column("usd_is_exact", Boolean),
    Column("star", Boolean, nullable=False, default=False),
    Column("note", Text, nullable=False, default=""),
    Column("made_at_s", Float, nullable=False),
    Column("deleted_at_s", Float),
    Column(
        "script", Text, nullable=False
    ),  # lists do not read the columns from here on, nor their database pages
    Column("script_id", Integer),  # the saved script that it is a clip of
    Column("unit", String),  # the row or chapter of that script, or the whole
    Column("folded", Integer, nullable=False, default=0, server_default="0"),  # as folds.Folded
    sqlite_autoincrement=True,  # ids are never used again: links and files contain them
)

parts = Table(
    "parts",
    metadata,
    Column("clip_id", ForeignKey("clips.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("key", String, nullable=False),
    Column("model", String, nullable=False),
    Column("voice", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("take", Integer, nullable=False),
    Column("gap_after_s", Float, nullable=False),
    Column("start_s", Float),
    Column("shown", Text),  # the typed text, if another one was sent
    Column("wording", JSON(none_as_null=True)),  # the lexicon's entries that changed the text
    Column("at_s", Float),
)
Index("parts_by_key", parts.c.key)

# The voices that are heard in a clip. position: of the part with which each begins.
clip_voices = Table(
    "clip_voices",
    metadata,
    Column("clip_id", ForeignKey("clips.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("voice", String, nullable=False),
    sqlite_with_rowid=False,
)
Index("clips_by_voice", clip_voices.c.voice, clip_voices.c.clip_id)

# Takes of one text, and clips of one row of a script, have one `fold`: one stands for all.
clip_folds = Table(
    "clip_folds",
    metadata,
    Column("clip_id", ForeignKey("clips.id", ondelete="CASCADE"), primary_key=True),
    Column("fold", String, nullable=False),
    Column("is_preferred", Boolean, nullable=False),
)
Index("clips_by_fold", clip_folds.c.fold, clip_folds.c.clip_id)

# The clips in a browser's own list, and in the Library's list, with those of scripts. The values
# are literals and not bound: SQLite uses a partial index only then.
MINE = text("clips.state = 'ready' AND clips.kind = 'clip' AND clips.deleted_at_s IS NULL")
LISTED = text(
    "clips.state = 'ready' AND clips.kind IN ('clip', 'line') AND clips.deleted_at_s IS NULL"
)
# …of which each stands for its other takes and its older versions.
ON_TOP = text("clips.folded = 0")
OPEN = text("clips.state != 'ready'")
_mine = text("state = 'ready' AND kind = 'clip' AND deleted_at_s IS NULL")
_on_top = text(
    "state = 'ready' AND kind IN ('clip', 'line') AND deleted_at_s IS NULL AND folded = 0"
)
_open = text("state != 'ready'")


def _partial(name: str, where: TextClause, *columns: Column[Any]) -> Index:
    """An index that has only the rows of `where` on SQLite. Elsewhere it has all: naming another
    database here would load its dialect at every start.
    """
    return Index(name, *columns, sqlite_where=where)


# One index for each list: the query reads it in order and stops after a page. The sums below a
# list need no row of the table, since the price is in the index.
_partial("clips_newest", _on_top, clips.c.owner, clips.c.id)
_partial("clips_longest", _on_top, clips.c.owner, clips.c.length_s, clips.c.id)
_partial("clips_title", _on_top, clips.c.owner, clips.c.title, clips.c.id)
_partial("clips_starred", _on_top, clips.c.owner, clips.c.star, clips.c.id)
# The last columns are those of the conditions, so that SQLite sees that it needs no row.
_partial(
    "clips_of_browser",
    _mine,
    clips.c.browser,
    clips.c.id,
    clips.c.usd,
    clips.c.state,
    clips.c.kind,
    clips.c.deleted_at_s,
    clips.c.folded,
)
_partial("clips_open", _open, clips.c.browser, clips.c.id)
Index("clips_by_fingerprint", clips.c.fingerprint)
Index("clips_of_script", clips.c.script_id, clips.c.id)
