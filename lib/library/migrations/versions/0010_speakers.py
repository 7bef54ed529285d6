"""Store who speaks a row, so that no name is written into its text."""

import sqlalchemy as sa
from alembic import op

revision = "0010_speakers"
down_revision = "0009_addresses"


def upgrade() -> None:
    op.add_column(
        "script_rows", sa.Column("speaker", sa.String(), nullable=False, server_default="")
    )
