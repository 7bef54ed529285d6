"""Store which entries of the lexicon changed a part of a clip."""

import sqlalchemy as sa
from alembic import op

revision = "0005_wording"
down_revision = "0004_scripts"


def upgrade() -> None:
    op.add_column("parts", sa.Column("wording", sa.JSON(none_as_null=True), nullable=True))
