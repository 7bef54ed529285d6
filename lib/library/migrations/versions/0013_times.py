"""Store when a row of captions is heard, and the earliest time of a part of a clip."""

import sqlalchemy as sa
from alembic import op

revision = "0013_times"
down_revision = "0012_shelf"


def upgrade() -> None:
    op.add_column("script_rows", sa.Column("start_s", sa.Float()))
    op.add_column("script_rows", sa.Column("end_s", sa.Float()))
    op.add_column("parts", sa.Column("at_s", sa.Float()))
