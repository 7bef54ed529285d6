"""Rebuild the indexes so that the Library also lists the clips of scripts."""

import sqlalchemy as sa
from alembic import op

revision = "0006_listing"
down_revision = "0005_wording"

LISTS = {
    "clips_newest": ["owner", "id"],
    "clips_longest": ["owner", "length_s", "id"],
    "clips_title": ["owner", "title", "id"],
    "clips_starred": ["owner", "star", "id"],
    "clips_voice": ["owner", "voice", "id"],
}


def upgrade() -> None:
    listed = sa.text("state = 'ready' AND kind IN ('clip', 'line') AND deleted_at_s IS NULL")
    for name, columns in LISTS.items():
        op.drop_index(name, "clips")
        op.create_index(name, "clips", columns, unique=False, sqlite_where=listed)
