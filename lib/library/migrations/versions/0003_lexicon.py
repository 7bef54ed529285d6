"""Add the lexicon."""

import sqlalchemy as sa
from alembic import op

revision = "0003_lexicon"
down_revision = "0002_showing"


def upgrade() -> None:
    op.create_table(
        "lexicon",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("say_as", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("match_case", sa.Boolean(), nullable=False),
        sa.Column("whole_word", sa.Boolean(), nullable=False),
        sa.Column("changed_at_s", sa.Float(), nullable=False),
        sa.Column("deleted_at_s", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
