"""Store which clips are shared by a link, and what the people with the link chose."""

import sqlalchemy as sa
from alembic import op

revision = "0014_shares"
down_revision = "0013_times"


def upgrade() -> None:
    """Three new tables; nothing that is there changes."""
    op.create_table(
        "shares",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("token", sa.String(), nullable=False, unique=True),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("names_voices", sa.Boolean(), nullable=False),
        sa.Column("ends_at_s", sa.Float()),
        sa.Column("closed_at_s", sa.Float()),
        sa.Column("made_at_s", sa.Float(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "shared_clips",
        _key("share_id", "shares.id"),
        sa.Column("position", sa.Integer(), primary_key=True),
        _clip(),
    )
    op.create_index("shared_clips_by_clip", "shared_clips", ["clip_id"])
    op.create_table(
        "share_choices",
        _key("share_id", "shares.id"),
        sa.Column("viewer", sa.String(), primary_key=True),
        _clip(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("made_at_s", sa.Float(), nullable=False),
    )
    op.create_index("share_choices_by_clip", "share_choices", ["clip_id"])


def _key(name: str, of: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(of, ondelete="CASCADE"), primary_key=True)


def _clip() -> sa.Column[int]:
    of = sa.ForeignKey("clips.id", ondelete="CASCADE")
    return sa.Column("clip_id", sa.Integer(), of, nullable=False)
