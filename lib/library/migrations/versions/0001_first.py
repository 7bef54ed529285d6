"""Create the first tables and, on SQLite, the full-text index of the clips."""

import sqlalchemy as sa
from alembic import op

from lib.library.tables.columns import Usd

revision = "0001_first"
down_revision = None

# The index has no copy of the words: it refers to the clips, and triggers update it.
WORDS = (
    """CREATE VIRTUAL TABLE clip_words USING fts5(
        title, script, note, content='clips', content_rowid='id',
        tokenize="unicode61 remove_diacritics 2", prefix='2 3'
    )""",
    """CREATE TRIGGER clip_words_added AFTER INSERT ON clips BEGIN
        INSERT INTO clip_words(rowid, title, script, note)
        VALUES (new.id, new.title, new.script, new.note);
    END""",
    """CREATE TRIGGER clip_words_removed AFTER DELETE ON clips BEGIN
        INSERT INTO clip_words(clip_words, rowid, title, script, note)
        VALUES ('delete', old.id, old.title, old.script, old.note);
    END""",
    """CREATE TRIGGER clip_words_changed AFTER UPDATE OF title, script, note ON clips BEGIN
        INSERT INTO clip_words(clip_words, rowid, title, script, note)
        VALUES ('delete', old.id, old.title, old.script, old.note);
        INSERT INTO clip_words(rowid, title, script, note)
        VALUES (new.id, new.title, new.script, new.note);
    END""",
)


def upgrade() -> None:
    """Create all tables and indexes, and on SQLite the full-text index with its triggers."""
    op.create_table(
        "claims",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("made_at_s", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "clips",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("take", sa.Integer(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("problem", sa.JSON(), nullable=True),
        sa.Column("file", sa.String(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("size_bytes", sa.BigInteger(), nullable=True),
        sa.Column("length_s", sa.Float(), nullable=True),
        sa.Column("rate_hz", sa.Integer(), nullable=True),
        sa.Column("peaks", sa.LargeBinary(), nullable=True),
        sa.Column("usd", Usd(), nullable=True),
        sa.Column("usd_is_exact", sa.Boolean(), nullable=True),
        sa.Column("star", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_at_s", sa.Float(), nullable=False),
        sa.Column("deleted_at_s", sa.Float(), nullable=True),
        sa.Column("script", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("clips_by_fingerprint", "clips", ["fingerprint"], unique=False)
    op.create_index(
        "clips_longest",
        "clips",
        ["owner", "length_s", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'ready' AND kind = 'clip' AND deleted_at_s IS NULL"),
    )
    op.create_index(
        "clips_newest",
        "clips",
        ["owner", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'ready' AND kind = 'clip' AND deleted_at_s IS NULL"),
    )
    op.create_index(
        "clips_of_browser",
        "clips",
        ["browser", "id", "usd", "state", "kind", "deleted_at_s"],
        unique=False,
        sqlite_where=sa.text("state = 'ready' AND kind = 'clip' AND deleted_at_s IS NULL"),
    )
    op.create_index(
        "clips_open",
        "clips",
        ["browser", "id"],
        unique=False,
        sqlite_where=sa.text("state != 'ready'"),
    )
    op.create_index(
        "clips_starred",
        "clips",
        ["owner", "star", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'ready' AND kind = 'clip' AND deleted_at_s IS NULL"),
    )
    op.create_index(
        "clips_title",
        "clips",
        ["owner", "title", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'ready' AND kind = 'clip' AND deleted_at_s IS NULL"),
    )
    op.create_index(
        "clips_voice",
        "clips",
        ["owner", "voice", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'ready' AND kind = 'clip' AND deleted_at_s IS NULL"),
    )
    op.create_table(
        "drafts",
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("changed_at_s", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("browser", "page"),
    )
    op.create_table(
        "ledger",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("clip_id", sa.Integer(), nullable=True),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("take", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("estimate_usd", Usd(), nullable=True),
        sa.Column("usd", Usd(), nullable=True),
        sa.Column("credits", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("made_at_s", sa.Float(), nullable=False),
        sa.Column("changed_at_s", sa.Float(), nullable=False),
        sa.Column("settled_at_s", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ledger_by_clip", "ledger", ["clip_id"], unique=False)
    op.create_index("ledger_by_key", "ledger", ["key"], unique=False)
    op.create_index("ledger_open", "ledger", ["state", "key"], unique=False)
    op.create_table(
        "preferences",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "processes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("started_at_s", sa.Float(), nullable=False),
        sa.Column("seen_at_s", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "recordings",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("take", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("length_s", sa.Float(), nullable=False),
        sa.Column("rate_hz", sa.Integer(), nullable=False),
        sa.Column("peaks", sa.LargeBinary(), nullable=False),
        sa.Column("usd", Usd(), nullable=True),
        sa.Column("usd_is_exact", sa.Boolean(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("made_at_s", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "parts",
        sa.Column("clip_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("take", sa.Integer(), nullable=False),
        sa.Column("gap_after_s", sa.Float(), nullable=False),
        sa.Column("start_s", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["clip_id"], ["clips.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("clip_id", "position"),
    )
    op.create_index("parts_by_key", "parts", ["key"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        for statement in WORDS:
            op.execute(statement)
