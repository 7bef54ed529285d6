"""Add scripts and their rows, and link clips to them."""

import sqlalchemy as sa
from alembic import op

revision = "0004_scripts"
down_revision = "0003_lexicon"


def upgrade() -> None:
    """Create the tables of scripts and their rows, and add the columns to clips."""
    op.create_table(
        "scripts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.Column("made_at_s", sa.Float(), nullable=False),
        sa.Column("changed_at_s", sa.Float(), nullable=False),
        sa.Column("deleted_at_s", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "script_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("script_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Float(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("pause_after_s", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["script_id"], ["scripts.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "script_rows_in_order", "script_rows", ["script_id", "position", "id"], unique=False
    )
    op.add_column("clips", sa.Column("script_id", sa.Integer(), nullable=True))
    op.add_column("clips", sa.Column("unit", sa.String(), nullable=True))
    op.create_index("clips_of_script", "clips", ["script_id", "id"], unique=False)
    op.add_column("parts", sa.Column("shown", sa.Text(), nullable=True))
