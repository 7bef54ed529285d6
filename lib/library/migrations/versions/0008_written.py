"""Note which files in the store this library wrote, as far as its rows tell."""

import sqlalchemy as sa
from alembic import op

revision = "0008_written"
down_revision = "0007_leases"

# A free recording has a price of exactly 0 and no reference of a call.
KNOWN = """
    INSERT INTO written (name, written_at_s, paid)
    SELECT name, MIN(made_at_s), MAX(paid) = 1 FROM (
        SELECT file AS name, made_at_s, CASE
            WHEN usd = 0 AND usd_is_exact AND reference IS NULL THEN 0 ELSE 1 END AS paid
        FROM recordings
        UNION ALL
        SELECT file, made_at_s, 0 FROM clips WHERE file IS NOT NULL
        UNION ALL
        SELECT contenders.file, made_at_s, 0 FROM contenders
        JOIN listening_tests ON listening_tests.id = contenders.test_id
        UNION ALL
        SELECT address, changed_at_s, 1 FROM ledger WHERE address LIKE 'incoming-%'
    ) AS known GROUP BY name
"""


def upgrade() -> None:
    op.create_table(
        "written",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("written_at_s", sa.Float(), nullable=False),
        sa.Column("paid", sa.Boolean(), nullable=False),
        sa.Column("trashed_at_s", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.execute(sa.text(KNOWN))
