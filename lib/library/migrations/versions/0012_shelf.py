"""Write down all voices of each clip, and fold the takes and older versions of one text."""

from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision = "0012_shelf"
down_revision = "0011_kept_defaults"

SAID = ("script", "model", "voice", "format")
clips = sa.table(
    "clips",
    *map(sa.column, ("id", "kind", "state", "deleted_at_s", "script_id", "unit", "fingerprint",
                     "folded", *SAID)),
)  # fmt: skip
parts = sa.table("parts", *map(sa.column, ("clip_id", "position", "voice")))
LISTED = "state = 'ready' AND kind IN ('clip', 'line') AND deleted_at_s IS NULL"
LISTS = {
    "clips_newest": ["owner", "id"],
    "clips_longest": ["owner", "length_s", "id"],
    "clips_title": ["owner", "title", "id"],
    "clips_starred": ["owner", "star", "id"],
}


MINE = "state = 'ready' AND kind = 'clip' AND deleted_at_s IS NULL"
OF_BROWSER = ["browser", "id", "usd", "state", "kind", "deleted_at_s", "folded"]


def upgrade() -> None:
    _write_voices()
    _fold()
    op.drop_index("clips_voice", "clips")
    for name, columns in LISTS.items():
        op.drop_index(name, "clips")
        where = sa.text(f"{LISTED} AND folded = 0")
        op.create_index(name, "clips", columns, unique=False, sqlite_where=where)
    op.drop_index("clips_of_browser", "clips")
    op.create_index("clips_of_browser", "clips", OF_BROWSER, sqlite_where=sa.text(MINE))


def _write_voices() -> None:
    voices = op.create_table(
        "clip_voices",
        _of_a_clip(),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("voice", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("clips_by_voice", "clip_voices", ["voice", "clip_id"])
    first = sa.func.min(parts.c.position)
    each = sa.select(parts.c.clip_id, first, parts.c.voice)
    each = each.group_by(parts.c.clip_id, parts.c.voice)
    columns = ["clip_id", "position", "voice"]
    op.get_bind().execute(sa.insert(voices).from_select(columns, each))


def _fold() -> None:
    """The newest clip of a text, or of a row of a script, stands for the others."""
    folds = op.create_table(
        "clip_folds",
        _of_a_clip(),
        sa.Column("fold", sa.String(), nullable=False),
        sa.Column("is_preferred", sa.Boolean(), nullable=False),
    )
    op.create_index("clips_by_fold", "clip_folds", ["fold", "clip_id"])
    op.add_column("clips", sa.Column("folded", sa.Integer(), nullable=False, server_default="0"))

    unit = sa.cast(clips.c.script_id, sa.String) + "/" + clips.c.unit
    fold = sa.case((clips.c.unit.is_not(None), unit), else_=clips.c.fingerprint)
    all_clips = sa.select(clips.c.id, fold, sa.false())
    connection = op.get_bind()
    connection.execute(sa.insert(folds).from_select(["clip_id", "fold", "is_preferred"], all_clips))

    several = sa.select(folds.c.fold).group_by(folds.c.fold).having(sa.func.count() > 1)
    listed = (
        sa.select(folds.c.fold, clips)
        .join(clips, clips.c.id == folds.c.clip_id)
        .where(sa.text(LISTED), folds.c.fold.in_(several))
        .order_by(folds.c.fold, clips.c.id.desc())
    )
    for _, rows in groupby(connection.execute(listed).all(), key=lambda row: row.fold):
        newest, *others = rows
        for each in others:
            same = all(getattr(each, name) == getattr(newest, name) for name in SAID)
            changed = sa.update(clips).where(clips.c.id == each.id).values(folded=1 if same else 2)
            connection.execute(changed)


def _of_a_clip() -> sa.Column[int]:
    of = sa.ForeignKey("clips.id", ondelete="CASCADE")
    return sa.Column("clip_id", sa.Integer(), of, primary_key=True)
