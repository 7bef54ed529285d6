"""Store from which address a ballot came; delete listeners' drafts above today's limit."""

import sqlalchemy as sa
from alembic import op

revision = "0009_addresses"
down_revision = "0008_written"

LISTENER_MAX_BYTES = 64_000


def upgrade() -> None:
    op.add_column("ballots", sa.Column("came_from", sa.String(), nullable=True))
    drafts = sa.table("drafts", sa.column("page"), sa.column("body"))
    size = sa.func.length(sa.cast(drafts.c.body, sa.Text))
    op.execute(sa.delete(drafts).where(drafts.c.page.like("listen-%"), size > LISTENER_MAX_BYTES))
