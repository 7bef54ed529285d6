"""Register servers by a lease in the time of the database, instead of their start time."""

import sqlalchemy as sa
from alembic import op

revision = "0007_leases"
down_revision = "0006_listing"


def upgrade() -> None:
    # All registered servers were stopped for this upgrade; they register again.
    op.drop_table("processes")
    op.create_table(
        "processes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("lease_ends_at_s", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
