"""Servers are known by a lease in the database's own time, and not by when they were started."""

import sqlalchemy as sa
from alembic import op

revision = "0007_leases"
down_revision = "0006_listing"


def upgrade() -> None:
    # Whoever is registered by now was ended for this upgrade, and registers anew.
    op.drop_table("processes")
    op.create_table(
        "processes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("lease_ends_at_s", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
