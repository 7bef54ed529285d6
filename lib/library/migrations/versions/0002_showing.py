"""Add auditions, listening tests and the loudness of sounds."""

import sqlalchemy as sa
from alembic import op

revision = "0002_showing"
down_revision = "0001_first"


def upgrade() -> None:
    """Create the tables of auditions, listening tests and loudness."""
    op.create_table(
        "auditions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("script", sa.Text(), nullable=False),
        sa.Column("made_at_s", sa.Float(), nullable=False),
        sa.Column("changed_at_s", sa.Float(), nullable=False),
        sa.Column("deleted_at_s", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "listening_tests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("audition_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("script", sa.Text(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("passcode", sa.String(), nullable=True),
        sa.Column("ends_at_s", sa.Float(), nullable=True),
        sa.Column("closed_at_s", sa.Float(), nullable=True),
        sa.Column("revealed", sa.Boolean(), nullable=False),
        sa.Column("made_at_s", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token"),
        sqlite_autoincrement=True,
    )
    op.create_index("listening_tests_by_audition", "listening_tests", ["audition_id"], unique=False)
    op.create_table(
        "loudness",
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("lufs", sa.Float(), nullable=True),
        sa.Column("peak", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("file"),
    )
    op.create_table(
        "ballots",
        sa.Column("test_id", sa.Integer(), nullable=False),
        sa.Column("listener", sa.String(), nullable=False),
        sa.Column("ratings", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("made_at_s", sa.Float(), nullable=False),
        sa.Column("changed_at_s", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["test_id"], ["listening_tests.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("test_id", "listener"),
    )
    op.create_table(
        "candidates",
        sa.Column("audition_id", sa.Integer(), nullable=False),
        sa.Column("clip_id", sa.Integer(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["audition_id"], ["auditions.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["clip_id"], ["clips.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("audition_id", "clip_id"),
    )
    op.create_index("candidates_by_clip", "candidates", ["clip_id"], unique=False)
    op.create_table(
        "contenders",
        sa.Column("test_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("length_s", sa.Float(), nullable=False),
        sa.Column("peaks", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["test_id"], ["listening_tests.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("test_id", "position"),
    )
